import type { UnreadableReport } from '@benchbook/model';
import type { SarifFinding } from '../format/sarif.ts';
import { unreadableRecording } from './sarif-rules.ts';

/** A place of a recording that could not be read, as a SARIF finding. */
export function unreadableFinding(one: UnreadableReport): SarifFinding {
  return {
    rule: unreadableRecording,
    message: one.message,
    place: one.line === undefined ? { file: one.file } : { file: one.file, line: one.line },
    fingerprint: `unreadable-recording:${one.file}:${one.line ?? ''}`,
  };
}
