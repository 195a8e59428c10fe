/** `samples/X/expected/coverage.yaml`: what a person reads off policies and recordings, and a report in its shape. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConditionReport, ReplayReport } from '@benchbook/model';
import { repositoryRoot } from '@benchbook/testkit';
import { parse } from 'yaml';

interface ExpectedCondition {
  /** `line:column-line:column`. */
  readonly at: string;
  /** Place of the whole clause whose operand it is. */
  readonly in?: string;
  readonly text: string;
  readonly seen: Pick<ConditionReport, 'true' | 'false' | 'error' | 'unreached'>;
  readonly because: string;
}

interface ExpectedCoverage {
  readonly calls: number;
  readonly policies: readonly {
    readonly id: string;
    readonly applied: number;
    readonly because: string;
    readonly conditions: readonly ExpectedCondition[];
  }[];
  readonly helpers: readonly { readonly file: string; readonly conditions: readonly ExpectedCondition[] }[];
}

export async function expectedCoverage(sample: string): Promise<ExpectedCoverage> {
  const path = join(repositoryRoot, 'samples', sample, 'expected/coverage.yaml');
  return parse(await readFile(path, 'utf8')) as ExpectedCoverage;
}

/** Without the reasons, as a replay can be held against it. */
export function withoutReasons({ calls, policies, helpers }: ExpectedCoverage): object {
  const bare = (conditions: readonly ExpectedCondition[]) =>
    conditions.map(({ because: _, ...rest }) => rest);
  return {
    calls,
    policies: policies.map(({ because: _, conditions, ...rest }) => ({
      ...rest,
      conditions: bare(conditions),
    })),
    helpers: helpers.map(({ conditions, ...rest }) => ({ ...rest, conditions: bare(conditions) })),
  };
}

/** What a replay counted, in the shape of the expected file. */
export function countedCoverage({ summary, policies, helpers }: ReplayReport): object {
  return {
    calls: summary.calls,
    policies: policies.map(({ id, applied, conditions }) => ({
      id,
      applied,
      conditions: counted(conditions),
    })),
    helpers: helpers.map(({ file, conditions }) => ({ file, conditions: counted(conditions) })),
  };
}

function counted(conditions: readonly ConditionReport[]): readonly object[] {
  const at = ({ range: { start, end } }: ConditionReport) =>
    `${start.line}:${start.column}-${end.line}:${end.column}`;
  return conditions.map((condition) => ({
    at: at(condition),
    ...(condition.parent !== null && { in: at(conditions[condition.parent]!) }),
    text: condition.text,
    seen: {
      true: condition.true,
      false: condition.false,
      error: condition.error,
      unreached: condition.unreached,
    },
  }));
}

/** Every condition of a report, helpers' too. */
export function allConditions({ policies, helpers }: ReplayReport): readonly ConditionReport[] {
  return [...policies, ...helpers].flatMap(({ conditions }) => conditions);
}
