import type { Cover, PolicySet, PolicyState } from '@benchbook/model';

/** What a cover says of a policy: applied where its own line was reached, else whether a clause of it erred. */
export function rebuiltState(set: PolicySet, cover: Cover, policy: number): PolicyState {
  const { file, range } = set.policies[policy]!;
  const line = set.statements.findIndex(
    (one) => one.file === file && one.range.start >= range.start && one.range.end <= range.end,
  );
  if (cover.statements[line]) return 'applied';
  const isError = set.conditions.some(
    (one, index) => one.policy === policy && one.parent === null && cover.conditions[index] === 'error',
  );
  return isError ? 'error' : 'silent';
}
