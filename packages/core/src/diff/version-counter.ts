import type { PdpDecision } from '@benchbook/pdp';
import { observeCoverage } from '../coverage/observer.ts';
import type { PreparedWorkspace } from '../prepare.ts';
import { decisionCounter } from '../replay/decision-counter.ts';
import { figuresOf, type VersionFigures } from './coverage.ts';

/** Counts what one version of the policies did. */
export interface VersionCounter {
  visit(decision: PdpDecision, wouldBe: PdpDecision): void;
  /** To be called once after the last visit. */
  finish(): VersionFigures;
}

/** `conditions` off: policies and controls alone are counted, which is faster. */
export function countVersion(prepared: PreparedWorkspace, conditions: boolean): VersionCounter {
  const coverage = observeCoverage({ conditions });
  const determined = new Map<string, number>();
  const counter = decisionCounter((decision, { calls }) => {
    for (const id of decision.determining) determined.set(id, (determined.get(id) ?? 0) + calls);
  });
  return {
    visit(decision, wouldBe) {
      counter.add(decision, true);
      coverage.visit({ decision, wouldBe });
    },
    finish() {
      counter.flush();
      return figuresOf(prepared, coverage.finish(), (id) => ({
        determined: determined.get(id) ?? 0,
        wouldDetermine: 0,
      }));
    },
  };
}
