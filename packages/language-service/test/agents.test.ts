/** Agent cards in the editor: problems as typed, build checks behind the preview, fixes, completion, hover. */
import { engines } from '@benchbook/engines';
import type { CodeFix } from '@benchbook/model';
import { dedent, memorySource, memoryTree, sourceAssets } from '@benchbook/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { createLanguageService, type LanguageService } from '../src/index.ts';

const CARD = 'agents/pay.yaml';
const POLICY = '@id("pay")\npermit (principal, action == Action::"pay", resource);\n';
const SCHEMA =
  'entity Agent; entity ToolServer; action "pay" appliesTo { principal: [Agent], resource: [ToolServer], context: {} };\n';
const CALL = `${JSON.stringify({ id: 'c1', agent: { id: 'pay' }, tool: { name: 'pay' }, args: {} })}\n`;
const FILES = {
  'benchbook.yaml': 'version: 1\ngovernance: {}\n',
  'policies/pay.cedar': POLICY,
  'policies/pay.cedarschema': SCHEMA,
  'tools/t.json': JSON.stringify({ tools: [{ name: 'pay', inputSchema: { type: 'object' } }] }),
  'traces/a.jsonl': CALL,
};

let service: LanguageService;
afterEach(() => service.dispose());

/** Opens a workspace with one card, whose text holds the cursor as `|`, and types that text into it. */
async function card(marked: string, more: Record<string, string> = {}) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const files: Record<string, string> = { ...FILES, [CARD]: 'id: pay\n', ...more };
  service = createLanguageService({
    tree: memoryTree(files),
    engines,
    assets: sourceAssets(),
    recording: (path) => memorySource(path, files[path]!),
    base: async () => ({ refused: 'no repository' }),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => performance.now(),
    time: () => Date.parse('2026-06-01T12:00:00Z'),
    version: '0.1.0',
  });
  await service.start();
  service.open(CARD, 'id: pay\n');
  service.change(CARD, text);
  await service.settled('diagnostics');
  return { text, offset };
}

function told(code: string): string[] {
  return service
    .diagnostics(CARD)
    .filter((one) => one.code === code)
    .map(({ message, severity }) => `${severity} ${message}`);
}

function fixed(text: string, fix: CodeFix | undefined): string {
  return (fix?.edits[0]?.edits ?? []).reduce(
    (so, { range, newText }) => so.slice(0, range.start) + newText + so.slice(range.end),
    text,
  );
}

async function fixAt(text: string, needle: string, title: string): Promise<CodeFix | undefined> {
  const start = text.indexOf(needle);
  return (await service.fixes(CARD, { start, end: start })).find((fix) => fix.title === title);
}

describe('problems of a card that is being typed', () => {
  const TEXT = dedent`
    id: pay
    ownr: team@example.org
    risk:
      blastRadius: one-tem
      dataSensitvity: public
    `;

  test('are told before anything is decided, and follow the text', async () => {
    const { text } = await card(TEXT);
    const found = service
      .diagnostics(CARD)
      .map(({ code, range }) => [code, text.slice(range!.start, range!.end)]);
    expect(found.filter(([code]) => code?.startsWith('agent-'))).toEqual([
      ['agent-member-unknown', 'ownr'],
      ['agent-member-invalid', 'one-tem'],
      ['agent-member-unknown', 'dataSensitvity'],
    ]);
    service.change(CARD, 'id: pay\nowner: team@example.org\n');
    await service.settled('diagnostics');
    expect(service.diagnostics(CARD).filter(({ code }) => code.startsWith('agent-'))).toEqual([]);
  });

  test.each([
    ['ownr', 'owner', 'owner: team@example.org'],
    ['one-tem', 'one-team', 'blastRadius: one-team\n'],
    ['dataSensitvity', 'dataSensitivity', '  dataSensitivity: public'],
  ])('%s is put right', async (needle, word, says) => {
    const { text } = await card(TEXT);
    const fix = await fixAt(text, needle, `Write ${word}`);
    expect([fix?.diagnostic?.code.slice(0, 12), fix?.isPreferred]).toEqual(['agent-member', true]);
    expect(fixed(text, fix)).toContain(says);
  });

  test('also in a list of cards written in flow style', async () => {
    const { text } = await card('agents:\n  - { id: pay, riskTier: "hihg" }\n');
    const fix = await fixAt(text, 'hihg', 'Write high');
    expect(fixed(text, fix)).toBe('agents:\n  - { id: pay, riskTier: "high" }\n');
  });
});

describe('build checks', () => {
  test('speak once the preview is complete, and again when the card changed', async () => {
    const { text } = await card('id: pay\npurpose: Pays.\ntools: [pay]\n');
    expect(told('check/owner')).toEqual([]);
    await service.settled('preview');
    expect(told('check/owner')).toEqual([
      'error pay: no `owner`: name the team that owns the agent and can be reached',
    ]);
    const fix = await fixAt(text, 'id: pay', 'Add owner');
    expect([fix?.kind, fix?.diagnostic?.code]).toEqual(['quickfix', 'check/owner']);
    expect(fixed(text, fix)).toBe('id: pay\npurpose: Pays.\ntools: [pay]\nowner: ""\n');
    service.change(CARD, `${text}owner: team@example.org\n`);
    await service.settled('preview');
    expect(told('check/owner')).toEqual([]);
    expect(told('check/accountable').length).toBe(1);
  });

  test('say nothing in a workspace that nobody governs', async () => {
    await card('id: pay\n', { 'benchbook.yaml': 'version: 1\n' });
    await service.settled('preview');
    expect(service.diagnostics(CARD)).toEqual([]);
  });
});

describe('missing members', () => {
  test('are begun at the end of their own card, as far in as it stands', async () => {
    const { text } = await card('agents:\n  - id: pay\n    purpose: Pays.\n  - id: other\n');
    const fix = await fixAt(text, 'id: pay', 'Add accountable');
    expect(fix?.kind).toBe('refactor');
    expect(fixed(text, fix)).toBe(dedent`
      agents:
        - id: pay
          purpose: Pays.
          accountable:
            name: ""
            role: ""
        - id: other

      `);
  });

  test('of a section join it where it is written', async () => {
    const { text } = await card('id: pay\ndeployment:\n  failMode: closed\npurpose: Pays.\n');
    await service.settled('preview');
    const fix = await fixAt(text, 'deployment', 'Add deployment.environment');
    expect(fixed(text, fix)).toBe(
      'id: pay\ndeployment:\n  failMode: closed\n  environment: ""\npurpose: Pays.\n',
    );
  });
});

describe('completion and hover', () => {
  test.each([
    ['members of a card', 'id: pay\now|', ['owner', 'accountable', 'risk'], ['id', 'words']],
    ['members of a section', 'id: pay\nrisk:\n  bl|', ['blastRadius', 'dataSensitivity'], ['owner']],
    [
      'members of a breaker',
      'id: pay\ndeployment:\n  breakers:\n    - co|',
      ['count', 'windowMinutes'],
      ['id: '],
    ],
    ['words', 'id: pay\nrisk:\n  blastRadius: one|', ['one-record', 'third-parties'], ['public']],
    ['tools', 'id: pay\ntools:\n  - p|', ['pay', 'name', 'scopes'], ['owner']],
  ])('%s', async (_, marked, some, none) => {
    const { offset } = await card(marked);
    const labels = (await service.complete(CARD, offset)).items.map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(some));
    expect(labels.filter((label) => none.includes(label))).toEqual([]);
  });

  test('a member is explained', async () => {
    const { text, offset } = await card('id: pay\nrisk:\n  blast|Radius: one-team\n');
    const hover = await service.hover(CARD, offset);
    expect(text.slice(hover!.range.start, hover!.range.end)).toBe('blastRadius');
    expect(hover!.contents).toMatch(/Whom a wrong act reaches/);
    expect(hover!.contents).toMatch(/one\\?-record/);
  });

  test('so is a word of its value, and no other text', async () => {
    const { text, offset } = await card('id: pay\nrisk:\n  blastRadius: one-|team\nowner: one-team\n');
    const hover = await service.hover(CARD, offset);
    expect(text.slice(hover!.range.start, hover!.range.end)).toBe('one-team');
    expect(hover!.contents).toMatch(/Whom a wrong act reaches/);
    expect(await service.hover(CARD, text.lastIndexOf('team'))).toBe(null);
  });
});

describe('the agents of the registry', () => {
  test('are listed with tier, place and gate', async () => {
    await card('# Cards\nid: pay\nname: Payments\nriskTier: high\n', {
      'agents/z.yaml': 'id: z\n',
      'governance/certificates/z.json': '{}',
    });
    const [pay, z] = await service.agents();
    expect(pay).toEqual({
      id: 'pay',
      name: 'Payments',
      tier: 'high',
      file: CARD,
      line: 2,
      gate: { state: 'none', reasons: [], expires: null },
    });
    expect([z?.id, z?.gate.state, z?.gate.reasons.length]).toEqual(['z', 'invalid', 1]);
  });

  test('are played through an outage', async () => {
    const lines = [0, 20, 40].map((minute) =>
      JSON.stringify({
        id: `c${minute}`,
        ts: `2026-05-01T10:${String(minute).padStart(2, '0')}:00Z`,
        agent: { id: 'pay' },
        tool: { name: 'pay' },
        args: {},
      }),
    );
    await card('id: pay\ndeployment: { failMode: open }\n', { 'traces/a.jsonl': `${lines.join('\n')}\n` });
    const report = await service.simulate('crashing');
    if ('refused' in report) throw new Error(report.refused);
    expect([report.summary.calls, report.summary.unvalidated]).toEqual([3, 1]);
    expect(report.events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['passed-unvalidated']));
    expect(await service.simulate('up')).toMatchObject({ summary: { unvalidated: 0 } });
  });
});
