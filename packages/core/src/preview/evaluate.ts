import {
  type Call,
  type Comparison,
  type ConditionState,
  type ConditionValue,
  type Evaluation,
  type Facts,
  type Json,
  type PolicySet,
  pointerTokens,
  resolvePointer,
  toPointer,
  writeJson,
} from '@benchbook/model';
import { buildFacts, type HeldSession, type PdpDecision } from '@benchbook/pdp';
import { strongerState } from '../coverage/helpers.ts';
import { openPdps, type PreparedWorkspace } from '../prepare.ts';
import { type AskOptions, asker } from '../replay/table-answer.ts';
import { requestNumber } from './request-number.ts';
import type { Decisions } from './version.ts';

/** Decides one call beside the held ones; `index`: its number among them, or one that none has. */
export function decideOne(
  prepared: PreparedWorkspace,
  call: Call,
  session: HeldSession,
  index: number,
  options: AskOptions = {},
): Decisions {
  const ask = asker(options);
  const answers = new Map<string, ReturnType<typeof ask>>();
  const { enforced, everything } = openPdps(prepared, (set, facts, missing) => {
    const known = answers.get(set.digest) ?? ask(set, facts, missing, requestNumber(index));
    answers.set(set.digest, known);
    return known;
  });
  const decision = enforced.decide(call, session);
  return { decision, wouldBe: everything === enforced ? decision : everything.decide(call, session) };
}

/** What decisions on one call say of every policy and condition. */
export function evaluationOf(
  { decision, wouldBe }: Decisions,
  prepared: PreparedWorkspace,
  call: Call,
  session: HeldSession,
): Evaluation {
  const states = new Map<string, Evaluation['policies'][number]['state']>();
  for (const { set, answer } of wouldBe.answers) {
    const seen = answer.observe().states;
    for (const [index, { id }] of set.policies.entries()) states.set(id, seen[index] ?? 'silent');
  }
  return {
    outcome: decision.outcome,
    basis: decision.basis,
    determining: decision.determining,
    reasons: decision.reasons,
    errors: decision.errors,
    missing: decision.missing,
    policies: prepared.policies.everything.flatMap((set) =>
      set.policies.map(({ id }) => ({ id, state: states.get(id) ?? 'unreached' })),
    ),
    conditions: conditionValues(wouldBe, prepared.policies.everything, buildFacts(call, session)),
  };
}

/** Every condition's value on one call, those of sets that were not asked `unreached`. A shared place stands once. */
function conditionValues(
  { answers }: PdpDecision,
  sets: readonly PolicySet[],
  facts: Facts,
): ConditionValue[] {
  const covers = new Map(answers.map(({ set, answer }) => [set.id, answer.cover().conditions]));
  const values = new Map<string, ConditionValue>();
  for (const set of sets) {
    const states = covers.get(set.id);
    for (const [index, { file, range, policy, comparison }] of set.conditions.entries()) {
      const id = policy === null ? null : set.policies[policy]!.id;
      const key = `${file}\u0000${range.start}\u0000${range.end}\u0000${id ?? ''}`;
      const state: ConditionState = states?.[index] ?? 'unreached';
      const operands = comparison && operandsOf(comparison, facts);
      values.set(key, {
        file,
        range,
        policy: id,
        state: strongerState(values.get(key)?.state, state),
        ...(operands && { operands }),
      });
    }
  }
  return [...values.values()];
}

/** Longest value that is shown, in UTF-16 units. */
const MAX_VALUE = 60;

/** `args.amount is 4800`. */
function operandsOf({ pointer, of }: Comparison, facts: Facts): string {
  const name = pathOf(pointer);
  const value = resolvePointer(facts as unknown as Json, pointer);
  if (value === undefined) return `${name} is absent`;
  if (of === 'value') return `${name} is ${briefJson(value, MAX_VALUE)}`;
  const size = sizeOf(value);
  return size === undefined ? `${name} is ${briefJson(value, MAX_VALUE)}` : `the size of ${name} is ${size}`;
}

/** `args.items[0].price`; steps that are no plain names in brackets. */
function pathOf(pointer: string): string {
  const path = pointerTokens(pointer)
    .map((token) =>
      /^\d+$|^-$/.test(token)
        ? `[${token}]`
        : /^[\p{L}_][\p{L}\p{N}_]*$/u.test(token)
          ? `.${token}`
          : `[${JSON.stringify(token)}]`,
    )
    .join('')
    .replace(/^\./, '');
  return path.length > 2 * MAX_VALUE ? toPointer(pointerTokens(pointer)).slice(0, 2 * MAX_VALUE) : path;
}

function sizeOf(value: Json): number | undefined {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
}

/** JSON text on one line, cut to `length` UTF-16 units; no more than that is ever looked at. */
export function briefJson(value: Json, length: number): string {
  return cut(writeJson(trimmed(value, { left: length + 1 })), length);
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** As much of a value as may be seen. */
function trimmed(value: Json, budget: { left: number }): Json {
  if (typeof value === 'string') {
    const kept = value.length > budget.left ? value.slice(0, Math.max(0, budget.left)) : value;
    budget.left -= kept.length + 2;
    return kept;
  }
  if (Array.isArray(value)) {
    const kept: Json[] = [];
    for (const item of value) {
      if (budget.left <= 0) break;
      budget.left -= 2;
      kept.push(trimmed(item, budget));
    }
    return kept;
  }
  if (typeof value === 'object' && value !== null) {
    const kept: [string, Json][] = [];
    for (const key in value) {
      if (budget.left <= 0) break;
      if (!Object.hasOwn(value, key)) continue;
      const name = key.slice(0, Math.max(0, budget.left));
      budget.left -= name.length + 4;
      kept.push([name, trimmed((value as { readonly [key: string]: Json })[key]!, budget)]);
    }
    return Object.fromEntries(kept);
  }
  budget.left -= 1;
  return value;
}
