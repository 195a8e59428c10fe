import type { ReplayFinding, ReplayReport } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutMiddle, wrap } from '../../format/width.ts';
import { heading, more, type Page, place, type Section } from '../../text/section.ts';
import { findingSentence } from '../finding-sentence.ts';

const SHOWN = 20;

/** What reviewers said is right, and where the policies say otherwise. */
export const expectations: Section<ReplayReport> = (report, page) => {
  const { met, missed } = report.summary.expectations;
  if (met + missed === 0) return [];
  const lines = [heading(page, 'Expectations', `${count(met)} met, ${count(missed)} missed`)];
  const all = report.findings.filter((finding) => finding.kind === 'expectation');
  for (const finding of all.slice(0, SHOWN)) lines.push(...findingLines(finding, page));
  return [...lines, ...more(page, Math.min(SHOWN, all.length), missed, '; --format json lists them all')];
};

function findingLines(finding: ReplayFinding, page: Page): string[] {
  const [first = '', ...rest] = wrap(visible(findingSentence(finding)), page.width - 4);
  const source = finding.kind === 'expectation' ? finding.source : undefined;
  return [
    `  ${page.paint.red('✗')} ${first}`,
    ...rest.map((line) => `    ${line}`),
    ...(source ? [`    ${cutMiddle(`recorded in ${place(source)}`, page.width - 4)}`] : []),
  ];
}

/** Thresholds of the manifest that were missed. */
export const thresholds: Section<ReplayReport> = (report, page) => {
  const missed = report.findings.filter((finding) => finding.kind === 'threshold');
  if (missed.length === 0) return [];
  return [
    heading(page, 'Thresholds', `${counted(missed.length, 'threshold')} missed`),
    ...missed.flatMap((finding) => findingLines(finding, page)),
  ];
};
