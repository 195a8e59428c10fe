import {
  createDecider,
  openPdps,
  type PreparedWorkspace,
  type RequestTableOptions,
  readThrough,
  requestTable,
} from '@benchbook/core';
import type { ByteSource, Call, Decision, Facts, ReplayReport } from '@benchbook/model';
import { buildFacts, type PdpDecision } from '@benchbook/pdp';

/** One recorded call with what the policies say of it. */
export interface CollectedCall {
  readonly call: Call;
  /** Number of its session, in reading order. */
  readonly session: number;
  readonly decision: Decision;
  /** With the policies in audit mode applied. */
  readonly wouldBe: Decision;
  /** What the PDP was told of it. */
  facts(): Facts;
}

export interface Collected {
  readonly calls: readonly CollectedCall[];
  /** What was read, and what could not be. */
  readonly recordings: ReplayReport['recordings'];
  readonly unreadable: ReplayReport['unreadable'];
  readonly unreadableCount: number;
}

/** Decides every recorded call as a replay does, and holds them: time runs across sessions, reading does not. */
export async function collectCalls(
  prepared: PreparedWorkspace,
  recordings: readonly ByteSource[],
  table: RequestTableOptions | undefined,
  onProgress: ((calls: number, bytes: number) => void) | undefined,
): Promise<Collected> {
  const calls: CollectedCall[] = [];
  const pdps = openPdps(prepared, requestTable(table));
  const slim = slimmer();
  const decider = createDecider(pdps, (decided) => {
    const call = lightened(decided.call);
    const held = decided.session.hold();
    calls.push({
      call,
      session: decided.sessionNumber,
      decision: slim(decided.decision),
      wouldBe: slim(decided.wouldBe),
      facts: () => buildFacts(call, held),
    });
  });
  return { calls, ...(await readThrough(recordings, decider, { onProgress })) };
}

/** Without what the tool answered, which can be long and is never looked at. */
function lightened(call: Call): Call {
  return call.result?.content === undefined ? call : { ...call, result: { status: call.result.status } };
}

/** Decisions without what each set answered; calls that come to the same one share it. */
function slimmer(): (decision: PdpDecision) => Decision {
  const known = new WeakMap<PdpDecision, Decision>();
  return (decision) => {
    const same = known.get(decision);
    if (same) return same;
    const { outcome, basis, determining, reasons, obligations, errors, missing } = decision;
    const slim = { outcome, basis, determining, reasons, obligations, errors, missing };
    known.set(decision, slim);
    return slim;
  };
}
