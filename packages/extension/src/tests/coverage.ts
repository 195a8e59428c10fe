/** Reports as the editor's coverage: lines are statements, conditions are branches of them, policies are declarations. */
import type { ConditionReport, LineColumnRange, ReplayReport } from '@benchbook/model';

/** Ranges count lines and characters from 0. */
export interface PlainRange {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
}

export interface PlainBranch {
  readonly label: string;
  readonly hits: number;
  readonly range: PlainRange;
}

export interface PlainStatement {
  readonly line: number;
  readonly hits: number;
  readonly branches: readonly PlainBranch[];
}

export interface PlainDeclaration {
  readonly name: string;
  readonly hits: number;
  readonly range: PlainRange;
}

export interface FileDetails {
  readonly file: string;
  readonly statements: readonly PlainStatement[];
  readonly declarations: readonly PlainDeclaration[];
}

export type Covered = Pick<ReplayReport, 'policies' | 'helpers' | 'lines'>;

/** By file. A condition that stands on no line that can be reached makes a statement of its own there. */
export function fileDetails({ policies, helpers, lines }: Covered): FileDetails[] {
  const conditions = new Map<string, ConditionReport[]>();
  const declarations = new Map<string, PlainDeclaration[]>();
  for (const policy of policies) {
    push(conditions, policy.file, ...policy.conditions);
    push(declarations, policy.file, {
      name: policy.id.slice(policy.id.lastIndexOf('#') + 1),
      hits: policy.applied,
      range: plainRange(policy.range),
    });
  }
  for (const { file, conditions: own } of helpers) push(conditions, file, ...own);
  const hits = new Map(
    lines.map(({ file, lines }) => [file, new Map(lines.map(({ line, hits }) => [line, hits]))]),
  );
  const files = new Set([...conditions.keys(), ...declarations.keys(), ...hits.keys()]);
  return [...files].sort().map((file) => ({
    file,
    statements: statements(hits.get(file) ?? new Map(), conditions.get(file) ?? []),
    declarations: declarations.get(file) ?? [],
  }));
}

function statements(
  hits: ReadonlyMap<number, number>,
  conditions: readonly ConditionReport[],
): PlainStatement[] {
  const byLine = new Map<number, ConditionReport[]>();
  for (const condition of conditions) push(byLine, condition.range.start.line, condition);
  const lines = [...new Set([...hits.keys(), ...byLine.keys()])].sort((a, b) => a - b);
  return lines.map((line) => {
    const own = byLine.get(line) ?? [];
    return {
      line: line - 1,
      hits: hits.get(line) ?? Math.max(0, ...own.map((one) => one.true + one.false + one.error)),
      branches: own.flatMap(branches),
    };
  });
}

/** A condition is covered once it was seen true and false. */
function branches(condition: ConditionReport): PlainBranch[] {
  const range = plainRange(condition.range);
  const text = condition.text.length > 60 ? `${condition.text.slice(0, 60)}…` : condition.text;
  return [
    { label: `${text}: true`, hits: condition.true, range },
    { label: `${text}: false`, hits: condition.false, range },
  ];
}

function plainRange({ start, end }: LineColumnRange): PlainRange {
  return {
    startLine: start.line - 1,
    startCharacter: start.column - 1,
    endLine: end.line - 1,
    endCharacter: end.column - 1,
  };
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, ...values: Value[]): void {
  const list = map.get(key);
  if (list) list.push(...values);
  else if (values.length > 0) map.set(key, [...values]);
}
