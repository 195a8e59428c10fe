import { OUTCOMES, type ReplayReport } from '@benchbook/model';
import { markdownCode, markdownTable } from '../format/markdown.ts';
import { count, counted, decimal, milliseconds, percent } from '../format/numbers.ts';
import { controlParts, unexecutedPart } from '../markdown/controls.ts';
import { coverageSentence, unseenPart } from '../markdown/coverage.ts';
import { boundaryPart, gapPart } from '../markdown/gaps.ts';
import { fixedPart, layParts, listPart, type Part, tablePart } from '../markdown/part.ts';
import { unreadableItems } from '../markdown/problems.ts';
import { trendPart } from '../markdown/trend.ts';
import type { Reporter } from '../reporter.ts';
import { closingLine } from './closing-line.ts';
import { findingSentence } from './finding-sentence.ts';

/** Rows of one list that is not folded away; the rest is counted. */
const ROWS = 50;

/** The report as a comment of a pull request: what needs a person first, long tables folded. */
export const replayMarkdown: Reporter<ReplayReport> = (report) =>
  layParts(
    [
      fixedPart(headline(report)),
      findings(report),
      fixedPart(outcomes(report)),
      problems(report),
      policies(report),
      unseenPart(report),
      gapPart(report),
      ...controlParts(report),
      unexecutedPart(report),
      boundaryPart(report),
      fixedPart(latency(report)),
      trendPart(report),
    ],
    closingLine(report.summary),
  );

function headline(report: ReplayReport): string[] {
  const { summary } = report;
  const { met, missed } = summary.expectations;
  const failed = report.findings.length;
  const verdict = failed === 0 ? 'Nothing found' : counted(failed, 'finding');
  return [
    `## Benchbook replay: ${verdict}`,
    '',
    [
      `${counted(summary.calls, 'call')} in ${counted(summary.sessions, 'session')}`,
      coverageSentence(report),
      `${count(met)} expectations met, ${count(missed)} missed`,
    ].join('; '),
  ];
}

function outcomes(report: ReplayReport): string[] {
  const { calls, outcomes: counts } = report.summary;
  const rows = OUTCOMES.map((one) => [
    one,
    count(counts[one]),
    percent(counts[one], calls).replace('<', '&lt;').replace('>', '&gt;'),
  ]);
  return markdownTable(['outcome', 'calls', 'share'], rows, [1, 2]);
}

function findings(report: ReplayReport): Part {
  return tablePart({
    above: ['### Findings', ''],
    header: ['call or threshold', 'expected', 'got', 'why'],
    most: ROWS,
    rows: report.findings.map((one) => {
      const [what, expected, got] =
        one.kind === 'expectation'
          ? [one.call, one.expected, one.actual]
          : [one.threshold, decimal(one.limit), decimal(one.actual)];
      return [markdownCode(what), expected, got, markdownCode(findingSentence(one))];
    }),
  });
}

/** What is no finding and yet worth a look; what stands in one line comes before what takes many. */
function problems(report: ReplayReport): Part {
  const { withErrors, unreadable, firstDivergences } = report.summary;
  const wouldChange = Object.entries(report.wouldChange).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = [
    ...report.skippedFiles.map((file) => `- ${markdownCode(file)} did not load and was left out`),
    ...wouldChange.map(([kind, calls]) => `- audit mode: ${markdownCode(kind)} in ${counted(calls, 'call')}`),
    ...(firstDivergences > 0
      ? [`- ${counted(firstDivergences, 'session')} would have gone another way`]
      : []),
    ...(withErrors > 0 ? [`- ${counted(withErrors, 'call')} with an error`] : []),
    ...report.errors.map((error) => {
      const who = error.policy === null ? 'the whole set' : markdownCode(error.policy);
      return `  - ${who}: ${markdownCode(error.message)} (${error.kind}, ${counted(error.count, 'time')}, first in ${markdownCode(error.firstCall)})`;
    }),
    ...unreadableItems(report.unreadable, unreadable),
  ];
  return listPart(['### To know', ''], lines, ROWS);
}

function policies(report: ReplayReport): Part {
  return tablePart({
    fold: counted(report.policies.length, 'policy', 'policies'),
    header: ['policy', 'effect', 'mode', 'applied', 'determined', 'errors', 'conditions', 'controls'],
    right: [3, 4, 5, 6],
    rows: report.policies.map((policy) => {
      const seen = policy.conditions.filter((one) => one.true > 0 && one.false > 0).length;
      return [
        markdownCode(policy.id),
        policy.effect ?? 'computed',
        policy.mode,
        policy.applied === 0 ? '**never**' : count(policy.applied),
        count(policy.mode === 'audit' ? policy.wouldDetermine : policy.determined),
        count(policy.errors),
        policy.conditions.length === 0 ? '-' : `${seen} of ${policy.conditions.length}`,
        policy.controls.slice(0, 10).map(markdownCode).join(', ') || '-',
      ];
    }),
  });
}

function latency(report: ReplayReport): string[] {
  if (!report.latency) return [];
  const { p50, p95, p99, max, floor } = report.latency;
  const [a, b, c, d, e] = [p50, p95, p99, max, floor].map(milliseconds);
  return [`A decision took ${a} (p50), ${b} (p95), ${c} (p99), ${d} at most; floor ${e}.`];
}
