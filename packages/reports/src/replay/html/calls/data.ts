/**
 * Calls as the page carries them: every text once, in lists, and numbers that point into them. Written by
 * `encode.ts`, read by `decode.ts`, here and in the browser. All text is visible text already.
 */
export interface CallsData {
  readonly sessions: readonly string[];
  readonly tools: readonly string[];
  /** Name, and the anchor of its source or row; '' where there is none. */
  readonly policies: readonly (readonly [id: string, anchor: string])[];
  /** Recordings. */
  readonly files: readonly string[];
  /** Reasons, obligations, messages, pointers, conditions' sources. */
  readonly texts: readonly string[];
  readonly conditions: readonly ConditionData[];
  readonly calls: readonly CallData[];
}

/** `policy` -1 for a helper's; `anchor` of the source line, '' where it is not shown. */
export type ConditionData = readonly [
  policy: number,
  place: string,
  text: number,
  whole: 0 | 1,
  anchor: string,
];

/** `line` 0 and `expect` -1 stand for none. */
export type CallData = readonly [
  id: string,
  session: number,
  tool: number,
  outcome: number,
  basis: number,
  wouldBe: number,
  expect: number,
  afterDivergence: 0 | 1,
  file: number,
  line: number,
  determining: readonly number[],
  more?: CallDetails,
];

/** What most calls do not have. */
export interface CallDetails {
  readonly reasons?: readonly number[];
  readonly obligations?: readonly number[];
  readonly missing?: readonly number[];
  /** `policy` -1 for the set's own. */
  readonly errors?: readonly (readonly [policy: number, kind: number, message: number])[];
  readonly conditions?: readonly (readonly [condition: number, state: number])[];
}

export const BASES = ['determined', 'defaulted', 'failed'] as const;
export const KINDS = ['runtime', 'budget', 'crash', 'missing'] as const;
export const STATES = ['true', 'false', 'error', 'unreached'] as const;
