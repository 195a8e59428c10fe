import { type ExplainReport, type Obligation, type SetExplanation, writeJson } from '@benchbook/model';
import { indentJson } from '../format/indent-json.ts';
import { type Column, fitColumns, tableRow } from '../format/table.ts';
import { visible } from '../format/visible.ts';
import { cutEnd, cutMiddle } from '../format/width.ts';
import { outcomePaint } from '../replay/text/outcomes.ts';
import { nameOf } from '../replay/text/policies.ts';
import type { Reporter } from '../reporter.ts';
import { heading, lay, type Page, pageFor, paragraph, place } from '../text/section.ts';
import { conditionLines, sharedLines } from './conditions.ts';

/** Why one call came out as it did, for people. */
export const explainText: Reporter<ExplainReport> = (report, options) => {
  const page = pageFor(options);
  const blocks = [
    headline(report, page),
    problems(report, page),
    ...report.sets.map((set) => setBlock(set, page)),
    factsBlock(report.facts, page),
  ];
  const { outcome, basis } = report.decision;
  return lay(blocks, `${visible(report.decision.call)}: ${outcome} (${basis})`);
};

function headline({ decision }: ExplainReport, page: Page): string[] {
  const outcome = outcomePaint(page.paint, decision.outcome)(decision.outcome);
  const lines = [
    page.paint.bold(cutMiddle(`${visible(decision.call)}  ${visible(decision.tool)}`, page.width)),
    `  outcome   ${outcome} (${decision.basis})`,
  ];
  if (decision.wouldBe !== decision.outcome)
    lines.push(`  would be  ${decision.wouldBe}, with the audit policies applied`);
  if (decision.expect !== undefined) {
    const met = decision.expect === decision.outcome ? 'met' : page.paint.red('missed');
    lines.push(`  expected  ${decision.expect} (${met})`);
  }
  lines.push(`  recorded  ${cutMiddle(place(decision.source), page.width - 12)}`);
  if (decision.afterDivergence) lines.push('  after a call of its session that is not allowed now');
  return lines;
}

function problems({ decision }: ExplainReport, page: Page): string[] {
  return [
    ...decision.determining.map((id) => `  by ${cutMiddle(visible(id), page.width - 5)}`),
    ...decision.reasons.flatMap((reason) => paragraph(page, `because ${reason}`, 2)),
    ...decision.obligations.map((one) => `  ${cutEnd(obligationText(one), page.width - 2)}`),
    ...(decision.missing.length > 0
      ? paragraph(page, `not recorded, and it matters: ${decision.missing.join(', ')}`, 2)
      : []),
    ...decision.errors.flatMap((error) =>
      paragraph(page, `error (${error.kind}) in ${error.policy ?? 'the whole set'}: ${error.message}`, 2),
    ),
  ];
}

/** `obligation warn {"message":"..."}`. */
function obligationText({ type, ...rest }: Obligation): string {
  const detail = Object.keys(rest).length === 0 ? '' : ` ${writeJson(rest)}`;
  return visible(`obligation ${type}${detail}`);
}

const definitions: readonly Column[] = [
  { title: '' },
  { title: 'policy', shrinkTo: 16 },
  { title: 'effect' },
  { title: 'mode' },
  { title: 'state' },
  { title: 'where', shrinkTo: 16 },
];

function setBlock(set: SetExplanation, page: Page): string[] {
  const said = set.outcome === null ? 'does not apply' : `${set.outcome} (${set.basis})`;
  const rows = set.policies.map((policy) => {
    const file = policy.id.includes('#') ? policy.id.slice(0, policy.id.indexOf('#')) : '';
    const start = policy.range.start;
    return [
      policy.determining ? '→' : ' ',
      visible(nameOf({ id: policy.id, file })),
      policy.effect ?? 'computed',
      policy.mode,
      policy.state,
      visible(`${file}:${start.line}:${start.column}`),
    ];
  });
  const widths = fitColumns(definitions, rows, page.width - 2);
  return [
    heading(page, cutMiddle(visible(set.set), page.width - 24), said),
    ...rows.flatMap((row, index) => {
      const { id, state } = set.policies[index]!;
      const style = (cell: string, column: number) =>
        column === 4 && state === 'error'
          ? page.paint.red(cell)
          : column === 4 && state !== 'applied'
            ? page.paint.dim(cell)
            : cell;
      return [`  ${tableRow(definitions, widths, row, style)}`, ...conditionLines(set, id, page)];
    }),
    ...sharedLines(set, page),
    ...set.reasons.flatMap((reason) => paragraph(page, `because ${reason}`, 4)),
    ...set.errors.flatMap((error) =>
      paragraph(page, `error (${error.kind}) in ${error.policy ?? 'the whole set'}: ${error.message}`, 4),
    ),
  ];
}

/** The longest part of the facts that is worth a screen; JSON has them all. */
const FACT_LINES = 60;

function factsBlock(facts: string, page: Page): string[] {
  const lines = indentJson(facts);
  const shown = lines.slice(0, FACT_LINES).map((line) => `  ${cutEnd(visible(line), page.width - 2)}`);
  const rest = lines.length - shown.length;
  return [
    heading(page, 'What the policies see'),
    ...shown,
    ...(rest > 0 ? [page.paint.dim(`  ... and ${rest} more lines`)] : []),
  ];
}
