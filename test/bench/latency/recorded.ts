import { openPdps, type PreparedWorkspace } from '@benchbook/core';
import type { Call } from '@benchbook/model';
import { openSession, type PdpDecision, type Session, sessionNeeds } from '@benchbook/pdp';

/** One recorded call as two versions decided it, with its session as it stood before the call. */
export type VisitPair = (
  call: Call,
  session: Session,
  base: PdpDecision,
  head: PdpDecision,
  sessionNumber: number,
) => void;

/** Decides every call with two versions that are opened apart, as a diff does. */
export function decidePairs(
  base: PreparedWorkspace,
  head: PreparedWorkspace,
  calls: readonly Call[],
  visit: VisitPair,
): void {
  const before = openPdps(base).enforced;
  const after = openPdps(head).enforced;
  const needs = sessionNeeds([before, after].flatMap(({ sets }) => sets.flatMap(({ set }) => set.reads)));
  const sessions = new Map<string, { readonly number: number; readonly session: Session }>();
  for (const call of calls) {
    const state = sessions.get(call.session) ?? { number: sessions.size, session: openSession(needs) };
    sessions.set(call.session, state);
    const { number, session } = state;
    visit(call, session, before.decide(call, session), after.decide(call, session), number);
    session.record(call);
  }
}
