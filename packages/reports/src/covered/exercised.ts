import type { ConditionReport, ReplayReport } from '@benchbook/model';

/** What a replay and a run of tests both tell of coverage. */
export type Exercised = Pick<ReplayReport, 'policies' | 'helpers' | 'lines' | 'coverage'>;

/** One policy as tools for code see it: a function of its file. */
export interface CoveredFunction {
  readonly name: string;
  readonly line: number;
  readonly hits: number;
}

/** A condition as a branch point with two ways: how often each was seen. */
export interface CoveredBranch {
  readonly line: number;
  readonly true: number;
  readonly false: number;
  /** False: no call ever came to it. */
  readonly reached: boolean;
}

export interface CoveredFile {
  readonly file: string;
  /** Ascending; each line that can be reached, and those of branches. */
  readonly lines: readonly { readonly line: number; readonly hits: number }[];
  readonly functions: readonly CoveredFunction[];
  readonly branches: readonly CoveredBranch[];
}

/** Coverage by file, by path: what lcov and Cobertura are written from. */
export function coveredFiles(report: Exercised): CoveredFile[] {
  const files = new Set([
    ...report.policies.map((one) => one.file),
    ...report.helpers.map((one) => one.file),
    ...report.lines.map((one) => one.file),
  ]);
  return [...files].sort().map((file) => coveredFile(file, report));
}

function coveredFile(file: string, report: Exercised): CoveredFile {
  const policies = report.policies.filter((one) => one.file === file);
  const branches = [
    ...policies.flatMap((one) => one.conditions),
    ...report.helpers.filter((one) => one.file === file).flatMap((one) => one.conditions),
  ]
    .sort(byPlace)
    .map(branchOf);
  const functions = policies
    .map((one) => ({ name: nameOf(one.id, file), line: one.range.start.line, hits: one.applied }))
    .sort((a, b) => a.line - b.line || (a.name < b.name ? -1 : 1));
  return { file, lines: linesOf(file, report, branches), functions, branches };
}

/** A line with a branch is a line, whether or not the report tells of it. */
function linesOf(file: string, report: Exercised, branches: readonly CoveredBranch[]) {
  const hits = new Map<number, number>();
  for (const branch of branches) {
    const seen = branch.true + branch.false;
    hits.set(branch.line, Math.max(hits.get(branch.line) ?? 0, seen));
  }
  for (const one of report.lines.filter((one) => one.file === file))
    for (const line of one.lines) hits.set(line.line, line.hits);
  return [...hits].sort(([a], [b]) => a - b).map(([line, hits]) => ({ line, hits }));
}

function branchOf(one: ConditionReport): CoveredBranch {
  return {
    line: one.range.start.line,
    true: one.true,
    false: one.false,
    reached: one.true + one.false + one.error > 0,
  };
}

function byPlace(a: ConditionReport, b: ConditionReport): number {
  const [from, to] = [a.range.start, b.range.start];
  return from.line - to.line || from.column - to.column || (a.parent ?? -1) - (b.parent ?? -1);
}

function nameOf(id: string, file: string): string {
  return id.startsWith(`${file}#`) ? id.slice(file.length + 1) : id;
}
