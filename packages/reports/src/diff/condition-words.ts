import type { ConditionChange } from '@benchbook/model';

/** A changed condition as one sentence, its sources in backticks. Not made visible. */
export function conditionWords({ base, head }: ConditionChange): string {
  if (base && head) return `\`${base.text}\` became \`${head.text}\``;
  if (head) return `\`${head.text}\` was added`;
  return base ? `\`${base.text}\` was removed` : '';
}
