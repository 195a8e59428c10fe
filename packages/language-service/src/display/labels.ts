import type { ConditionPreview, PolicyPreview, Preview } from '@benchbook/model';
import { calls, count, outcomeWords } from '../text/counts.ts';

/** `12 deny, 3 escalate of 3,060 calls`; empty where there is no call to tell of. */
export function policyLabel(policy: PolicyPreview, preview: Preview): string {
  if (preview.total === 0) return '';
  const { decided, total } = preview;
  const isComplete = decided >= total;
  const parts = [...outcomeWords(policy.outcomes), ...errorWords(policy.errors)];
  const of = isComplete ? calls(total) : `${count(decided)} / ${count(total)}...`;
  if (parts.length > 0) return marked(`${parts.join(', ')} of ${of}`, preview);
  if (policy.applied > 0)
    return marked(`applies to ${count(policy.applied)}, decides none of ${of}`, preview);
  return marked(isComplete ? 'never exercised' : `none of ${of}`, preview);
}

/** `true 14 / false 3,046`. */
export function conditionLabel(condition: ConditionPreview, preview: Preview): string {
  const errors = errorWords(condition.error).map((words) => ` / ${words}`);
  return marked(`true ${count(condition.true)} / false ${count(condition.false)}${errors.join('')}`, preview);
}

function errorWords(errors: number): readonly string[] {
  return errors === 0 ? [] : [`${count(errors)} ${errors === 1 ? 'error' : 'errors'}`];
}

function marked(label: string, { stale }: Preview): string {
  return stale ? `${label} (stale)` : label;
}
