import type { CodeFix, CompletionItem, ToolKnowledge } from '@benchbook/model';
import { dedent } from '@benchbook/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { type Bench, NOTHING_KNOWN, openBench } from './bench.ts';

const MANIFEST = 'version: 1\ncontrols: [eu-ai-act@2026-07-27]\n';
const TOOLS = JSON.stringify({
  tools: [
    {
      name: 'refund',
      description: 'Gives *money* back.',
      inputSchema: { type: 'object', properties: { amount: { type: 'integer', description: 'In cents.' } } },
    },
  ],
});

let bench: Bench;
afterEach(() => bench.service.dispose());

/** Opens a workspace with one more file, whose text holds the cursor as `|`. */
async function at(path: string, marked: string, files: Record<string, string> = {}) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  bench = await openBench({ 'benchbook.yaml': MANIFEST, 'tools/t.json': TOOLS, [path]: text, ...files });
  bench.service.open(path, text);
  await bench.service.settled('diagnostics');
  return { text, offset, service: bench.service };
}

/** The text once an item is taken. */
function taken(text: string, { range, newText }: CompletionItem): string {
  return `${text.slice(0, range.start)}${newText}|${text.slice(range.end)}`;
}

function fixed(text: string, fix: CodeFix): string {
  const [{ edits }] = fix.edits as [CodeFix['edits'][number]];
  return edits
    .toReversed()
    .reduce((so, { range, newText }) => so.slice(0, range.start) + newText + so.slice(range.end), text);
}

describe('controls', () => {
  const HEAD = '@id("a")\n';
  const TAIL = '\npermit (principal, action, resource);\n';

  test('are completed where one is written, and replace what was typed of it', async () => {
    const { text, offset, service } = await at('policies/a.cedar', `${HEAD}@eu_ai_act("26(1)|")${TAIL}`);
    const { items } = await service.complete('policies/a.cedar', offset);
    const first = items.find(({ kind }) => kind === 'control')!;
    expect([first.label, taken(text, first)]).toEqual(['26(1)', `${HEAD}@eu_ai_act("26(1)|")${TAIL}`]);
    expect(first.detail).toBe('Use per instructions');
  });

  test('also in text that does not parse', async () => {
    const { text, offset, service } = await at('policies/a.cedar', `${HEAD}@eu_ai_act("14(4)(|`);
    const { items } = await service.complete('policies/a.cedar', offset);
    const controls = items.filter(({ kind }) => kind === 'control');
    expect(controls.map(({ label }) => label)).toEqual([
      '14(4)(a)',
      '14(4)(b)',
      '14(4)(c)',
      '14(4)(d)',
      '14(4)(e)',
    ]);
    expect(taken(text, controls[3]!)).toBe(`${HEAD}@eu_ai_act("14(4)(d)|`);
  });

  test.each([
    ['in a policy that loads', `${HEAD}@eu_ai_act("14(4|)(d)")${TAIL}`],
    ['in half-typed text', `${HEAD}@eu_ai_act("14(4|)(d)")\npermit (prin`],
  ])('tell what they are %s', async (_, marked) => {
    const { offset, service } = await at('policies/a.cedar', marked);
    const hover = await service.hover('policies/a.cedar', offset);
    expect(hover?.contents.split('\n')[0]).toBe(
      '**eu-ai-act@2026-07-27:14(4)(d)** Decline, override, reverse',
    );
  });

  test('an article that was superseded is replaced by what stands there now', async () => {
    const marked = `${HEAD}@eu_ai_act("5|2(1)")${TAIL}`;
    const { text, offset, service } = await at('policies/a.cedar', marked);
    const fixes = await service.fixes('policies/a.cedar', { start: offset, end: offset });
    const control = fixes.find(({ diagnostic }) => diagnostic?.code.startsWith('ctl/'))!;
    expect([control.diagnostic?.code, fixed(text, control)]).toEqual([
      'ctl/draft-number',
      `${HEAD}@eu_ai_act("50")${TAIL}`,
    ]);
  });
});

describe('tools and arguments', () => {
  const CEL = (tool: string, argument: string): string => dedent`
    name: pay
    rule:
      match:
        - condition: tool.name == "${tool}" && args.${argument} > 10
          output: "false"
  `;

  test.each([
    ['refnd', 'amount', 'unknown-tool', 0],
    ['refund', 'amout', 'unknown-argument', 0],
  ])('%s and %s: %s is told and mended', async (tool, argument, code) => {
    const { text, service } = await at('policies/a.cel.yaml', CEL(tool, argument));
    const found = service.diagnostics('policies/a.cel.yaml').filter((one) => one.code.startsWith('unknown-'));
    expect(found.map((one) => one.code)).toEqual([code]);
    const fixes = await service.fixes('policies/a.cel.yaml', found[0]!.range!);
    const mend = fixes.find(({ diagnostic }) => diagnostic?.code === code)!;
    expect(fixed(text, mend)).toBe(CEL('refund', 'amount'));
  });

  test('what was recorded is known, too', async () => {
    const { service } = await at('policies/a.cel.yaml', CEL('mail', 'cents'));
    const codes = () =>
      service
        .diagnostics('policies/a.cel.yaml')
        .flatMap(({ code }) => (code.startsWith('unknown-') ? [code] : []));
    expect(codes()).toEqual(['unknown-tool']);
    const known: ToolKnowledge = {
      ...NOTHING_KNOWN,
      fields: [{ tool: 'mail', pointer: '/args/cents', types: ['integer'], examples: [40], calls: 3 }],
      calls: new Map([['mail', 3]]),
    };
    bench.previewer().know(known);
    await service.settled('diagnostics');
    expect(codes()).toEqual([]);
  });
});

describe('benchbook.yaml', () => {
  const complete = async (marked: string): Promise<string[]> => {
    const { text, offset, service } = await at('benchbook.yaml', marked, {
      'benchbook.yaml': marked.replace('|', ''),
    });
    const { items } = await service.complete('benchbook.yaml', offset);
    return items.map((item) => taken(text, item));
  };

  test('keys that are not there yet', async () => {
    const texts = await complete('version: 1\npolicies: []\ntr|');
    expect(texts).toContain('version: 1\npolicies: []\ntraces: |');
    expect(texts.filter((text) => text.includes('policies: |'))).toEqual([]);
  });

  test('keys of a section, and words of a value', async () => {
    expect(await complete('profile:\n  |')).toEqual(['profile:\n  role: |', 'profile:\n  riskClass: |']);
    bench.service.dispose();
    expect(await complete('default: al|\n')).toEqual([
      'default: allow|\n',
      'default: deny|\n',
      'default: escalate|\n',
    ]);
    bench.service.dispose();
    expect(await complete('sets:\n  - policies: []\n    to|')).toEqual([
      'sets:\n  - policies: []\n    policies: |',
      'sets:\n  - policies: []\n    tools: |',
    ]);
  });

  test('a key tells what it is for', async () => {
    const marked = 'version: 1\nthresholds:\n  p99|Ms: 5\n';
    const { text, offset, service } = await at('benchbook.yaml', marked, {
      'benchbook.yaml': marked.replace('|', ''),
    });
    const hover = await service.hover('benchbook.yaml', offset);
    expect([text.slice(hover!.range.start, hover!.range.end), hover!.contents]).toEqual([
      'p99Ms',
      '**p99Ms** (number)\n\nHighest p99 in milliseconds.',
    ]);
  });
});

describe('the rest of the verbs', () => {
  test('where no language is, they answer with nothing or say so', async () => {
    const { service } = await at('notes.txt', 'hello|');
    expect(await service.complete('notes.txt', 2)).toEqual({ items: [] });
    expect(await service.hover('notes.txt', 2)).toBeNull();
    expect(await service.definition('notes.txt', 2)).toEqual([]);
    expect(await service.format('notes.txt')).toBeNull();
    expect(await service.prepareRename('notes.txt', 2)).toEqual({
      refused: 'renaming is not possible in this file',
    });
    expect(await service.rename('notes.txt', 2, 'x')).toEqual({
      refused: 'renaming is not possible in this file',
    });
    expect(await service.inlayHints('notes.txt', { start: 0, end: 9 })).toEqual([]);
    expect(await service.codeLenses('notes.txt')).toEqual([]);
    expect(await service.text('notes.txt')).toBe('hello');
    expect(await service.text('nowhere.txt')).toBeNull();
  });

  test('symbols of all files, by letters of their names', async () => {
    const { service } = await at(
      'policies/a.cedar',
      '@id("refund-limit")\npermit (principal, action, resource);|',
      {
        'policies/b.cedar': '@id("voucher")\npermit (principal, action, resource);',
      },
    );
    const names = async (query: string) =>
      (await service.workspaceSymbols(query)).map(({ file, name }) => `${file} ${name}`);
    expect(await names('')).toEqual(['policies/a.cedar refund-limit', 'policies/b.cedar voucher']);
    expect(await names('RLim')).toEqual(['policies/a.cedar refund-limit']);
    expect(await names('limr')).toEqual([]);
  });

  test('files that `init` would write', async () => {
    bench = await openBench({
      'logs/t.jsonl':
        '{"v":1,"kind":"tool","session":"s","seq":0,"tool":{"name":"refund"},"args":{"amount":4}}\n',
    });
    const files = await bench.service.scaffold();
    expect(files.map(({ path }) => path)).toEqual([
      'tools/observed.json',
      'policies/tools.cedarschema',
      'policies/starter.cedar',
      'benchbook.yaml',
    ]);
    expect(files.at(-1)!.text.split('\n').slice(1, 6)).toEqual([
      'version: 1',
      'policies:',
      '  - policies/**',
      'traces:',
      '  - logs/**',
    ]);
  });

  test('reports, or why there is none', async () => {
    const { service } = await at('policies/a.cedar', 'permit (principal, action, resource);|');
    expect(await service.report(false)).toEqual({
      refused:
        'no trace found: looked for *.json, *.jsonl, *.ndjson and *.log in traces/** (the convention, since benchbook.yaml does not say it); no file is there (3 files in the workspace)',
    });
    service.change('policies/a.cedar', 'permit');
    const tests = await service.tests();
    expect('refused' in tests && tests.refused.split(':').slice(0, 3)).toEqual([
      'policies/a.cedar',
      '1',
      '6',
    ]);
    service.change('policies/a.cedar', 'permit (principal, action, resource);');
    const empty = await service.tests();
    expect('refused' in empty ? empty : empty.summary.tests).toBe(0);
  });
});
