import type { ByteSource, Call, DecisionReport } from '@benchbook/model';
import { type Pdp, type PdpDecision, type Session, type SessionNeeds, sessionOpener } from '@benchbook/pdp';
import { type ReadProblem, readRecording, type SessionScope } from '@benchbook/traces';
import { type UniqueIds, uniqueIds } from './unique-ids.ts';

/** The workspace's policies as two PDPs; the same one where nothing is in audit mode. */
export interface Pdps {
  /** Decides what happens. */
  readonly enforced: Pdp;
  /** With every audit policy applied: decides what would be. */
  readonly everything: Pdp;
}

/** One decided call. `session` stands as it was before the call, and only during the visit. */
export interface DecidedCall {
  /** With its id made unique in the report. */
  readonly call: Call;
  /** Its session's number in reading order, from 0. */
  readonly sessionNumber: number;
  readonly firstOfSession: boolean;
  readonly session: Session;
  readonly decision: PdpDecision;
  readonly wouldBe: PdpDecision;
  readonly afterDivergence: boolean;
  /** The first call of its session that was executed and is now not allowed. */
  readonly diverges: boolean;
}

/** What one step through a recording gave, for progress and for the list of unreadable places. */
export interface ReadStep {
  readonly file: string;
  readonly format: string | null;
  readonly calls: number;
  readonly problems: readonly ReadProblem[];
  /** Bytes of the file read in this step, as stored. */
  readonly bytes: number;
}

interface OpenSession {
  readonly number: number;
  readonly session: Session;
  diverged: boolean;
}

/** Decides calls one after the other and keeps the state of their sessions. */
export interface Decider {
  /** A new recording begins: sessions of the same id are others, unless their format says otherwise. */
  begin(): void;
  /** Decides a call, shows it to the visitor, and records it in its session. */
  decide(call: Call, sessionScope: SessionScope): void;
}

/** Session state is the recorded one even where the policies would have stopped a call. */
export function createDecider(pdps: Pdps, visit: (decided: DecidedCall) => void): Decider {
  const ids = uniqueIds();
  const global = new Map<string, OpenSession>();
  const open = sessionOpener(joinNeeds(pdps));
  let local = new Map<string, OpenSession>();
  let sessions = 0;
  return {
    begin() {
      local = new Map();
    },
    decide(call, sessionScope) {
      const known = sessionScope === 'global' ? global : local;
      let state = known.get(call.session);
      const firstOfSession = state === undefined;
      if (state === undefined) {
        state = { number: sessions++, session: open(), diverged: false };
        known.set(call.session, state);
      }
      visit(decideOne(withUniqueId(call, ids), state, firstOfSession, pdps));
      state.session.record(call);
    },
  };
}

/** Reads recordings, file by file in the order given, in one pass, and decides every call. */
export async function* decideCalls(
  recordings: readonly ByteSource[],
  decider: Decider,
): AsyncGenerator<ReadStep> {
  for (const recording of recordings) {
    decider.begin();
    for await (const { calls, sessionScope, format, problems, bytes } of readRecording(recording)) {
      for (const call of calls) decider.decide(call, sessionScope);
      yield { file: recording.path, format, calls: calls.length, problems, bytes };
    }
  }
}

function decideOne(call: Call, state: OpenSession, firstOfSession: boolean, pdps: Pdps): DecidedCall {
  const { number: sessionNumber, session } = state;
  const decision = pdps.enforced.decide(call, session);
  const wouldBe = pdps.everything === pdps.enforced ? decision : pdps.everything.decide(call, session);
  const afterDivergence = state.diverged;
  const diverges = !afterDivergence && decision.outcome !== 'allow' && wasExecuted(call);
  state.diverged ||= diverges;
  return { call, sessionNumber, firstOfSession, session, decision, wouldBe, afterDivergence, diverges };
}

function joinNeeds({ enforced, everything }: Pdps): SessionNeeds {
  return {
    calls: everything.needs.calls || enforced.needs.calls,
    tools: everything.needs.tools || enforced.needs.tools,
    history: everything.needs.history || enforced.needs.history,
  };
}

function withUniqueId(call: Call, ids: UniqueIds): Call {
  const id = ids.next(call.id);
  return id === call.id ? call : { ...call, id };
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
