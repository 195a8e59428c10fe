import type { DiagnosticReport, UnreadableReport } from '@benchbook/model';
import { markdownCode } from '../format/markdown.ts';
import { counted } from '../format/numbers.ts';

/** Items of a list: places of recordings that could not be read. */
export function unreadableItems(all: readonly UnreadableReport[], total: number): string[] {
  if (total === 0) return [];
  return [
    `- ${counted(total, 'unreadable place')} in the recordings`,
    ...all.map((one) => {
      const at = one.line === undefined ? one.file : `${one.file}:${one.line}`;
      return `  - ${markdownCode(at)}: ${markdownCode(one.message)}`;
    }),
  ];
}

/** Items of a list: errors and warnings of the policies. */
export function diagnosticItems(all: readonly DiagnosticReport[]): string[] {
  return all
    .filter((one) => one.severity === 'error' || one.severity === 'warning')
    .map((one) => {
      const at = one.range ? `${one.file}:${one.range.start.line}` : one.file;
      return `- ${one.severity} ${markdownCode(one.code)} in ${markdownCode(at)}: ${markdownCode(one.message)}`;
    });
}
