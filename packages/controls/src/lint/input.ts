import type { ControlExemption, ControlTag, Effect, Mode, TextRange } from '@benchbook/model';
import type { ControlContext } from '../describe/describe.ts';

/** A policy as far as the lint of controls looks at it. */
export interface LintPolicy {
  readonly id: string;
  readonly file: string;
  readonly range: TextRange;
  readonly mode: Mode;
  readonly effect: Effect;
  readonly controls: readonly ControlTag[];
  readonly exemption?: ControlExemption;
  /** Its source, comments included: words in it tell what a number is meant for. */
  readonly text?: string;
  /** Where it acts; `runtime` where absent. */
  readonly layer?: 'build' | 'deploy' | 'runtime';
  /** What recordings and tests show of it. Rules about evidence are silent where it is absent. */
  readonly exercised?: Exercised;
}

/** What recordings and tests show of one policy. */
export interface Exercised {
  /** Calls and tests in which it applied, and in which it was reached without applying. */
  readonly applied: number;
  readonly silent: number;
  /** Names of the tests that exercise it. */
  readonly tests?: readonly string[];
  /** Another policy always decides before it can matter. */
  readonly shadowed?: boolean;
}

export interface LintInput {
  readonly policies: readonly LintPolicy[];
  readonly context: ControlContext;
  /** The reporting date, ISO; the day on which the catalogs were last checked where absent. */
  readonly date?: string;
  /** Some policy of the workspace has a control, though none of these may; told by these where absent. */
  readonly usesControls?: boolean;
}
