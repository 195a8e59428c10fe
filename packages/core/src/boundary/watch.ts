import type { BoundaryReport, Call, Outcome } from '@benchbook/model';
import { openSession } from '@benchbook/pdp';
import { createExercise, type Exercise } from '../coverage/exercise.ts';
import type { DecidedCall, Pdps } from '../replay/decide-calls.ts';
import { conditionText } from '../report/conditions.ts';
import type { Texts } from '../report/texts.ts';
import { type Variant, variantsOf } from './vary.ts';

/** A varied call with what the policies decide on it. */
export interface BoundaryCall {
  readonly report: BoundaryReport;
  /** The varied call as a recording of its own, `expect` saying what was decided; null where it needs its history. */
  readonly test: Call | null;
}

export interface BoundaryWatch {
  /** To be called while the decided call's session still stands as it was. */
  visit(decided: DecidedCall): void;
  readonly calls: readonly BoundaryCall[];
  /** What the varied calls exercised. */
  readonly exercise: Exercise;
}

/** Varied calls that are kept, over all conditions. */
const MAX_CALLS = 2_000;

/** Varies, for each comparison with a literal, the first recorded call on which it held and the first on which not. */
export function watchBoundaries({ enforced, everything }: Pdps, texts: Texts): BoundaryWatch {
  const calls: BoundaryCall[] = [];
  const exercise = createExercise();
  const taken = new Set<string>();
  const alone = openSession(everything.needs);

  function decide(
    decided: DecidedCall,
    { value, call }: Variant,
    condition: Omit<BoundaryReport, 'value' | 'outcome'>,
  ) {
    const decision = enforced.decide(call, decided.session);
    const would = everything === enforced ? decision : everything.decide(call, decided.session);
    const known = decision.outcome === 'indeterminate' ? 0 : 1;
    exercise.add(
      would.answers.map(({ set, answer }) => ({ set, states: answer.observe().states })),
      1,
      known,
    );
    const report = { ...condition, value, outcome: decision.outcome };
    const keeps = enforced.decide(call, alone).outcome === decision.outcome && known === 1;
    calls.push({ report, test: keeps ? asTest(call, report, decision.outcome) : null });
  }

  return {
    calls,
    exercise,
    visit(decided) {
      for (const { set, answer } of decided.wouldBe.answers) {
        if (!set.conditions.some(({ comparison }) => comparison)) continue;
        const states = answer.cover().conditions;
        set.conditions.forEach((condition, index) => {
          const state = states[index];
          if (!condition.comparison || (state !== 'true' && state !== 'false')) return;
          const key = `${set.id}\u0000${index}\u0000${state}`;
          if (taken.has(key) || calls.length >= MAX_CALLS) return;
          const variants = variantsOf(condition.comparison, decided.call);
          if (variants.length === 0) return;
          taken.add(key);
          const about = {
            call: decided.call.id,
            tool: decided.call.tool.name,
            pointer: condition.comparison.pointer,
            text: conditionText(condition, texts),
            file: condition.file,
            range: texts(condition.file).range(condition.range),
            policy: condition.policy === null ? null : set.policies[condition.policy]!.id,
            from: decided.decision.outcome,
          };
          for (const variant of variants) decide(decided, variant, about);
        });
      }
    },
  };
}

/** Recorded facts that would no longer be true of the varied call are left out. */
function asTest(call: Call, { pointer, value }: BoundaryReport, expect: Outcome): Call {
  const { result: _, approval: __, recorded: ___, callId: ____, durationMs: _____, ...rest } = call;
  const id = `${call.id}${pointer}=${String(value).slice(0, 40)}`;
  return { ...rest, id, session: id, seq: 0, expect };
}
