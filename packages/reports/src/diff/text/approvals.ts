import type { DiffReport } from '@benchbook/model';
import { counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutMiddle } from '../../format/width.ts';
import { heading, more, paragraph, type Section } from '../../text/section.ts';

const SHOWN = 20;

/** What the reviewed list approves, and what in it approves nothing. */
export const approvals: Section<DiffReport> = ({ approvals: list, summary }, page) => {
  if (!list) return [];
  const shown = list.stale.slice(0, SHOWN);
  return [
    heading(
      page,
      'Approvals',
      `${counted(list.entries, 'entry', 'entries')} approve ${counted(summary.approved, 'flip')}, ${list.stale.length} stale`,
    ),
    `  ${cutMiddle(visible(list.file), page.width - 2)}`,
    ...shown.flatMap((one) => paragraph(page, `✗ line ${one.line}: ${one.text}`, 4)),
    ...more(page, shown.length, list.stale.length, ''),
  ];
};
