import type { ReplayFinding } from '@benchbook/model';
import { count, counted, decimal } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html } from '../../html/markup.ts';
import { outcomeBadge } from '../../html/outcome.ts';
import { prose } from '../../html/prose.ts';
import { recordingPlace } from '../../html/recording-place.ts';
import type { Section } from '../../html/section.ts';
import { type Row, table } from '../../html/table.ts';
import { findingSentence } from '../finding-sentence.ts';
import { type Context, callLink } from './context.ts';

/** Findings that are listed; the rest is counted. */
const LISTED = 500;

/** Missed expectations and thresholds. */
export function findingsSection(context: Context): Section {
  const { findings, summary } = context.report;
  const columns = [
    { title: 'call or threshold' },
    { title: 'expected' },
    { title: 'got' },
    { title: 'why' },
    { title: 'recorded in' },
  ];
  const rows = findings.slice(0, LISTED).map((finding) => findingRow(context, finding));
  const rest = findings.length - rows.length;
  return {
    id: 'findings',
    title: 'Findings',
    badge: count(findings.length),
    body:
      findings.length === 0
        ? html`<p>None. ${counted(summary.expectations.met, 'expectation')} of reviewers met, no threshold missed.</p>`
        : html`<div class="scroll">${table('Findings', columns, rows)}</div>${rest > 0 && html`<p>… and ${count(rest)} more</p>`}`,
  };
}

function findingRow(context: Context, finding: ReplayFinding): Row {
  const sentence = prose(findingSentence(finding));
  if (finding.kind === 'threshold')
    return {
      cells: [
        html`<code>${visible(finding.threshold)}</code>`,
        decimal(finding.limit),
        decimal(finding.actual),
        sentence,
        '–',
      ],
    };
  return {
    cells: [
      callLink(context, finding.call),
      outcomeBadge(finding.expected),
      outcomeBadge(finding.actual),
      sentence,
      finding.source ? html`<code>${recordingPlace(finding.source)}</code>` : '–',
    ],
  };
}
