/**
 * Flips as the page carries them: every text once, in lists, and numbers that point into them. Written by
 * `encode.ts`, read by `flips/decode.ts`, here and in the browser. All text is visible text already.
 */
export interface FlipsData {
  /** `deny->allow`, the most feared first. */
  readonly kinds: readonly (readonly [from: string, to: string, feared: 0 | 1])[];
  readonly sessions: readonly string[];
  readonly tools: readonly string[];
  /** Name, and the anchor of its group; '' where there is none. */
  readonly policies: readonly (readonly [id: string, anchor: string])[];
  readonly files: readonly string[];
  /** Agents, users, conditions, reasons, approvals. */
  readonly texts: readonly string[];
  readonly flips: readonly FlipData[];
}

/** `line` 0 and -1 elsewhere stand for none. */
export type FlipData = readonly [
  call: string,
  session: number,
  tool: number,
  kind: number,
  agent: number,
  user: number,
  condition: number,
  approved: number,
  afterDivergence: 0 | 1,
  file: number,
  line: number,
  because: readonly number[],
  baseDetermining: readonly number[],
  headDetermining: readonly number[],
  baseReasons: readonly number[],
  headReasons: readonly number[],
  baseErrors: readonly number[],
  headErrors: readonly number[],
];
