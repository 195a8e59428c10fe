import type { ConditionPreview, Hover, Preview, TextRange } from '@benchbook/model';
import { editMap } from '../display/edit-map.ts';
import { policyLabel } from '../display/labels.ts';
import { calls, count } from '../text/counts.ts';
import { escapeMarkdown, markdownCode } from '../text/markdown.ts';
import type { VerbContext } from './context.ts';

/** What the recordings show of the condition at a place, else of the policy; on the chosen call, its value. */
export function hoverCounts(context: VerbContext, path: string, text: string, offset: number): Hover | null {
  const previewer = context.previewer();
  const preview = previewer.latest();
  if (!preview || preview.total === 0) return null;
  const map = editMap(preview.texts.get(path) ?? text, text);
  const at = (range: TextRange): TextRange | null => {
    const moved = map.range(range);
    return moved && moved.start <= offset && offset <= moved.end ? moved : null;
  };
  const policies = preview.policies.filter(({ file }) => file === path);
  const conditions = [
    ...policies.flatMap((policy) => policy.conditions),
    ...preview.helpers.flatMap((helper) => (helper.file === path ? helper.conditions : [])),
  ];
  const condition = smallest(conditions, at);
  const parts: string[] = [];
  let range = condition?.range;
  if (condition) parts.push(conditionText(condition.of, preview));
  const policy = smallest(policies, at);
  if (policy) {
    range ??= policy.range;
    const label = policyLabel(policy.of, preview);
    parts.push(
      `${markdownCode(policy.of.name)}: ${label === 'never exercised' ? label : `decides ${label}`}`,
    );
    const { firstError } = policy.of;
    if (firstError)
      parts.push(`first error, on ${markdownCode(firstError.call)}: ${escapeMarkdown(firstError.message)}`);
  }
  const call = previewer.chosenCall();
  const value =
    call &&
    smallest(
      previewer.chosenValues().filter(({ file }) => file === path),
      at,
    );
  if (call && value) {
    range ??= value.range;
    const { state, operands } = value.of;
    const down = operands === undefined ? '' : `: ${markdownCode(operands, 400)}`;
    parts.push(`on the chosen call ${markdownCode(call.id)}: **${state}**${down}`);
  }
  return range ? { range, contents: parts.join('\n\n') } : null;
}

function conditionText(condition: ConditionPreview, preview: Preview): string {
  const errors = condition.error === 0 ? '' : `, error on ${count(condition.error)}`;
  const stale = preview.stale ? ' (stale)' : '';
  const held = `true on ${count(condition.true)}, false on ${count(condition.false)}${errors}`;
  const rest = preview.decided - condition.true - condition.false - condition.error;
  return `${held} of ${calls(preview.decided)}${rest > 0 ? `; not reached on ${count(rest)}` : ''}${stale}`;
}

function smallest<Placed extends { readonly range: TextRange }>(
  list: readonly Placed[],
  at: (range: TextRange) => TextRange | null,
): { readonly of: Placed; readonly range: TextRange } | undefined {
  let best: { of: Placed; range: TextRange } | undefined;
  for (const of of list) {
    const range = at(of.range);
    if (range && (!best || range.end - range.start < best.range.end - best.range.start)) best = { of, range };
  }
  return best;
}
