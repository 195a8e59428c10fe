import type { GapReport, Mode, Policy, PolicySet, ReplayReport, ToolDefinition } from '@benchbook/model';
import type { Exercise } from '../coverage/exercise.ts';
import type { Weights } from '../coverage/weight.ts';
import type { Texts } from '../report/texts.ts';

/** What gaps are found from. */
export interface GapSources {
  readonly sets: readonly PolicySet[];
  /** What the recorded calls exercised, and what those varied around literals did. */
  readonly exercise: Exercise;
  readonly boundary: Exercise;
  readonly weights: Weights;
  readonly texts: Texts;
  /** Tools of the recorded calls, and those that the workspace declares. */
  readonly used: ReplayReport['tools'];
  readonly declared: readonly ToolDefinition[];
  modeOf(file: string): Mode;
}

/** A gap at a policy. */
export function atPolicy(policy: Policy, texts: Texts, code: GapReport['code'], message: string): GapReport {
  return {
    code,
    message: `${policy.name} ${message}`,
    policy: policy.id,
    file: policy.file,
    range: texts(policy.file).range(policy.range),
  };
}

/** `1 call`, `12 calls`. */
export function calls(count: number): string {
  return count === 1 ? '1 call' : `${count} calls`;
}
