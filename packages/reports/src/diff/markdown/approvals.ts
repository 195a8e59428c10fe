import type { DiffReport } from '@benchbook/model';
import { markdownCode } from '../../format/markdown.ts';
import { count, counted } from '../../format/numbers.ts';
import { listPart, type Part } from '../../markdown/part.ts';

const ITEMS = 50;

/** What the reviewed list approves, and what in it approves nothing. */
export function approvalsPart({ approvals, summary }: DiffReport): Part {
  if (!approvals) return { rows: 0, lines: () => [] };
  const items = [
    `- ${markdownCode(approvals.file)}: ${counted(approvals.entries, 'entry', 'entries')} approve ${counted(summary.approved, 'flip')}, ${count(approvals.stale.length)} stale`,
    ...approvals.stale.map((one) => `  - line ${one.line} approves nothing: ${markdownCode(one.text)}`),
  ];
  return listPart(['### Approvals', ''], items, ITEMS);
}
