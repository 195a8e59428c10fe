import type { Call, DecisionReport } from '@benchbook/model';
import type { Pdp, PdpDecision } from '@benchbook/pdp';
import { createWalker, joinNeeds, type VisitedCall, type Walker } from './walk.ts';

/** The workspace's policies as two PDPs; the same one where nothing is in audit mode. */
export interface Pdps {
  /** Decides what happens. */
  readonly enforced: Pdp;
  /** With every audit policy applied: decides what would be. */
  readonly everything: Pdp;
}

/** One decided call. */
export interface DecidedCall extends VisitedCall {
  readonly decision: PdpDecision;
  readonly wouldBe: PdpDecision;
  readonly afterDivergence: boolean;
  /** The first call of its session that was executed and is now not allowed. */
  readonly diverges: boolean;
}

/** Decides every call that it is walked through. */
export function createDecider(pdps: Pdps, visit: (decided: DecidedCall) => void): Walker {
  const needs = joinNeeds([pdps.enforced.needs, pdps.everything.needs]);
  return createWalker(needs, (visited) => visit(decideOne(visited, pdps)));
}

function decideOne(visited: VisitedCall, { enforced, everything }: Pdps): DecidedCall {
  const { call, session, mark } = visited;
  const decision = enforced.decide(call, session);
  const wouldBe = everything === enforced ? decision : everything.decide(call, session);
  const afterDivergence = mark.diverged;
  const diverges = !afterDivergence && decision.outcome !== 'allow' && wasExecuted(call);
  mark.diverged ||= diverges;
  const { sessionNumber, firstOfSession } = visited;
  return { call, session, sessionNumber, firstOfSession, mark, decision, wouldBe, afterDivergence, diverges };
}

/** A call counts as executed unless the recording says that it was stopped or still waits. */
function wasExecuted(call: Call): boolean {
  if (call.result) return call.result.status === 'ok' || call.result.status === 'error';
  if (call.approval?.state === 'requested' || call.approval?.state === 'rejected') return false;
  return call.recorded?.outcome === undefined || call.recorded.outcome === 'allow';
}

/** The report entry of a decided call. */
export function decisionReport(decided: DecidedCall): DecisionReport {
  const { call, decision, wouldBe, afterDivergence } = decided;
  return {
    call: call.id,
    session: call.session,
    tool: call.tool.name,
    outcome: decision.outcome,
    basis: decision.basis,
    determining: decision.determining,
    reasons: decision.reasons,
    obligations: decision.obligations,
    errors: decision.errors,
    missing: decision.missing,
    afterDivergence,
    wouldBe: wouldBe.outcome,
    ...(call.expect && { expect: call.expect }),
    source: sourceOf(call),
  };
}

/** Where a call was recorded, as reports print it. */
export function sourceOf({ src }: Call): DecisionReport['source'] {
  return { file: src.file, ...(src.line !== undefined && { line: src.line }) };
}
