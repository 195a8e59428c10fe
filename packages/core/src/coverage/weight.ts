/** Whether policies matter: would the outcome have been another without them? */
import type { Outcome } from '@benchbook/model';
import { type PdpDecision, stronger } from '@benchbook/pdp';

/** What is known of one policy's weight so far. */
interface Weight {
  /** The outcome of some call hung on it. */
  matters: boolean;
  /** Policies that determined the outcome of every call on which it applied; null before the first. */
  companions: readonly string[] | null;
}

/** Over all calls seen. */
export interface Weights {
  /** Looks at one distinct decision. */
  visit(decision: PdpDecision): void;
  /** False: every outcome would have been the same without it. */
  matters(policy: string): boolean;
  /** Policies that decided wherever this one applied, sorted; empty where there is none. */
  companions(policy: string): readonly string[];
}

/** `fallback` is the outcome where no set applies. */
export function createWeights(fallback: Outcome): Weights {
  const weights = new Map<string, Weight>();

  function weightOf(id: string): Weight {
    let weight = weights.get(id);
    if (!weight) {
      weight = { matters: false, companions: null };
      weights.set(id, weight);
    }
    return weight;
  }

  return {
    visit(decision) {
      for (const [asked, { set, answer }] of decision.answers.entries()) {
        answer.observe().states.forEach((state, index) => {
          if (state !== 'applied') return;
          const { id } = set.policies[index]!;
          const weight = weightOf(id);
          const others = decision.determining.filter((other) => other !== id);
          weight.companions = weight.companions?.filter((one) => others.includes(one)) ?? others;
          if (weight.matters) return;
          const outcomes = answer
            .ifPolicy(index)
            .map(({ outcome }) => joined(decision, asked, outcome, fallback));
          weight.matters = new Set(outcomes).size > 1;
        });
      }
    },
    matters: (policy) => weights.get(policy)?.matters ?? false,
    companions: (policy) => [...(weights.get(policy)?.companions ?? [])].sort(),
  };
}

/** The outcome if the set asked at `asked` said `outcome` and all others what they say. */
function joined(decision: PdpDecision, asked: number, outcome: Outcome | null, fallback: Outcome): Outcome {
  let all: Outcome | null = null;
  for (const [index, { answer }] of decision.answers.entries())
    all = stronger(all, index === asked ? outcome : answer.decision.outcome);
  return all ?? fallback;
}
