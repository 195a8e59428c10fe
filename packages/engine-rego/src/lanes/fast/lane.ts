import type { Json } from '@benchbook/model';
import { readRego } from '../../rego/value.ts';
import type { RegoRequest } from '../../request/requests.ts';
import type { PlanResult } from '../../toolchain/protocol.ts';
import type { Forward } from './forward.ts';
import { isGuarded, isPlain } from './plain.ts';
import { type FastPolicy, instantiate } from './policy.ts';

/** 32 MB: a policy that wants more is decided in the reference lane. */
const MAX_PAGES = 512;
/** A decision takes some 20-60 KB; one that takes this much may be beyond the step budget. */
const MAX_HEAP = 1 << 20;
/** The reference lane counts more steps than this one, but by far not so many more. */
const STEP_RATIO = 10;
/** Requests after which a lane that mostly has to be redone is given up. */
const TRIAL = 64;

/** The fast lane of one set. */
export interface FastLane {
  /** The entrypoint's value, or `redo` where the reference lane must decide. Never throws. */
  ask(entrypoint: string, request: RegoRequest): { readonly value: Json | undefined } | 'redo';
}

/** Makes a lane from a plan, or undefined where the toolchain keeps the policy off. */
export function createFastLane(
  plan: PlanResult,
  entrypoints: readonly string[],
  data: string,
  forward: Forward,
  budget: number,
): FastLane | undefined {
  if (plan.wasm === undefined) return undefined;
  const module = new WebAssembly.Module(fromBase64(plan.wasm));
  const names = plan.builtins ?? {};
  const guards = plan.guards ?? [];
  const bytes = new TextEncoder().encode(data);
  const limits = { maxPages: MAX_PAGES, maxHeap: MAX_HEAP, maxSteps: budget / STEP_RATIO, budget };
  let policy: FastPolicy | undefined;
  let asked = 0;
  let redone = 0;

  return {
    ask(entrypoint, request) {
      if (!entrypoints.includes(entrypoint)) return 'redo';
      if (asked >= TRIAL && redone * 2 > asked) return 'redo';
      if (!isPlain(request.input) || isGuarded(request.input, guards)) return 'redo';
      asked++;
      try {
        policy ??= instantiate(module, names, bytes, forward, limits);
        const text = policy.evaluate(entrypoint, request.text, request.time);
        return { value: text === undefined ? undefined : readRego(text) };
      } catch {
        // Whatever went wrong (an error to be told, a conflict, memory, the stack), OPA itself says what it means.
        policy = undefined;
        redone++;
        return 'redo';
      }
    },
  };
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
