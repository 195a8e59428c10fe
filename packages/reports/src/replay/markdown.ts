import { OUTCOMES, type ReplayReport } from '@benchbook/model';
import { folded, markdownCode, markdownTable, markdownText } from '../format/markdown.ts';
import { count, counted, decimal, milliseconds, percent } from '../format/numbers.ts';
import type { Reporter } from '../reporter.ts';
import { closingLine } from './closing-line.ts';
import { findingSentence } from './finding-sentence.ts';

/** A pull request's body or comment holds 65,536 characters. */
const LIMIT = 65_000;

/** Rows of one list; the rest is counted. */
const ROWS = 50;

/** The report as a comment of a pull request. */
export const replayMarkdown: Reporter<ReplayReport> = (report) => {
  const parts = [
    headline(report),
    findings(report),
    outcomes(report),
    problems(report),
    policies(report),
    controls(report),
    latency(report),
  ].filter((part) => part.length > 0);
  const closing = ['', closingLine(report.summary), ''];
  // Whole parts go, the last first: half a table is worse than none.
  while (parts.length > 1 && join(parts, closing).length > LIMIT) {
    parts.pop();
    closing[0] = 'Shortened to fit; `benchbook replay --format text` prints it all.\n';
  }
  return join(parts, closing);
};

function join(parts: readonly (readonly string[])[], closing: readonly string[]): string {
  return [...parts.flatMap((part) => [...part, '']), ...closing].join('\n').replace(/\n{3,}/g, '\n\n');
}

function headline(report: ReplayReport): string[] {
  const { summary, coverage } = report;
  const { met, missed } = summary.expectations;
  const failed = report.findings.length;
  const verdict = failed === 0 ? 'Nothing found' : counted(failed, 'finding');
  return [
    `## Benchbook replay: ${verdict}`,
    '',
    [
      `${counted(summary.calls, 'call')} in ${counted(summary.sessions, 'session')}`,
      `${count(coverage.policies.covered)} of ${counted(coverage.policies.total, 'policy', 'policies')} applied`,
      `${count(met)} expectations met, ${count(missed)} missed`,
    ].join('; '),
  ];
}

function outcomes(report: ReplayReport): string[] {
  const { calls, outcomes: counts } = report.summary;
  const rows = OUTCOMES.map((one) => [
    one,
    count(counts[one]),
    percent(counts[one], calls).replace('<', '&lt;'),
  ]);
  return markdownTable(['outcome', 'calls', 'share'], rows, [1, 2]);
}

function findings(report: ReplayReport): string[] {
  if (report.findings.length === 0) return [];
  const rows = report.findings
    .slice(0, ROWS)
    .map((finding) =>
      finding.kind === 'expectation'
        ? [
            markdownCode(finding.call),
            finding.expected,
            finding.actual,
            markdownCode(findingSentence(finding)),
          ]
        : [
            markdownCode(finding.threshold),
            decimal(finding.limit),
            decimal(finding.actual),
            markdownCode(findingSentence(finding)),
          ],
    );
  const rest = report.findings.length - rows.length;
  return [
    '### Findings',
    '',
    ...markdownTable(['call or threshold', 'expected', 'got', 'why'], rows),
    ...(rest > 0 ? ['', `... and ${count(rest)} more`] : []),
  ];
}

function problems(report: ReplayReport): string[] {
  const { withErrors, unreadable, firstDivergences } = report.summary;
  const wouldChange = Object.entries(report.wouldChange).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = [
    ...(withErrors > 0 ? [`- ${counted(withErrors, 'call')} with an error`] : []),
    ...report.errors.slice(0, ROWS).map((error) => {
      const who = error.policy === null ? 'the whole set' : markdownCode(error.policy);
      return `  - ${who}: ${markdownCode(error.message)} (${error.kind}, ${counted(error.count, 'time')}, first in ${markdownCode(error.firstCall)})`;
    }),
    ...(unreadable > 0 ? [`- ${counted(unreadable, 'unreadable place')} in the recordings`] : []),
    ...report.unreadable.slice(0, ROWS).map((one) => {
      const at = one.line === undefined ? one.file : `${one.file}:${one.line}`;
      return `  - ${markdownCode(at)}: ${markdownCode(one.message)}`;
    }),
    ...report.skippedFiles.map((file) => `- ${markdownCode(file)} did not load and was left out`),
    ...wouldChange.map(([kind, calls]) => `- audit mode: ${markdownCode(kind)} in ${counted(calls, 'call')}`),
    ...(firstDivergences > 0
      ? [`- ${counted(firstDivergences, 'session')} would have gone another way`]
      : []),
  ];
  return lines.length === 0 ? [] : ['### To know', '', ...lines];
}

function policies(report: ReplayReport): string[] {
  if (report.policies.length === 0) return [];
  const rows = report.policies.map((policy) => [
    markdownCode(policy.id),
    policy.effect ?? 'computed',
    policy.mode,
    policy.applied === 0 ? '**never**' : count(policy.applied),
    count(policy.mode === 'audit' ? policy.wouldDetermine : policy.determined),
    count(policy.errors),
    policy.controls.map(markdownCode).join(', ') || '-',
  ]);
  const header = ['policy', 'effect', 'mode', 'applied', 'determined', 'errors', 'controls'];
  return folded(
    counted(report.policies.length, 'policy', 'policies'),
    markdownTable(header, rows, [3, 4, 5]),
  );
}

function controls(report: ReplayReport): string[] {
  if (report.controls.length === 0) return [];
  const rows = report.controls.map((control) => [
    markdownCode(control.ref),
    control.title === '' ? '*not in the catalogs*' : markdownText(control.title),
    control.grade === 'unknown' ? '-' : control.grade,
    count(control.policies.length),
    count(control.determined),
  ]);
  const table = markdownTable(['control', 'title', 'grade', 'policies', 'determined'], rows, [3, 4]);
  return folded(`${counted(report.controls.length, 'control')} that policies are mapped to`, [
    ...table,
    '',
    'This lists which provisions the policies support. It is no statement of compliance.',
  ]);
}

function latency(report: ReplayReport): string[] {
  if (!report.latency) return [];
  const { p50, p95, p99, max, floor } = report.latency;
  const [a, b, c, d, e] = [p50, p95, p99, max, floor].map(milliseconds);
  return [`A decision took ${a} (p50), ${b} (p95), ${c} (p99), ${d} at most; floor ${e}.`];
}
