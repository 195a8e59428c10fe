import type { ReplayReport } from '@benchbook/model';
import { count, counted, decimal } from '../format/numbers.ts';
import { html } from '../html/markup.ts';
import { outcomeBadge } from '../html/outcome.ts';
import { prose } from '../html/prose.ts';
import type { Section } from '../html/section.ts';
import { type Row, table } from '../html/table.ts';
import { findingSentence } from '../replay/finding-sentence.ts';
import { LISTED, scrolling } from './figures.ts';
import { callLink, code, recordingLink } from './links.ts';

const columns = ['call or threshold', 'expected', 'got', 'why', 'recorded in'].map((title) => ({ title }));

/** Missed expectations and thresholds. */
export function findingsSection({ findings, summary }: ReplayReport): Section {
  const rest = findings.length - LISTED;
  return {
    id: 'findings',
    title: 'Findings',
    badge: count(findings.length),
    body:
      findings.length === 0
        ? html`<p>None. ${counted(summary.expectations.met, 'expectation')} of reviewers met, no threshold missed.</p>`
        : html`${scrolling('Findings', table('Findings', columns, findings.slice(0, LISTED).map(row)))}${rest > 0 && html`<p>… and ${count(rest)} more</p>`}`,
  };
}

function row(finding: ReplayReport['findings'][number]): Row {
  const sentence = prose(findingSentence(finding));
  if (finding.kind === 'threshold') {
    const { threshold, limit, actual } = finding;
    return { cells: [code(threshold), decimal(limit), decimal(actual), sentence, '–'] };
  }
  return {
    cells: [
      callLink(finding.call),
      outcomeBadge(finding.expected),
      outcomeBadge(finding.actual),
      sentence,
      finding.source ? recordingLink(finding.source) : '–',
    ],
  };
}
