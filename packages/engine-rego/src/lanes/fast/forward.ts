import type { Toolchain } from '../../toolchain/toolchain.ts';
import { answerLocally, UNREPEATABLE } from './builtins.ts';

/** What the fast lane must not answer itself: the reference lane decides the request again. */
export class Redo extends Error {}

/** Answers a builtin as OPA does: a Rego literal, or undefined where the call is undefined. Throws {@link Redo}. */
export type Forward = (name: string, args: string, time: string, budget: number) => string | undefined;

const MEMO_ENTRIES = 20_000;
const MEMO_TEXT = 2_000;

/** Forwards builtins to the toolchain; answers of repeatable ones are remembered, bounded. */
export function createForward(toolchain: () => Toolchain): Forward {
  let memo = new Map<string, string>();
  return (name, args, time, budget) => {
    const local = answerLocally(name, args);
    if (local !== undefined) return local;
    const repeatable = !UNREPEATABLE.has(name);
    const key = `${name} ${args}`;
    let answer = repeatable ? memo.get(key) : undefined;
    if (answer === undefined) {
      answer = toolchain().builtin(name, time, budget, args);
      if (repeatable && key.length + answer.length <= MEMO_TEXT) {
        if (memo.size >= MEMO_ENTRIES) memo = new Map();
        memo.set(key, answer);
      }
    }
    // An error must be told with its place, and only the reference lane knows it.
    if (answer.startsWith('!')) throw new Redo(answer.slice(1));
    return answer.startsWith('=') ? answer.slice(1) : undefined;
  };
}
