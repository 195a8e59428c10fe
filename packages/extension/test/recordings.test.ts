import type { CallEntry } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { allCalls } from '../src/calls/all-calls.ts';
import { findCall } from '../src/calls/find-call.ts';
import { isPeekable, recordedPlaces } from '../src/calls/places.ts';
import { facetValues, filterText, withFacet } from '../src/recordings/filter.ts';
import { callDescription, callTooltip, recordingDescription } from '../src/recordings/labels.ts';
import { isCallArgument, nodeId } from '../src/recordings/nodes.ts';

const call = (n: number, more: Partial<CallEntry> = {}): CallEntry => ({
  id: `s1#${n}`,
  session: 's1',
  tool: 'refund',
  agent: 'desk',
  outcome: 'deny',
  basis: 'determined',
  wouldBe: 'deny',
  determining: ['policies/pay.cedar#limit'],
  summary: '{"amount":900}',
  source: { file: 'traces/a.jsonl', line: n + 1 },
  ...more,
});

describe('the filter', () => {
  test('is told in words', () => {
    expect(filterText({ outcome: 'deny', tool: 'refund', policy: 'p.cedar#a', flipped: true })).toBe(
      'deny, tool refund, policy p.cedar#a, flipped',
    );
    expect(filterText({ flipped: false })).toBe('');
  });

  test('parts come and go', () => {
    const filter = withFacet({ tool: 'refund' }, 'outcome', 'deny');
    expect(filter).toEqual({ tool: 'refund', outcome: 'deny' });
    expect(withFacet(filter, 'tool', null)).toEqual({ outcome: 'deny' });
  });

  test('offers values by how many calls they let through; a policy that decides and flips counts once', () => {
    const calls = [
      call(0),
      call(1, { tool: 'search', agent: null, because: ['policies/pay.cedar#limit', 'policies/pay.cedar#b'] }),
      call(2, { tool: 'search' }),
    ];
    expect(facetValues(calls, 'tool')).toEqual([
      { value: 'search', calls: 2 },
      { value: 'refund', calls: 1 },
    ]);
    expect(facetValues(calls, 'agent')).toEqual([{ value: 'desk', calls: 2 }]);
    expect(facetValues(calls, 'policy')).toEqual([
      { value: 'policies/pay.cedar#limit', calls: 3 },
      { value: 'policies/pay.cedar#b', calls: 1 },
    ]);
  });
});

describe('rows', () => {
  test('say what was not let through', () => {
    const outcomes = { allow: 1000, deny: 2, escalate: 0, indeterminate: 1 };
    expect(recordingDescription({ file: 'a', session: 's', calls: 1003, outcomes })).toBe(
      '1,003 calls, 2 deny, 1 indeterminate',
    );
  });

  test('show a flip before the arguments', () => {
    expect(callDescription(call(0, { was: 'allow' }))).toBe('allow → deny  {"amount":900}');
    expect(callDescription(call(0))).toBe('{"amount":900}');
  });

  test('explain a call in lines', () => {
    const flipped = call(3, { was: 'allow', because: ['policies/pay.cedar#limit'], expect: 'allow' });
    expect(callTooltip(flipped).split('\n')).toEqual([
      's1#3: refund',
      'deny (determined), was allow',
      'because of policies/pay.cedar#limit',
      'the flip is laid to policies/pay.cedar#limit',
      'expected: allow (missed)',
      'agent desk',
      'traces/a.jsonl:4',
    ]);
  });

  test('keep their identity when outcomes change, and differ from one another', () => {
    const workspace = 'file:///w';
    const row = (entry: CallEntry) => nodeId({ kind: 'call', workspace, entry });
    expect(row(call(0))).toBe(row(call(0, { outcome: 'allow' })));
    expect(row(call(0))).not.toBe(row(call(1)));
    expect(isCallArgument({ kind: 'call', workspace, entry: call(0) })).toBe(true);
    expect(isCallArgument({ kind: 'workspace', workspace })).toBe(false);
  });
});

describe('places', () => {
  test('are lines counted from 0, each once, in reading order', () => {
    const calls = [call(4), call(0), call(4, { id: 'x' })];
    expect(recordedPlaces(calls)).toEqual([
      { file: 'traces/a.jsonl', line: 4 },
      { file: 'traces/a.jsonl', line: 0 },
    ]);
  });

  test('peek only where each call has a line and none is missing', () => {
    expect(isPeekable([call(0)], 1)).toBe(true);
    expect(isPeekable([call(0)], 2)).toBe(false);
    expect(isPeekable([], 0)).toBe(false);
    expect(isPeekable([call(0, { source: { file: 'traces/a.json' } })], 1)).toBe(false);
  });
});

describe('calls by pages', () => {
  const everything = Array.from({ length: 2500 }, (_, i) => call(i));
  const asked: number[] = [];
  const ask = {
    calls: async ({ filter, from = 0 }: { filter: { session?: string }; from?: number }) => {
      asked.push(from);
      const found = filter.session === undefined || filter.session === 's1' ? everything : [];
      return { total: found.length, calls: found.slice(from, from + 1000) };
    },
  };

  test('are fetched to the end', async () => {
    asked.length = 0;
    const { calls, total } = await allCalls(ask, 'file:///w', {});
    expect([calls.length, total, asked]).toEqual([2500, 2500, [0, 1000, 2000]]);
  });

  test('a call is found in its session first', async () => {
    expect((await findCall(ask, 'file:///w', 's1#2100'))?.source.line).toBe(2101);
    expect(await findCall(ask, 'file:///w', 'elsewhere#1')).toBe(undefined);
  });
});
