import {
  type ByteSource,
  canonicalJson,
  type ExplainReport,
  type Json,
  type SetExplanation,
} from '@benchbook/model';
import { buildFacts } from '@benchbook/pdp';
import { openPdps, type PreparedWorkspace } from '../prepare.ts';
import { createDecider, type DecidedCall, decisionReport } from '../replay/decide-calls.ts';
import { type RequestTableOptions, requestTable } from '../replay/request-table.ts';
import { walkRecordings } from '../replay/walk.ts';
import { conditionsOnCall } from '../report/determining-conditions.ts';

/** The call that was asked for, or the ids that come nearest. */
export type ExplainResult =
  | { readonly report: ExplainReport }
  | { readonly calls: number; readonly similar: readonly string[] };

/** Most ids that an unknown call is answered with. */
const MAX_SIMILAR = 5;

/** Why one call came out as it did. Replays up to that call, since what came before it may matter. */
export async function explain(
  prepared: PreparedWorkspace,
  recordings: readonly ByteSource[],
  callId: string,
  table: RequestTableOptions = {},
): Promise<ExplainResult> {
  let report: ExplainReport | undefined;
  const similar: string[] = [];
  let calls = 0;
  const decider = createDecider(openPdps(prepared, requestTable(table)), (decided) => {
    calls += 1;
    const { id } = decided.call;
    if (id === callId) report ??= explainCall(prepared, decided);
    else if (similar.length < MAX_SIMILAR && (id.includes(callId) || callId.includes(id))) similar.push(id);
  });
  for await (const _ of walkRecordings(recordings, decider)) if (report) break;
  return report ? { report } : { calls, similar };
}

function explainCall(prepared: PreparedWorkspace, decided: DecidedCall): ExplainReport {
  const { call, session, wouldBe, decision } = decided;
  const determining = new Set(decision.determining);
  const sets = wouldBe.answers.map(({ set, answer }): SetExplanation => {
    const { states } = answer.observe();
    return {
      set: set.id,
      language: set.language,
      outcome: answer.decision.outcome,
      basis: answer.decision.basis,
      policies: set.policies.map((policy, index) => ({
        id: policy.id,
        effect: policy.effect,
        mode: prepared.modeOf(policy.file),
        state: states[index] ?? 'silent',
        determining: determining.has(policy.id),
        range: prepared.texts(policy.file).range(policy.range),
      })),
      conditions: conditionsOnCall(set, answer.cover().conditions, prepared.texts),
      reasons: answer.decision.reasons,
      errors: answer.decision.errors,
    };
  });
  return {
    schema: 'benchbook.explain/v1',
    decision: decisionReport(decided),
    facts: canonicalJson(buildFacts(call, session) as unknown as Json),
    sets,
  };
}
