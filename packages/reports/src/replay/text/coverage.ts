import type { Ratio, ReplayReport } from '@benchbook/model';
import type { Exercised } from '../../covered/exercised.ts';
import { type Unseen, unseenConditions } from '../../covered/unseen.ts';
import { count, percent } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutEnd, cutMiddle, pad } from '../../format/width.ts';
import { heading, more, type Page, paragraph, type Section } from '../../text/section.ts';

const SHOWN = 10;

/** How much of the policies was exercised, and the conditions that were not seen both ways. */
export function coverage(report: Exercised, page: Page): string[] {
  const { policies, conditions } = report.coverage;
  const parts = [ratio('policies', policies), ratio('conditions', conditions)].filter((part) => part !== '');
  if (parts.length === 0) return [];
  const unseen = unseenConditions(report);
  return [
    heading(page, 'Coverage', parts.join(', ')),
    ...unseen.slice(0, SHOWN).flatMap((one) => unseenLines(one, page)),
    ...more(page, Math.min(SHOWN, unseen.length), unseen.length, '; --format lcov or html shows them all'),
  ];
}

function unseenLines({ file, condition, why }: Unseen, page: Page): string[] {
  const { line, column } = condition.range.start;
  return [
    `  ${pad(why, 13)}  ${cutMiddle(visible(`${file}:${line}:${column}`), page.width - 17)}`,
    `                 ${cutEnd(visible(condition.text), page.width - 17)}`,
  ];
}

function ratio(what: string, { covered, total }: Ratio): string {
  return total === 0 ? '' : `${count(covered)} of ${count(total)} ${what} (${percent(covered, total)})`;
}

/** Told under coverage already. */
const told: ReadonlySet<string> = new Set(['condition-never-true', 'condition-never-false']);

/** What else recordings and boundary calls show that may be worth a change. */
export const gaps: Section<ReplayReport> = (report, page) => {
  const all = report.gaps.filter((one) => !told.has(one.code));
  if (all.length === 0) return [];
  return [
    heading(page, 'Gaps', `${count(all.length)} that recordings show; no proof`),
    ...all.slice(0, SHOWN).flatMap((one) => {
      const place = one.file && one.range ? ` ${one.file}:${one.range.start.line}` : '';
      const about = visible(`${one.code}${place || (one.tool === undefined ? '' : ` ${one.tool}`)}`);
      return [`  - ${cutMiddle(about, page.width - 4)}`, ...paragraph(page, one.message, 6)];
    }),
    ...more(page, Math.min(SHOWN, all.length), all.length, '; --format json lists them all'),
  ];
};

/** Recorded calls varied around the literals that conditions compare with. */
export const boundaries: Section<ReplayReport> = (report, page) => {
  const all = report.boundaries;
  if (all.length === 0) return [];
  const other = all.filter((one) => one.outcome !== one.from).length;
  return [
    heading(
      page,
      'Boundary calls',
      `${count(all.length)}, of which ${count(other)} came out otherwise than the call they were made from`,
    ),
  ];
};
