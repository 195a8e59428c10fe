import type { ConditionPlace, Policy, PolicySet } from '@benchbook/model';
import type { PreparedWorkspace } from '../prepare.ts';
import { conditionText } from '../report/conditions.ts';

/** A policy of one version, with where it stands in its set. */
export interface PlacedPolicy {
  readonly set: PolicySet;
  readonly index: number;
  readonly policy: Policy;
  /** `rootPath#name`: the same wherever the policies' folder lies. */
  readonly rootId: string;
  /** Its source without layout. */
  readonly text: string;
}

/** All policies of one version, audit files included, by file and place. */
export function policiesOf({ policies, workspace, texts }: PreparedWorkspace): PlacedPolicy[] {
  const roots = new Map(workspace.policyFiles.map(({ path, rootPath }) => [path, rootPath]));
  return policies.everything.flatMap((set) =>
    set.policies.map((policy, index) => ({
      set,
      index,
      policy,
      rootId: `${roots.get(policy.file) ?? policy.file}#${policy.name}`,
      text: texts(policy.file).text.slice(policy.range.start, policy.range.end).replace(/\s+/g, ' ').trim(),
    })),
  );
}

/** A condition of a set as reports show it. */
export function placeOf(set: PolicySet, index: number, { texts }: PreparedWorkspace): ConditionPlace {
  const condition = set.conditions[index]!;
  return {
    text: conditionText(condition, texts),
    file: condition.file,
    range: texts(condition.file).range(condition.range),
  };
}
