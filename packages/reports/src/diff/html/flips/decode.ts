import type { Outcome } from '@benchbook/model';
import type { FlipsData } from '../data.ts';

/** A policy as an entry names it; `anchor` '' where nothing is to be linked. */
export interface NamedPolicy {
  readonly id: string;
  readonly anchor: string;
}

/** One side of a flip. */
export interface FlipSide {
  readonly outcome: Outcome;
  readonly determining: readonly NamedPolicy[];
  readonly reasons: readonly string[];
  readonly errors: readonly string[];
}

/** One flip as an entry shows it. */
export interface FlipView {
  readonly index: number;
  readonly call: string;
  readonly session: string;
  readonly tool: string;
  readonly feared: boolean;
  readonly agent: string | null;
  readonly user: string | null;
  readonly condition: string | null;
  readonly approved: string | null;
  readonly afterDivergence: boolean;
  /** `file:line` of the recording. */
  readonly source: string;
  readonly because: readonly NamedPolicy[];
  readonly base: FlipSide;
  readonly head: FlipSide;
}

/** Flip `index` unpacked. */
export function decodeFlip(data: FlipsData, index: number): FlipView {
  const [
    call,
    session,
    tool,
    kind,
    agent,
    user,
    condition,
    approved,
    after,
    file,
    line,
    because,
    baseDetermining,
    headDetermining,
    baseReasons,
    headReasons,
    baseErrors,
    headErrors,
  ] = data.flips[index]!;
  const [from, to, feared] = data.kinds[kind]!;
  const text = (number: number) => data.texts[number] ?? null;
  const texts = (numbers: readonly number[]) => numbers.map((number) => data.texts[number]!);
  const policies = (numbers: readonly number[]) =>
    numbers.map((number): NamedPolicy => {
      const [id, anchor] = data.policies[number]!;
      return { id, anchor };
    });
  return {
    index,
    call,
    session: data.sessions[session]!,
    tool: data.tools[tool]!,
    feared: feared === 1,
    agent: text(agent),
    user: text(user),
    condition: text(condition),
    approved: text(approved),
    afterDivergence: after === 1,
    source: line === 0 ? data.files[file]! : `${data.files[file]!}:${line}`,
    because: policies(because),
    base: {
      outcome: from as Outcome,
      determining: policies(baseDetermining),
      reasons: texts(baseReasons),
      errors: texts(baseErrors),
    },
    head: {
      outcome: to as Outcome,
      determining: policies(headDetermining),
      reasons: texts(headReasons),
      errors: texts(headErrors),
    },
  };
}
