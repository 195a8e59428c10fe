import type { ControlTag } from '@benchbook/model';
import { type LintInput, type LintPolicy, parseReference, type RuleExample } from '../../src/index.ts';

export const FILE = 'policies/example.cedar';

/** A tag from a reference as written, with a label after the id in quotes; it stands at `start`. */
export function tagOf(written: string, start: number, file = FILE): ControlTag {
  const [, reference = '', label] = /^(.*?)(?: "(.*)")?$/.exec(written) ?? [];
  const parsed = parseReference(reference);
  if (!parsed) throw new Error(`no reference: ${written}`);
  const range = { start, end: start + written.length };
  return { ...parsed, file, range, ...(label === undefined ? {} : { label }) };
}

/** A rule's example as input of the lint: its tags stand one after the other, ten apart from offset 100 on. */
export function inputOf(example: RuleExample, date = '2026-11-22'): LintInput {
  let start = 100;
  const controls = example.controls.map((written) => {
    const tag = tagOf(written, start);
    start += written.length + 2;
    return tag;
  });
  const { effect = 'forbid', mode = 'enforce', layer, text, exemption, exercised } = example;
  const policy: LintPolicy = {
    id: `${FILE}#example`,
    file: FILE,
    range: { start: 80, end: 500 },
    mode,
    effect,
    controls,
    ...(layer ? { layer } : {}),
    ...(text === undefined ? {} : { text }),
    ...(exercised ? { exercised } : {}),
    ...(exemption === undefined
      ? {}
      : { exemption: { reason: exemption, file: FILE, range: { start: 90, end: 99 } } }),
  };
  const context = {
    editions: example.editions ?? [],
    ...(example.profile ? { profile: example.profile } : {}),
  };
  return { policies: [policy], context, date };
}
