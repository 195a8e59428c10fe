import type { AgentEntry, GateStatus } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { documentSelector } from '../src/client/selector.ts';
import { agentsDescription, agentTooltip, GATE_LOOKS, gateText } from '../src/recordings/agents.ts';
import { type Node, nodeId } from '../src/recordings/nodes.ts';
import { OUTAGES } from '../src/report/outages.ts';

const NEVER: GateStatus = { state: 'none', reasons: [], expires: null };
const CERTIFIED: GateStatus = { state: 'valid', reasons: [], expires: '2026-08-30T12:00:00Z' };
const REFUSED: GateStatus = {
  state: 'invalid',
  reasons: ['policies/pay.cedar\nchanged', 'it expired 2026-08-30T12:00:00Z'],
  expires: '2026-08-30T12:00:00Z',
};

const agent = (gate: GateStatus, more: Partial<AgentEntry> = {}): AgentEntry => ({
  id: 'pay',
  name: 'Payments',
  tier: 'high',
  file: 'agents/pay.yaml',
  line: 3,
  gate,
  ...more,
});

describe('rows of agents', () => {
  test.each([
    [NEVER, 'never gated'],
    [CERTIFIED, 'certified until 2026-08-30'],
    [REFUSED, 'refused: policies/pay.cedar changed (and 1 more)'],
    [{ ...REFUSED, reasons: ['x'.repeat(500)] }, `refused: ${'x'.repeat(119)}…`],
  ])('say how the agent stands: %#', (gate, says) => expect(gateText(gate)).toBe(says));

  test('look different for each state, and not by colour alone', () => {
    const icons = Object.values(GATE_LOOKS).map(({ icon }) => icon);
    expect(new Set(icons).size).toBe(3);
  });

  test('are counted by state', () => {
    expect(agentsDescription([agent(NEVER)])).toBe('1');
    expect(agentsDescription([agent(NEVER), agent(CERTIFIED), agent(REFUSED)])).toBe(
      '3, 1 certified, 1 refused',
    );
  });

  test('explain every reason in lines', () => {
    expect(agentTooltip(agent(REFUSED)).split('\n')).toEqual([
      'pay: Payments',
      'risk tier high',
      'refused:',
      '- policies/pay.cedar changed',
      '- it expired 2026-08-30T12:00:00Z',
      'agents/pay.yaml:3',
    ]);
    expect(agentTooltip(agent(NEVER, { name: null })).split('\n')).toEqual([
      'pay',
      'risk tier high',
      'never gated',
      'agents/pay.yaml:3',
    ]);
  });

  test('keep their identity when they are certified, and differ from all others', () => {
    const workspace = 'file:///w';
    const nodes: Node[] = [
      { kind: 'workspace', workspace },
      { kind: 'agents', workspace, agents: [agent(NEVER)] },
      { kind: 'agent', workspace, entry: agent(NEVER) },
      { kind: 'agent', workspace, entry: agent(NEVER, { id: 'other' }) },
      {
        kind: 'recording',
        workspace,
        entry: {
          file: 'agents',
          format: 'native',
          calls: 0,
          sessions: 0,
          outcomes: { allow: 0, deny: 0, escalate: 0, indeterminate: 0 },
        },
      },
    ];
    expect(new Set(nodes.map(nodeId)).size).toBe(nodes.length);
    expect(nodeId({ kind: 'agent', workspace, entry: agent(CERTIFIED) })).toBe(nodeId(nodes[2]!));
  });
});

test('every state of the PDP can be picked once, in words', () => {
  expect(OUTAGES.map(({ state }) => state).sort()).toEqual(
    ['up', 'slow', 'timing-out', 'crashing', 'erroring', 'flapping'].sort(),
  );
  expect(OUTAGES.filter(({ label, description }) => label === '' || description === '')).toEqual([]);
});

test('the server is told of agent cards that are being typed', () => {
  const patterns = documentSelector(['file']).flatMap(({ scheme, pattern }) =>
    scheme === 'file' && pattern !== undefined ? [pattern] : [],
  );
  expect(patterns).toContain('**/agents/**/*.{yaml,yml,json}');
});
