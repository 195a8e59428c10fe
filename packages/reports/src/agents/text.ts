import type { AgentsReport, RiskTier } from '@benchbook/model';
import { count, counted } from '../format/numbers.ts';
import { type Column, fitColumns, tableRow } from '../format/table.ts';
import { visible } from '../format/visible.ts';
import { cutMiddle } from '../format/width.ts';
import type { Reporter } from '../reporter.ts';
import { heading, lay, more, type Page, pageFor, paragraph } from '../text/section.ts';

/** Findings that are shown; JSON has them all. */
const SHOWN = 200;

/** The registry as people read it in a terminal: a row per agent, then what is to be mended. */
export const agentsText: Reporter<AgentsReport> = (report, options) => {
  const page = pageFor(options);
  return lay([table(report, page), gates(report, page), findings(report, page)], closingLine(report));
};

const columns: readonly Column[] = [
  { title: 'agent', shrinkTo: 12 },
  { title: 'tier' },
  { title: 'owner', shrinkTo: 12 },
  { title: 'calls', align: 'right' },
  { title: 'checks', align: 'right' },
  { title: 'gate' },
];

function table({ agents }: AgentsReport, page: Page): string[] {
  const rows = agents.map(({ id, tier, derivedTier, owner, calls, checks, gate }) => [
    visible(id),
    derivedTier === null || derivedTier === tier ? tier : `${tier} (${derivedTier})`,
    owner === null ? '-' : visible(owner),
    count(calls),
    `${checks.passed} of ${checks.passed + checks.failed}`,
    gate.state,
  ]);
  const widths = fitColumns(columns, rows, page.width - 2);
  const titles = columns.map(({ title }) => title);
  return [
    heading(page, 'Agents', `${count(agents.length)}; checks passed; the tier that the card's axes come to`),
    `  ${page.paint.dim(tableRow(columns, widths, titles))}`,
    ...rows.map(
      (row) => `  ${tableRow(columns, widths, row, (cell, column) => paintCell(cell, column, row, page))}`,
    ),
  ];
}

function paintCell(cell: string, column: number, row: readonly string[], { paint }: Page): string {
  if (column === 1) return GRAVE.has(row[1]!.split(' ')[0]!) ? paint.bold(cell) : cell;
  if (column !== 5) return cell;
  return row[5] === 'valid' ? paint.green(cell) : row[5] === 'invalid' ? paint.red(cell) : paint.dim(cell);
}

const GRAVE: ReadonlySet<string> = new Set<RiskTier>(['high', 'critical']);

/** Certificates that do not hold, and why. */
function gates({ agents }: AgentsReport, page: Page): string[] {
  const invalid = agents.filter(({ gate }) => gate.state === 'invalid');
  if (invalid.length === 0) return [];
  return [
    heading(page, 'Certificates that do not hold', count(invalid.length)),
    ...invalid.flatMap(({ id, gate }) => [
      `  ${cutMiddle(visible(id), page.width - 2)}`,
      ...gate.reasons.flatMap((reason) => paragraph(page, reason, 4)),
    ]),
  ];
}

function findings(report: AgentsReport, page: Page): string[] {
  if (report.findings.length === 0) return [];
  const { red, yellow, dim } = page.paint;
  const colours = { error: red, warning: yellow, info: dim, hint: dim };
  const shown = report.findings.slice(0, SHOWN);
  return [
    heading(page, 'To mend', counted(report.findings.length, 'finding')),
    ...shown.flatMap((one) => {
      const start = one.range?.start;
      const at = start ? `${one.file}:${start.line}:${start.column}` : one.file;
      const controls = one.controls.length > 0 ? paragraph(page, one.controls.join(', '), 4).map(dim) : [];
      return [
        `  ${colours[one.severity](one.severity)} ${cutMiddle(visible(`${at} ${one.agent}: ${one.check}`), page.width - 4 - one.severity.length)}`,
        ...paragraph(page, one.message, 4),
        ...controls,
      ];
    }),
    ...more(page, shown.length, report.findings.length, '; --format json lists them all'),
  ];
}

/** The last line: `2 agents: 3 errors, 1 warning, 4 infos`. */
function closingLine({ agents, findings: all }: AgentsReport): string {
  const of = (severity: string): number => all.filter((one) => one.severity === severity).length;
  const asides = of('info') + of('hint');
  const told = [counted(of('error'), 'error'), counted(of('warning'), 'warning')];
  if (asides > 0) told.push(`${count(asides)} worth knowing`);
  return `${counted(agents.length, 'agent')}: ${told.join(', ')}`;
}
