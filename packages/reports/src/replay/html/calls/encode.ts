import { type ConditionOnCall, type DecisionReport, OUTCOMES, writeJson } from '@benchbook/model';
import { visible } from '../../../format/visible.ts';
import { interner } from '../../../html/interner.ts';
import type { Context } from '../context.ts';
import {
  BASES,
  type CallData,
  type CallDetails,
  type CallsData,
  type ConditionData,
  KINDS,
  STATES,
} from './data.ts';

/** The calls of the page, packed. */
export function encodeCalls(context: Context): CallsData {
  const sessions = interner<string>();
  const tools = interner<string>();
  const files = interner<string>();
  const texts = interner<string>();
  const policies = interner<readonly [string, string]>();
  const conditions = interner<ConditionData>();
  const text = (value: string) => texts.number(value, () => visible(value));
  const policy = (id: string | null) =>
    id === null ? -1 : policies.number(id, () => [visible(id), context.policyAnchor(id) ?? '']);

  function condition(one: ConditionOnCall, parents: ReadonlySet<number>, index: number): number {
    const { line, column } = one.range.start;
    const { line: endLine, column: endColumn } = one.range.end;
    const key = JSON.stringify([one.policy, one.file, line, column, endLine, endColumn, parents.has(index)]);
    return conditions.number(key, () => [
      policy(one.policy),
      visible(`${one.file}:${line}:${column}`),
      text(one.text),
      parents.has(index) ? 1 : 0,
      context.lineAnchor(one.file, line) ?? '',
    ]);
  }

  function details(decision: DecisionReport): CallDetails | undefined {
    const more: { -readonly [key in keyof CallDetails]: CallDetails[key] } = {};
    if (decision.reasons.length > 0) more.reasons = decision.reasons.map(text);
    if (decision.obligations.length > 0)
      more.obligations = decision.obligations.map((one) => text(writeJson(one)));
    if (decision.missing.length > 0) more.missing = decision.missing.map(text);
    if (decision.errors.length > 0)
      more.errors = decision.errors.map((one) => [
        policy(one.policy),
        KINDS.indexOf(one.kind),
        text(one.message),
      ]);
    const seen = decision.conditions ?? [];
    const parents = new Set(seen.flatMap((one) => (one.parent === null ? [] : [one.parent])));
    if (seen.length > 0)
      more.conditions = seen.map((one, index) => [condition(one, parents, index), STATES.indexOf(one.state)]);
    return Object.keys(more).length === 0 ? undefined : more;
  }

  function call(decision: DecisionReport): CallData {
    const { source } = decision;
    const fields = [
      visible(decision.call),
      sessions.number(decision.session, () => visible(decision.session)),
      tools.number(decision.tool, () => visible(decision.tool)),
      OUTCOMES.indexOf(decision.outcome),
      BASES.indexOf(decision.basis),
      OUTCOMES.indexOf(decision.wouldBe),
      decision.expect === undefined ? -1 : OUTCOMES.indexOf(decision.expect),
      decision.afterDivergence ? 1 : 0,
      files.number(source.file, () => visible(source.file)),
      source.line ?? 0,
      decision.determining.map(policy),
    ] as const;
    const more = details(decision);
    return more === undefined ? fields : [...fields, more];
  }

  const calls = context.calls.map(call);
  return {
    sessions: sessions.values,
    tools: tools.values,
    policies: policies.values,
    files: files.values,
    texts: texts.values,
    conditions: conditions.values,
    calls,
  };
}
