import type { ConditionPlace, DiffReport, PolicyReport, Ratio, ReplayReport } from '@benchbook/model';
import type { Exercise } from '../coverage/exercise.ts';
import type { PreparedWorkspace } from '../prepare.ts';
import type { PolicyCounts } from '../replay/tally.ts';
import { conditionCoverage, helpersOf } from '../report/conditions.ts';
import { type ControlIndex, controlIndex } from '../report/controls.ts';
import { reportPolicies } from '../report/policies.ts';
import { align } from './align.ts';
import type { PolicyPair } from './match.ts';

/** What one version's replay shows of its policies. */
export interface VersionFigures {
  readonly policies: readonly PolicyReport[];
  readonly helpers: ReplayReport['helpers'];
  readonly controls: ReturnType<ControlIndex['report']>;
}

/** Sums of one version as a replay of it would report them. */
export function figuresOf(
  prepared: PreparedWorkspace,
  exercise: Exercise,
  countsOf: (id: string) => PolicyCounts | undefined,
): VersionFigures {
  const sets = prepared.policies.everything;
  const { texts, modeOf } = prepared;
  const controls = controlIndex(prepared.controls);
  const policies = reportPolicies({ sets, exercise, texts, modeOf, refsOf: controls.refsOf, countsOf });
  return {
    policies,
    helpers: helpersOf(sets, exercise, texts),
    controls: controls.report(policies, sets, exercise),
  };
}

/** Coverage of both versions, and what head has lost of what base had. */
export function compareCoverage(
  base: VersionFigures,
  head: VersionFigures,
  pairs: readonly PolicyPair[],
): DiffReport['coverage'] {
  const old = new Map(base.policies.map((policy) => [policy.id, policy]));
  const now = new Map(head.policies.map((policy) => [policy.id, policy]));
  const both = pairs.flatMap((pair) => {
    const before = pair.base && old.get(pair.base.policy.id);
    const after = pair.head && now.get(pair.head.policy.id);
    return before && after ? [{ before, after }] : [];
  });
  return {
    policies: { base: share(policyRatio(base)), head: share(policyRatio(head)) },
    conditions: { base: share(conditionRatio(base)), head: share(conditionRatio(head)) },
    lost: {
      policies: both.flatMap(({ before, after }) =>
        before.applied > 0 && after.applied === 0 ? after.id : [],
      ),
      conditions: both.flatMap(({ before, after }) => lostConditions(before, after)),
    },
  };
}

function lostConditions(
  before: PolicyReport,
  after: PolicyReport,
): (ConditionPlace & { readonly policy: string | null })[] {
  const texts = ({ conditions }: PolicyReport): string[] => conditions.map(({ text }) => text);
  return align(texts(before), texts(after)).flatMap(({ base, head }) => {
    if (base === null || head === null) return [];
    const was = before.conditions[base]!;
    const is = after.conditions[head]!;
    if (was.text !== is.text || !isCovered(was) || isCovered(is)) return [];
    return [{ text: is.text, file: after.file, range: is.range, policy: after.id }];
  });
}

function isCovered(condition: { readonly true: number; readonly false: number }): boolean {
  return condition.true > 0 && condition.false > 0;
}

function policyRatio({ policies }: VersionFigures): Ratio {
  return { covered: policies.filter(({ applied }) => applied > 0).length, total: policies.length };
}

function conditionRatio({ policies, helpers }: VersionFigures): Ratio {
  return conditionCoverage([...policies, ...helpers].map(({ conditions }) => conditions));
}

function share({ covered, total }: Ratio): number {
  return total === 0 ? 1 : covered / total;
}
