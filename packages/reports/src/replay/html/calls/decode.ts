import type { Outcome } from '@benchbook/model';
import { BASES, type CallsData, KINDS, STATES } from './data.ts';

/** In the model's order; written out so that the browser's script does not carry the model. */
export const OUTCOME_WORDS: readonly Outcome[] = ['allow', 'deny', 'escalate', 'indeterminate'];

/** A policy as a row names it; `anchor` '' where nothing is to be linked. */
export interface NamedPolicy {
  readonly id: string;
  readonly anchor: string;
}

/** One call as a row shows it. */
export interface CallView {
  /** Its place among the calls of the page: the anchor is `c` and this number. */
  readonly index: number;
  readonly id: string;
  readonly session: string;
  readonly tool: string;
  readonly outcome: Outcome;
  readonly basis: (typeof BASES)[number];
  readonly wouldBe: Outcome;
  readonly expect: Outcome | null;
  readonly afterDivergence: boolean;
  /** `file:line` of the recording. */
  readonly source: string;
  readonly determining: readonly NamedPolicy[];
  readonly reasons: readonly string[];
  readonly obligations: readonly string[];
  readonly missing: readonly string[];
  readonly errors: readonly {
    readonly policy: string | null;
    readonly kind: string;
    readonly message: string;
  }[];
  readonly conditions: readonly {
    readonly policy: NamedPolicy | null;
    readonly place: string;
    readonly anchor: string;
    readonly text: string;
    readonly whole: boolean;
    readonly state: (typeof STATES)[number];
  }[];
}

/** Call `index` unpacked. */
export function decodeCall(data: CallsData, index: number): CallView {
  const [id, session, tool, outcome, basis, wouldBe, expect, after, file, line, determining, more] =
    data.calls[index]!;
  const texts = (numbers: readonly number[] = []) => numbers.map((number) => data.texts[number]!);
  return {
    index,
    id,
    session: data.sessions[session]!,
    tool: data.tools[tool]!,
    outcome: OUTCOME_WORDS[outcome]!,
    basis: BASES[basis]!,
    wouldBe: OUTCOME_WORDS[wouldBe]!,
    expect: OUTCOME_WORDS[expect] ?? null,
    afterDivergence: after === 1,
    source: line === 0 ? data.files[file]! : `${data.files[file]!}:${line}`,
    determining: determining.map((number) => policy(data, number)!),
    reasons: texts(more?.reasons),
    obligations: texts(more?.obligations),
    missing: texts(more?.missing),
    errors: (more?.errors ?? []).map(([who, kind, message]) => ({
      policy: policy(data, who)?.id ?? null,
      kind: KINDS[kind]!,
      message: data.texts[message]!,
    })),
    conditions: (more?.conditions ?? []).map(([number, state]) => {
      const [who, place, text, whole, anchor] = data.conditions[number]!;
      return {
        policy: policy(data, who),
        place,
        anchor,
        text: data.texts[text]!,
        whole: whole === 1,
        state: STATES[state]!,
      };
    }),
  };
}

function policy(data: CallsData, number: number): NamedPolicy | null {
  const known = data.policies[number];
  return known === undefined ? null : { id: known[0], anchor: known[1] };
}
