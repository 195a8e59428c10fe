import type { Call, Decision, Outcome, PolicySet } from '@benchbook/model';
import { type AnswerSet, answerSet, type SetAnswer } from './answer.ts';
import { possibleOutcomes, stronger } from './combine.ts';
import { buildFacts, missingFacts } from './facts.ts';
import { type HeldSession, type SessionNeeds, sessionNeeds } from './session.ts';

/** A set with the tools it is narrowed to. */
export interface PdpSet {
  readonly set: PolicySet;
  /** Absent: every tool. */
  readonly appliesTo?: (tool: string) => boolean;
}

export interface PdpOptions {
  /** Decides where no set applies. Default `deny`. */
  readonly default?: Outcome;
  /** How a set is asked; a caller may put its memo here. */
  readonly answer?: AnswerSet;
}

/** A decision with what each asked set said. */
export interface PdpDecision extends Decision {
  readonly answers: readonly { readonly set: PolicySet; readonly answer: SetAnswer }[];
  /** Counts the distinct combinations of answers, from 0: calls with the same one are the same to all sets. */
  readonly serial: number;
  /** This same object is given again for such a call. */
  readonly remembered: boolean;
}

export interface Pdp {
  readonly sets: readonly PdpSet[];
  /** What sessions given to `decide` must carry. */
  readonly needs: SessionNeeds;
  /** Decides one call. Does not record it in the session. Never throws. */
  decide(call: Call, session: HeldSession): PdpDecision;
}

/** The policy decision point: all sets together, as production would ask them. */
export function createPdp(sets: readonly PdpSet[], options: PdpOptions = {}): Pdp {
  const fallback = options.default ?? 'deny';
  const answer = options.answer ?? answerSet;
  const combined: Combined = { next: undefined, decision: undefined };
  let serial = 0;
  return {
    sets,
    needs: sessionNeeds(sets.flatMap(({ set }) => set.reads)),
    decide(call, session) {
      const facts = buildFacts(call, session);
      const missing = missingFacts(call);
      const answers: Answered[] = [];
      let known: Combined | null = combined;
      for (const { set, appliesTo } of sets) {
        if (appliesTo && !appliesTo(call.tool.name)) continue;
        const given = answer(set, facts, missing);
        answers.push({ set, answer: given });
        known = known && given.remembered ? next(known, given) : null;
      }
      if (known?.decision) return known.decision;
      const remembered = known !== null;
      const decision = { ...combine(answers, fallback), answers, serial: serial++, remembered };
      if (known) known.decision = decision;
      return decision;
    },
  };
}

type Answered = PdpDecision['answers'][number];

/** Decisions by the answers they were combined from, since a memo gives the same answers again and again. */
interface Combined {
  /** Absent until another set's answer follows. */
  next: Map<SetAnswer, Combined> | undefined;
  decision: PdpDecision | undefined;
}

/** Answers remembered at each step; then it is begun anew. */
const MAX_COMBINED = 4_000;

function next(combined: Combined, answer: SetAnswer): Combined {
  combined.next ??= new Map();
  let known = combined.next.get(answer);
  if (!known) {
    if (combined.next.size >= MAX_COMBINED) combined.next.clear();
    known = { next: undefined, decision: undefined };
    combined.next.set(answer, known);
  }
  return known;
}

function combine(answers: readonly Answered[], fallback: Outcome): Decision {
  let joined: Outcome | null = null;
  for (const { answer } of answers) joined = stronger(joined, answer.decision.outcome);
  const outcome = joined ?? fallback;

  const errors = answers.flatMap(({ answer }) => answer.decision.errors);
  const missing = openFacts(answers, fallback);
  if (missing.length > 0) {
    return {
      outcome: 'indeterminate',
      basis: 'failed',
      determining: [],
      reasons: [],
      obligations: [],
      errors,
      missing,
    };
  }
  const deciding = joined === null ? [] : answers.filter(({ answer }) => answer.decision.outcome === joined);
  const determined = deciding.some(({ answer }) => answer.decision.basis === 'determined');
  return {
    outcome,
    basis: outcome === 'indeterminate' ? 'failed' : determined ? 'determined' : 'defaulted',
    determining: deciding.flatMap(({ set, answer }) =>
      answer.decision.determining.map((index) => set.policies[index]!.id),
    ),
    reasons: [...new Set(deciding.flatMap(({ answer }) => answer.decision.reasons))],
    obligations: answers.flatMap(({ answer }) =>
      answer.decision.outcome === joined
        ? answer.decision.obligations
        : answer.decision.obligations.filter((obligation) => obligation.type === 'warn'),
    ),
    errors,
    // A set may itself have given no answer for want of a fact.
    missing: outcome === 'indeterminate' ? missingOf(deciding) : [],
  };
}

/** The missing facts that could change the outcome; empty where every possibility agrees. */
function openFacts(answers: readonly Answered[], fallback: Outcome): string[] {
  if (answers.every(({ answer }) => answer.alternatives.length === 1)) return [];
  const possible = possibleOutcomes(
    answers.map(({ answer }) => answer.alternatives.map((alternative) => alternative.outcome)),
  );
  if (new Set(possible.map((outcome) => outcome ?? fallback)).size === 1) return [];
  const open = answers.filter(
    ({ answer }) => new Set(answer.alternatives.map((alternative) => alternative.outcome)).size > 1,
  );
  return missingOf(open);
}

function missingOf(answers: readonly Answered[]): string[] {
  return [...new Set(answers.flatMap(({ answer }) => answer.missing))].sort();
}
