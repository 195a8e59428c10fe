import type { DiffReport } from '@benchbook/model';
import { markdownCode, markdownTable } from '../format/markdown.ts';
import { count, counted } from '../format/numbers.ts';
import { fixedPart, layParts, listPart, type Part } from '../markdown/part.ts';
import { diagnosticItems, unreadableItems } from '../markdown/problems.ts';
import type { Reporter } from '../reporter.ts';
import { flipErrors } from './flip-errors.ts';
import { arrow, isFeared, kindCounts, kindWords } from './kinds.ts';
import { approvalsPart } from './markdown/approvals.ts';
import { controlsPart, coveragePart } from './markdown/coverage.ts';
import { flipsPart, undecidedPart } from './markdown/flips.ts';
import { groupsPart } from './markdown/groups.ts';
import { latencyPart } from './markdown/latency.ts';
import { policiesPart } from './markdown/policies.ts';
import { sides } from './sides.ts';
import { closingLine, verdictOf } from './verdict.ts';

/** Items of the list that is not folded away; the rest is counted. */
const ITEMS = 50;
/** What errs on flips; JSON has it all. */
const ERRORS = 10;
/** More kinds than there are come from no diff of ours. */
const KINDS = 12;

/** The diff as a comment of a pull request or a job summary: the verdict first, long tables folded. */
export const diffMarkdown: Reporter<DiffReport> = (report) =>
  layParts(
    [
      fixedPart(headline(report)),
      fixedPart(kinds(report)),
      groupsPart(report),
      flipsPart(report),
      undecidedPart(report),
      policiesPart(report),
      coveragePart(report),
      controlsPart(report),
      latencyPart(report),
      approvalsPart(report),
      problems(report),
    ],
    closingLine(report.summary),
  );

function headline(report: DiffReport): string[] {
  const { calls, sessions } = report.summary;
  const { sentence, bad } = verdictOf(report);
  return [
    `## Benchbook diff: ${bad ? counted(report.findings.length, 'finding') : 'nothing to act on'}`,
    '',
    `**${sentence}**`,
    '',
    `Against ${markdownCode(report.base)}: ${counted(calls, 'call')} in ${counted(sessions, 'session')}.`,
  ];
}

function kinds({ summary }: DiffReport): string[] {
  if (summary.flips === 0) return [];
  const rows = kindCounts(summary.byKind)
    .slice(0, KINDS)
    .map(({ kind, flips }) => {
      const words = kindWords(kind);
      return [
        markdownCode(arrow(kind)),
        count(flips),
        isFeared(kind) ? `:warning: **${words}**` : words || '-',
      ];
    });
  const { agents, users, tools, sessions } = summary.affected;
  const whom = [
    counted(agents, 'agent'),
    counted(users, 'user'),
    counted(tools, 'tool'),
    counted(sessions, 'session'),
  ];
  const first = counted(summary.firstDivergences, 'session');
  return [
    ...markdownTable(['flip', 'calls', 'meaning'], rows, [1]),
    '',
    `Affected: ${whom.join(', ')}. First divergences: ${first}, of ${counted(summary.flips, 'flip')}; what follows the first flip of a session might not have happened so.`,
  ];
}

function problems(report: DiffReport): Part {
  const { withErrors } = report.summary;
  const items = [
    ...(withErrors.base + withErrors.head > 0
      ? [
          `- calls on which a policy errs: ${sides(withErrors, count)}`,
          ...flipErrors(report.flips)
            .slice(0, ERRORS)
            .map((one) => `  - ${markdownCode(one)}`),
        ]
      : []),
    ...unreadableItems(report.unreadable, report.summary.unreadable),
    ...diagnosticItems(report.diagnostics),
  ];
  return listPart(['### To know', ''], items, ITEMS);
}
