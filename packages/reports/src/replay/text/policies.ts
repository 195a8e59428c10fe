import type { PolicyReport, ReplayReport } from '@benchbook/model';
import { count } from '../../format/numbers.ts';
import { type Column, fitColumns, tableRow } from '../../format/table.ts';
import { visible } from '../../format/visible.ts';
import { columns, cutMiddle } from '../../format/width.ts';
import { heading, type Page, paragraph, type Section } from '../../text/section.ts';

/** A column with what it says of a policy. */
interface PolicyColumn extends Column {
  readonly cell: (policy: PolicyReport) => string;
  /** Left out where no policy has anything to say there. */
  readonly worth?: (policy: PolicyReport) => boolean;
}

const name: PolicyColumn = { title: 'policy', shrinkTo: 14, cell: (policy) => visible(nameOf(policy)) };
const controls: PolicyColumn = { title: 'controls', shrinkTo: 10, cell: controlsOf };

const definitions: readonly PolicyColumn[] = [
  name,
  { title: 'effect', cell: (policy) => policy.effect ?? 'computed' },
  { title: 'mode', cell: (policy) => policy.mode, worth: (policy) => policy.mode === 'audit' },
  {
    title: 'applied',
    align: 'right',
    cell: (policy) => (policy.applied === 0 ? 'never' : count(policy.applied)),
  },
  { title: 'determined', align: 'right', cell: determinedOf },
  {
    title: 'errors',
    align: 'right',
    cell: (policy) => (policy.errors === 0 ? '-' : count(policy.errors)),
    worth: (policy) => policy.errors > 0,
  },
  controls,
];

/** A name cut below this is hardly told from the next; controls then give way, they have their own table. */
const LEGIBLE = 24;

/** Every policy below its file: what it is written to do, how often it applied and determined, its controls. */
export const policies: Section<ReplayReport> = (report, page) => {
  if (report.policies.length === 0) return [];
  const { shown, rows, widths } = layOut(report.policies, page.width - 4);
  const lines = [heading(page, 'Policies', summaryOf(report.policies))];
  lines.push(
    `    ${page.paint.dim(
      tableRow(
        shown,
        widths,
        shown.map((column) => column.title),
      ),
    )}`,
  );
  let file: string | undefined;
  for (const [index, policy] of report.policies.entries()) {
    if (policy.file !== file) lines.push(`  ${cutMiddle(visible(policy.file), page.width - 2)}`);
    file = policy.file;
    lines.push(`    ${tableRow(shown, widths, rows[index]!, styleOf(page, policy, shown))}`);
  }
  return [...lines, ...notes(report.policies, page)];
};

function layOut(all: readonly PolicyReport[], width: number) {
  const useful = definitions.filter((column) => !column.worth || all.some(column.worth));
  const fit = (shown: readonly PolicyColumn[]) => {
    const rows = all.map((policy) => shown.map((column) => column.cell(policy)));
    return { shown, rows, widths: fitColumns(shown, rows, width) };
  };
  const full = fit(useful);
  const longest = Math.max(...all.map((policy) => columns(name.cell(policy))));
  return full.widths[0]! < Math.min(longest, LEGIBLE)
    ? fit(useful.filter((column) => column !== controls))
    : full;
}

/** In audit mode a policy determines nothing; in brackets what it would have. */
function determinedOf(policy: PolicyReport): string {
  if (policy.mode === 'audit') return policy.applied === 0 ? '-' : `(${count(policy.wouldDetermine)})`;
  return policy.applied === 0 ? '-' : count(policy.determined);
}

/** The id without its file. */
export function nameOf(policy: { readonly id: string; readonly file: string }): string {
  return policy.id.startsWith(`${policy.file}#`) ? policy.id.slice(policy.file.length + 1) : policy.id;
}

/** The first control and how many more; the edition stands in JSON and in the list of controls. */
function controlsOf(policy: PolicyReport): string {
  const [first, ...others] = policy.controls.map((ref) => visible(withoutEdition(ref)));
  if (first === undefined) return '-';
  return others.length === 0 ? first : `${first} +${others.length}`;
}

/** `eu-ai-act@2026-07-27:14(1)` as `eu-ai-act:14(1)`. */
function withoutEdition(ref: string): string {
  return ref.replace(/^([^:@]*)@[^:]*:/, '$1:');
}

function styleOf(page: Page, policy: PolicyReport, shown: readonly PolicyColumn[]) {
  if (policy.errors > 0)
    return (cell: string, column: number) =>
      shown[column]?.title === 'errors' ? page.paint.red(cell) : cell;
  return (cell: string) => (policy.applied === 0 ? page.paint.yellow(cell) : cell);
}

function summaryOf(all: readonly PolicyReport[]): string {
  const never = all.filter((policy) => policy.applied === 0).length;
  return never === 0
    ? `${count(all.length)}`
    : `${count(all.length)}, of which ${count(never)} never applied`;
}

function notes(all: readonly PolicyReport[], page: Page): string[] {
  if (!all.some((policy) => policy.mode === 'audit' && policy.applied > 0)) return [];
  return paragraph(
    page,
    '(n): would have determined so many; audit mode decides and reports, it changes nothing',
    4,
  ).map(page.paint.dim);
}
