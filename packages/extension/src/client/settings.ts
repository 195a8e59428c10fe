/** Settings as the server reads them. */
import type { ServerSettings } from '@benchbook/protocol';
import type { LeaveToOthers } from './others.ts';

/** Reads one setting below `benchbook`, e.g. `preview.calls`. */
export type ReadSetting = (key: string) => unknown;

/** What is not set, or not of its type, is left out: the server has the defaults. */
export function serverSettings(read: ReadSetting, leaveToOthers: LeaveToOthers): ServerSettings {
  const enabled = boolean(read('preview.enabled'));
  const calls = read('preview.calls');
  const conditions = boolean(read('preview.conditions'));
  const lenses = boolean(read('codeLens.enabled'));
  return {
    preview: {
      ...(enabled === undefined ? {} : { enabled }),
      ...(typeof calls === 'number' && Number.isInteger(calls) && calls > 0 ? { calls } : {}),
      ...(conditions === undefined ? {} : { conditions }),
    },
    codeLens: lenses === undefined ? {} : { enabled: lenses },
    leaveToOthers,
  };
}

function boolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
