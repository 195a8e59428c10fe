import type { PolicySet } from '@benchbook/model';
import type { AnswerSet, PdpDecision } from '@benchbook/pdp';
import { openPdps, type PreparedWorkspace } from '../prepare.ts';
import type { Pdps } from '../replay/decide-calls.ts';
import { joinNeeds } from '../replay/walk.ts';
import type { Answers } from './answers.ts';
import { type Classes, classesOf } from './classes.ts';
import type { HeldCalls } from './held-calls.ts';
import type { Steps } from './steps.ts';

/** A call's decision, and what every policy would do, those in audit mode included. */
export interface Decisions {
  readonly decision: PdpDecision;
  readonly wouldBe: PdpDecision;
}

/** One version of the policies over the held calls. */
export interface Version {
  readonly prepared: PreparedWorkspace;
  readonly held: HeldCalls;
  /** Calls that are the same to all sets. */
  readonly classes: Classes;
  /** Decides a class; at once where it was decided before. */
  decide(part: number): Decisions;
  /** What the call came to; undefined while its class was not decided. */
  of(call: number): Decisions | undefined;
}

/** All sets of a workspace, those of both modes. */
export function setsOf({ policies }: PreparedWorkspace): readonly PolicySet[] {
  return policies.everything === policies.enforced
    ? policies.everything
    : [...policies.everything, ...policies.enforced];
}

/** Makes the calls ready to be decided under `prepared`. Decides nothing. */
export function* openVersion(prepared: PreparedWorkspace, held: HeldCalls, answers: Answers): Steps<Version> {
  let current = 0;
  const answer: AnswerSet = (set, facts, missing) => answers.answer(set, current, facts, missing);
  const pdps = openPdps(prepared, answer);
  yield* answers.project(setsOf(prepared));
  const asked = [...pdps.everything.sets, ...(pdps.everything === pdps.enforced ? [] : pdps.enforced.sets)];
  const classes = yield* classesOf(held, asked, answers.requests);
  const decided: (Decisions | undefined)[] = [];
  return {
    prepared,
    held,
    classes,
    of: (call) => decided[classes.of[call]!],
    decide(part) {
      const known = decided[part];
      if (known) return known;
      current = classes.first[part]!;
      const decisions = decideWith(pdps, held, current);
      decided[part] = decisions;
      return decisions;
    },
  };
}

function decideWith({ enforced, everything }: Pdps, held: HeldCalls, index: number): Decisions {
  const call = held.call(index);
  const session = held.session(index);
  const decision = enforced.decide(call, session);
  return { decision, wouldBe: everything === enforced ? decision : everything.decide(call, session) };
}

/** What sessions must carry for a workspace's policies. */
export function needsOf(prepared: PreparedWorkspace) {
  const { enforced, everything } = openPdps(prepared);
  return joinNeeds([enforced.needs, everything.needs]);
}
