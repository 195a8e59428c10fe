import type { TrailReport } from '@benchbook/model';
import { count, counted } from '../format/numbers.ts';
import { visible } from '../format/visible.ts';
import { cutMiddle, pad } from '../format/width.ts';
import type { Reporter } from '../reporter.ts';
import { heading, lay, more, type Page, pageFor, paragraph } from '../text/section.ts';

/** Months that the EU AI Act asks for. */
const EU_AI_ACT = 6;

/** What was found out about an audit trail, for people. */
export const auditText: Reporter<TrailReport> = (report, options) => {
  const page = pageFor(options);
  return lay([overview(report, page), problems(report, page)], closingLine(report));
};

function overview(report: TrailReport, page: Page): string[] {
  const { file, records, signedRecords, firstTs, lastTs } = report;
  const reach = firstTs === null ? 'no decision' : `${visible(firstTs)} to ${visible(lastTs ?? '')}`;
  return [
    page.paint.bold(cutMiddle(visible(file), page.width)),
    `  records    ${count(records)}`,
    `  signed     ${signedRecords === 0 ? 'none' : `up to record ${count(signedRecords)}`}`,
    `  decisions  ${cutMiddle(reach, page.width - 13)}`,
    ...retention(report, page),
  ];
}

function retention({ retention: { months, required, enough } }: TrailReport, page: Page): string[] {
  const stated = months === null ? 'not stated' : counted(months, 'month');
  const verdict =
    enough === null || required === 0 ? '' : enough ? ', enough' : page.paint.red(', too short');
  const law = required === EU_AI_ACT ? ' (EU AI Act, Art. 19(1) and 26(6))' : '';
  return [
    `  retention  ${stated}${verdict}`,
    ...(required === 0 ? [] : [`  asked for  ${counted(required, 'month')} at least${law}`]),
  ];
}

function problems({ problems: all, problemsLeftOut }: TrailReport, page: Page): string[] {
  if (all.length === 0) return [];
  const total = all.length + problemsLeftOut;
  return [
    heading(page, 'Problems', `${count(total)}, by record`),
    ...all.flatMap(({ kind, message }) => {
      const [first = '', ...rest] = paragraph(page, message, 20);
      return [`  ${page.paint.red(pad(kind, 16))}  ${first.trimStart()}`, ...rest];
    }),
    ...more(page, all.length, total, ''),
  ];
}

function closingLine({ state, records, signedRecords, problems: all, problemsLeftOut }: TrailReport): string {
  const whole = counted(records, 'record');
  if (state === 'intact') return `intact: ${whole}, signed to the end`;
  if (state === 'broken') return `broken: ${whole}, ${counted(all.length + problemsLeftOut, 'problem')}`;
  return `unanchored: ${whole}, of which ${count(records - signedRecords)} after the last signed head`;
}
