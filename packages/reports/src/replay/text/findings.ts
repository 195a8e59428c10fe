import type { ReplayFinding } from '@benchbook/model';
import { count, counted, decimal } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutMiddle } from '../../format/width.ts';
import { outcomePaint } from './outcomes.ts';
import { heading, more, type Page, paragraph, place, type Section } from './section.ts';

type Missed = Extract<ReplayFinding, { readonly kind: 'expectation' }>;

const SHOWN = 20;

/** What reviewers said is right, and where the policies say otherwise. */
export const expectations: Section = (report, page) => {
  const { met, missed } = report.summary.expectations;
  if (met + missed === 0) return [];
  const lines = [heading(page, 'Expectations', `${count(met)} met, ${count(missed)} missed`)];
  const all = report.findings.filter((finding) => finding.kind === 'expectation');
  for (const finding of all.slice(0, SHOWN)) lines.push(...missedLines(finding, page));
  return [...lines, ...more(page, Math.min(SHOWN, all.length), missed, '; --format json lists them all')];
};

function missedLines(finding: Missed, page: Page): string[] {
  const verdict = `expected ${finding.expected}, decided ${outcomePaint(page.paint, finding.actual)(finding.actual)}`;
  const tool = finding.tool === undefined ? '' : ` ${visible(finding.tool)}`;
  const room = page.width - 8 - `expected ${finding.expected}, decided ${finding.actual}`.length;
  const lines = [
    `  ${page.paint.red('✗')} ${cutMiddle(`${visible(finding.call)}${tool}`, room)}  ${verdict}`,
  ];
  if (finding.message !== '') lines.push(...paragraph(page, finding.message, 6));
  for (const policy of finding.determining ?? []) lines.push(...paragraph(page, `by ${policy}`, 6));
  if (finding.source)
    lines.push(`      ${cutMiddle(`recorded in ${place(finding.source)}`, page.width - 6)}`);
  return lines;
}

/** Thresholds of the manifest that were missed. */
export const thresholds: Section = (report, page) => {
  const missed = report.findings.filter((finding) => finding.kind === 'threshold');
  if (missed.length === 0) return [];
  return [
    heading(page, 'Thresholds', `${counted(missed.length, 'threshold')} missed`),
    ...missed.flatMap((finding) => [
      `  ${page.paint.red('✗')} ${visible(finding.threshold)}: ${decimal(finding.actual)}, limit ${decimal(finding.limit)}`,
      ...(finding.message === '' ? [] : paragraph(page, finding.message, 6)),
    ]),
  ];
};
