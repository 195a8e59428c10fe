import { type ControlContext, type LintPolicy, lintControls } from '@benchbook/controls';
import type { Diagnostic, Mode, PolicySet } from '@benchbook/model';
import type { Exercise } from '../coverage/exercise.ts';
import type { Texts } from '../report/texts.ts';

/** What control references are held against. */
export interface ControlLint {
  readonly sets: readonly PolicySet[];
  readonly context: ControlContext;
  readonly texts: Texts;
  modeOf(file: string): Mode;
  /** What recordings showed; without it, rules about evidence are silent. */
  readonly exercise?: Exercise;
  /** The reporting date, ISO. */
  readonly date?: string;
}

/**
 * The lint of all references to controls. A policy that is as it was when it was last looked at is not looked at again:
 * while an editor types in one of thousands, the others cost next to nothing.
 */
export function lintPolicyControls(lint: ControlLint): readonly Diagnostic[] {
  const { context, exercise, date } = lint;
  const policies = lintedPolicies(lint);
  const dated = date === undefined ? {} : { date };
  if (exercise) return lintControls({ policies, context, ...dated });
  const usesControls = policies.some(({ controls }) => controls.length > 0);
  const before = remembered.get(context);
  const found = new Map<string, readonly Diagnostic[]>();
  const diagnostics = policies.flatMap((policy) => {
    const lintOne = () => lintControls({ policies: [policy], context, usesControls, ...dated });
    if (!standsAlone(policy)) return lintOne();
    const { start } = policy.range;
    const key = keyOf(policy, usesControls, date);
    const known = before?.get(key) ?? moved(lintOne(), -start);
    found.set(key, known);
    return moved(known, start);
  });
  remembered.set(context, found);
  return distinct(diagnostics);
}

/** What was found of policies at the last look, at places counted from where each policy starts. */
const remembered = new WeakMap<ControlContext, ReadonlyMap<string, readonly Diagnostic[]>>();

function lintedPolicies({ sets, texts, exercise, modeOf }: ControlLint): LintPolicy[] {
  return sets.flatMap((set) =>
    set.policies.map((policy, index) => {
      const seen = exercise?.of(set).policies[index];
      return {
        id: policy.id,
        file: policy.file,
        range: policy.range,
        mode: modeOf(policy.file),
        effect: policy.effect,
        controls: policy.controls,
        ...(policy.exemption && { exemption: policy.exemption }),
        text: texts(policy.file).text.slice(policy.range.start, policy.range.end),
        ...(seen && { exercised: { applied: seen.applied, silent: seen.silent } }),
      };
    }),
  );
}

/** All that is said of it is said in its own text, so that it moves as a whole. */
function standsAlone({ controls, exemption, file, range }: LintPolicy): boolean {
  return [...controls, ...(exemption ? [exemption] : [])].every(
    (one) => one.file === file && one.range.start >= range.start && one.range.end <= range.end,
  );
}

function keyOf(policy: LintPolicy, usesControls: boolean, date: string | undefined): string {
  const { id, mode, effect, controls, exemption, text, range } = policy;
  const tags = controls.map((tag) => [
    tag.framework,
    tag.edition,
    tag.id,
    tag.label,
    tag.range.start - range.start,
    tag.range.end - range.start,
  ]);
  const none = exemption && [exemption.reason, exemption.range.start - range.start];
  return JSON.stringify([id, mode, effect, tags, none, text, range.end - range.start, usesControls, date]);
}

function moved(diagnostics: readonly Diagnostic[], by: number): readonly Diagnostic[] {
  return diagnostics.map((one) => ({
    ...one,
    range: one.range && { start: one.range.start + by, end: one.range.end + by },
  }));
}

/** A tag that several policies inherit (a package's annotation) is told once. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ file, range, code, message }) => {
    const key = `${file}\n${range?.start}\n${range?.end}\n${code}\n${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
