import type { ByteSource, Call } from '@benchbook/model';
import { type Session, type SessionNeeds, sessionOpener } from '@benchbook/pdp';
import { type ReadProblem, readRecording, type SessionScope } from '@benchbook/traces';
import { type UniqueIds, uniqueIds } from './unique-ids.ts';

/** One recorded call. `session` stands as it was before the call, and only during the visit. */
export interface VisitedCall {
  /** With its id made unique in the report. */
  readonly call: Call;
  readonly session: Session;
  /** Its session's number in reading order, from 0. */
  readonly sessionNumber: number;
  readonly firstOfSession: boolean;
  /** Kept for the session; false until a visitor sets it. */
  readonly mark: { diverged: boolean };
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

/** Visits calls one after the other and keeps the state of their sessions. */
export interface Walker {
  /** A new recording begins: sessions of the same id are others, unless their format says otherwise. */
  begin(): void;
  /** Shows a call to the visitor, and records it in its session. */
  visit(call: Call, sessionScope: SessionScope): void;
}

interface OpenSession {
  readonly number: number;
  readonly session: Session;
  readonly mark: { diverged: boolean };
}

/** Session state is the recorded one even where the policies would have stopped a call. */
export function createWalker(needs: SessionNeeds, visit: (visited: VisitedCall) => void): Walker {
  const ids = uniqueIds();
  const global = new Map<string, OpenSession>();
  const open = sessionOpener(needs);
  let local = new Map<string, OpenSession>();
  let sessions = 0;
  return {
    begin() {
      local = new Map();
    },
    visit(call, sessionScope) {
      const known = sessionScope === 'global' ? global : local;
      let state = known.get(call.session);
      const firstOfSession = state === undefined;
      if (state === undefined) {
        state = { number: sessions++, session: open(), mark: { diverged: false } };
        known.set(call.session, state);
      }
      const { number: sessionNumber, session, mark } = state;
      visit({ call: withUniqueId(call, ids), session, sessionNumber, firstOfSession, mark });
      session.record(call);
    },
  };
}

/** Reads recordings, file by file in the order given, in one pass, and visits every call. */
export async function* walkRecordings(
  recordings: readonly ByteSource[],
  walker: Walker,
): AsyncGenerator<ReadStep> {
  for (const recording of recordings) {
    walker.begin();
    for await (const { calls, sessionScope, format, problems, bytes } of readRecording(recording)) {
      for (const call of calls) walker.visit(call, sessionScope);
      yield { file: recording.path, format, calls: calls.length, problems, bytes };
    }
  }
}

/** What several PDPs together ask of sessions. */
export function joinNeeds(all: readonly SessionNeeds[]): SessionNeeds {
  return {
    calls: all.some(({ calls }) => calls),
    tools: all.some(({ tools }) => tools),
    history: all.some(({ history }) => history),
  };
}

function withUniqueId(call: Call, ids: UniqueIds): Call {
  const id = ids.next(call.id);
  return id === call.id ? call : { ...call, id };
}
