import type { ConditionPreview, ConditionValue, PolicyPreview, Preview, TextRange } from '@benchbook/model';
import type { InlayHint } from '../api.ts';
import { calls, count, outcomeWords } from '../text/counts.ts';
import { escapeMarkdown, markdownCode } from '../text/markdown.ts';
import { editMap } from './edit-map.ts';
import { conditionLabel, policyLabel } from './labels.ts';
import { headOf } from './place.ts';

export interface HintedFile {
  readonly path: string;
  readonly text: string;
  /** What starts a comment in it. */
  readonly comment: string;
}

/** What a preview shows in one file: policies beside their first line, conditions behind them. By place. */
export function inlayHints(
  file: HintedFile,
  preview: Preview,
  values: readonly ConditionValue[],
  within: TextRange,
): readonly InlayHint[] {
  const { path, text, comment } = file;
  const map = editMap(preview.texts.get(path) ?? text, text);
  const hints: InlayHint[] = [];
  const add = (hint: InlayHint): void => {
    if (hint.label !== '' && hint.offset >= within.start && hint.offset <= within.end) hints.push(hint);
  };
  const addConditions = (conditions: readonly ConditionPreview[]): void => {
    if (preview.total === 0) return;
    const wholes = new Set(conditions.map(({ parent }) => parent));
    for (const [index, condition] of conditions.entries()) {
      // A whole clause ends where its last operand does, and is told in the tip there.
      if (wholes.has(index)) continue;
      const offset = map.range(condition.range)?.end;
      if (offset === undefined) continue;
      const label = conditionLabel(condition, preview);
      add({ offset, label, tooltip: conditionTip(condition, conditions, preview), kind: 'condition' });
    }
  };
  for (const policy of preview.policies) {
    if (policy.file !== path) continue;
    const range = map.range(policy.range);
    if (range) {
      const offset = headOf(text, range, comment).end;
      add({
        offset,
        label: policyLabel(policy, preview),
        tooltip: policyTip(policy, preview),
        kind: 'policy',
      });
    }
    addConditions(policy.conditions);
  }
  for (const helper of preview.helpers) if (helper.file === path) addConditions(helper.conditions);
  for (const value of values) {
    const offset = value.file === path ? map.range(value.range)?.end : undefined;
    if (offset === undefined || value.state === 'unreached') continue;
    const tooltip = value.operands === undefined ? '' : markdownCode(value.operands, 400);
    add({ offset, label: `= ${value.state}`, tooltip, kind: 'value' });
  }
  return hints.sort((a, b) => a.offset - b.offset || ORDER[a.kind] - ORDER[b.kind]);
}

const ORDER = { policy: 0, condition: 1, value: 2 } as const;

function policyTip(policy: PolicyPreview, preview: Preview): string {
  return lines([
    `${markdownCode(policy.name)}${policy.mode === 'audit' ? ' (on trial: decided, not applied)' : ''}`,
    `applied to ${calls(policy.applied)}; decided: ${outcomeWords(policy.outcomes).join(', ') || 'none'}`,
    ...(policy.firstError === undefined
      ? []
      : [
          `${count(policy.errors)} errors, the first on ${markdownCode(policy.firstError.call)}: ${escapeMarkdown(policy.firstError.message)}`,
        ]),
    ...state(preview),
  ]);
}

function conditionTip(
  condition: ConditionPreview,
  all: readonly ConditionPreview[],
  preview: Preview,
): string {
  const whole = condition.parent === null ? undefined : all[condition.parent];
  return lines([
    ...(whole ? [`the whole: true ${count(whole.true)} / false ${count(whole.false)}`] : []),
    ...state(preview),
  ]);
}

function state({ stale, leftOut }: Preview): string[] {
  return [
    ...(stale ? ['the policies do not load as they stand: this is what the last ones that did came to'] : []),
    ...(leftOut > 0 ? [`${calls(leftOut)} beyond what is held in memory are left out`] : []),
  ];
}

function lines(list: readonly string[]): string {
  return list.join('\n\n');
}
