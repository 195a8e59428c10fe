import { type ControlContext, lintControls } from '@benchbook/controls';
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

/** The lint of all references to controls. */
export function lintPolicyControls(lint: ControlLint): readonly Diagnostic[] {
  const { sets, context, texts, exercise, date } = lint;
  const policies = sets.flatMap((set) =>
    set.policies.map((policy, index) => {
      const seen = exercise?.of(set).policies[index];
      return {
        id: policy.id,
        file: policy.file,
        range: policy.range,
        mode: lint.modeOf(policy.file),
        effect: policy.effect,
        controls: policy.controls,
        ...(policy.exemption && { exemption: policy.exemption }),
        text: texts(policy.file).text.slice(policy.range.start, policy.range.end),
        ...(seen && { exercised: { applied: seen.applied, silent: seen.silent } }),
      };
    }),
  );
  return lintControls({ policies, context, ...(date !== undefined && { date }) });
}
