import { engines } from '@benchbook/engines';
import type { Engine } from '@benchbook/model';
import { call, memoryTree, nativeLines } from '@benchbook/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { type Bench, openBench } from './bench.ts';
import { sampleFiles } from './samples.ts';

const CEDAR = '@id("all")\npermit (principal, action, resource);\n';
const CEL = 'name: pay\nrule:\n  match:\n    - condition: args.amount > 10\n      output: "false"\n';
const TOOLS = JSON.stringify({
  tools: [{ name: 'refund', inputSchema: { type: 'object', properties: { amount: { type: 'integer' } } } }],
});

let bench: Bench;
afterEach(() => bench.service.dispose());

/** Codes by file, fully settled. */
async function codes(paths: readonly string[]): Promise<string[]> {
  await bench.service.settled('diagnostics');
  return paths.flatMap((path) => bench.service.diagnostics(path).map(({ code }) => `${path} ${code}`));
}

describe('from a change of text to its findings', () => {
  test('typed text stands for the file, and what is right again is told as empty', async () => {
    bench = await openBench({ 'policies/a.cedar': CEDAR });
    expect(await bench.findings('policies/a.cedar')).toEqual([]);
    bench.service.open('policies/a.cedar', CEDAR);
    bench.service.change('policies/a.cedar', CEDAR.replace('permit', 'permt'));
    expect((await bench.findings('policies/a.cedar')).map((one) => one.split(':')[0])).toEqual([
      '11-16 cedar-parse-error',
    ]);
    bench.service.change('policies/a.cedar', CEDAR);
    expect(await bench.findings('policies/a.cedar')).toEqual([]);
    const told = bench.events.flatMap((event) =>
      event.kind === 'diagnostics' ? [[...event.files].map(([path, list]) => `${path} ${list.length}`)] : [],
    );
    expect(told.flat()).toEqual(['policies/a.cedar 1', 'policies/a.cedar 0']);
    expect(bench.previewer().told).toEqual([
      'update policies/a.cedar#all',
      'no base: no repository',
      'stale',
      'update policies/a.cedar#all',
    ]);
  });

  test('only the last of many changes is loaded', async () => {
    bench = await openBench({ 'policies/a.cedar': CEDAR });
    await bench.service.settled('diagnostics');
    for (const id of ['one', 'two', 'three'])
      bench.service.change('policies/a.cedar', CEDAR.replace('all', id));
    await bench.service.settled('diagnostics');
    expect(bench.previewer().told.filter((told) => told.startsWith('update'))).toEqual([
      'update policies/a.cedar#all',
      'update policies/a.cedar#three',
    ]);
  });

  test('a key stroke reads nothing from disk', async () => {
    bench = await openBench({ ...sampleFiles('support-desk') });
    await bench.service.settled('diagnostics');
    const before = bench.reads.length;
    expect(new Set(bench.reads).size).toBe(before);
    const text = await bench.service.text('policies/refunds.cedar');
    bench.service.open('policies/refunds.cedar', text!);
    bench.service.change('policies/refunds.cedar', `${text}\n`);
    await bench.service.settled('diagnostics');
    expect(bench.reads.length).toBe(before);
  });

  test('what changed on disk is read anew, and nothing else', async () => {
    bench = await openBench({ 'policies/a.cedar': CEDAR, 'policies/b.cel.yaml': CEL });
    await bench.service.settled('diagnostics');
    bench.reads.length = 0;
    bench.files['policies/a.cedar'] = 'permit';
    bench.service.filesChanged(['policies/a.cedar']);
    expect(await codes(['policies/a.cedar', 'policies/b.cel.yaml'])).toEqual([
      'policies/a.cedar cedar-parse-error',
    ]);
    expect(bench.reads).toEqual(['policies/a.cedar']);
    delete bench.files['policies/a.cedar'];
    bench.service.filesChanged(['policies/a.cedar']);
    expect(await codes(['policies/a.cedar'])).toEqual([]);
  });

  test('a policy that was never saved counts, until it is closed', async () => {
    bench = await openBench({ 'policies/a.cedar': CEDAR });
    await bench.service.settled('diagnostics');
    bench.service.open('policies/new.cedar', 'forbid');
    expect(await codes(['policies/new.cedar'])).toEqual(['policies/new.cedar cedar-parse-error']);
    bench.service.close('policies/new.cedar');
    expect(await codes(['policies/new.cedar'])).toEqual([]);
  });

  test('the manifest and the tools count as they are typed', async () => {
    bench = await openBench({
      'benchbook.yaml': 'version: 1\n',
      'tools/t.json': TOOLS,
      'policies/a.cedar': CEDAR,
      'policies/b.cel.yaml': CEL.replace('amount', 'amout'),
    });
    expect(await codes(['policies/b.cel.yaml'])).toEqual(['policies/b.cel.yaml unknown-argument']);
    bench.service.open('benchbook.yaml', 'version: 1\ndefalt: deny\n');
    expect(await bench.findings('benchbook.yaml')).toEqual([
      '11-17 manifest-unknown-key: unknown key `defalt`; did you mean `default`?',
    ]);
    bench.service.close('benchbook.yaml');
    expect(await codes(['benchbook.yaml'])).toEqual([]);
    bench.service.open('tools/t.json', TOOLS.replace('amount', 'amout'));
    expect(await codes(['policies/b.cel.yaml'])).toEqual([]);
    bench.service.change('tools/t.json', '{');
    expect((await codes(['tools/t.json'])).at(0)).toBe('tools/t.json data-syntax');
  });

  test('engines that share nothing do not wait for one that is slow to open', async () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow = engines.map((entry) =>
      entry.manifest.name === 'cel'
        ? { ...entry, load: (): Promise<Engine> => opened.then(() => entry.load()) }
        : entry,
    );
    bench = await openBench(
      { 'policies/a.cedar': 'permit', 'policies/b.cel.yaml': CEL.replace('>', '>>') },
      { engines: slow },
    );
    await expect.poll(() => bench.service.diagnostics('policies/a.cedar').length).toBe(1);
    expect(bench.service.diagnostics('policies/b.cel.yaml')).toEqual([]);
    expect(bench.previewer().told).toEqual([]);
    open();
    expect(await codes(['policies/b.cel.yaml'])).toEqual(['policies/b.cel.yaml cel-parse-error']);
    expect(bench.previewer().told).toEqual(['stale', 'no base: no repository']);
  });

  test('an engine that a verb began to open is loaded when it is open', async () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow = engines.map((entry) => ({
      ...entry,
      load: (): Promise<Engine> => opened.then(() => entry.load()),
    }));
    bench = await openBench({ 'policies/a.cedar': CEDAR }, { engines: slow });
    const tokens = bench.service.tokens('policies/a.cedar');
    await new Promise((resolve) => setTimeout(resolve, 50));
    open();
    await expect.poll(() => bench.previewer().told).toContain('update policies/a.cedar#all');
    expect((await tokens)[0]).toMatchObject({ range: { start: 0, end: 1 }, type: 'decorator' });
    await bench.service.settled('diagnostics');
  });

  test('an engine that cannot be had is told, and costs the others nothing', async () => {
    const broken = engines.map((entry) =>
      entry.manifest.name === 'cel'
        ? { ...entry, load: () => Promise.reject(new Error('no such file')) }
        : entry,
    );
    bench = await openBench(
      { 'policies/a.cedar': 'permit', 'policies/b.cel.yaml': CEL },
      { engines: broken },
    );
    expect(await codes(['policies/a.cedar', 'policies/b.cel.yaml'])).toEqual([
      'policies/a.cedar cedar-parse-error',
      'policies/b.cel.yaml engine-unavailable',
    ]);
    expect(await bench.service.complete('policies/b.cel.yaml', 5)).toEqual({ items: [] });
  });

  test.each([
    [
      'a huge file',
      `${' '.repeat(3 * 1024 * 1024)}`,
      'policies/b.cedar has 3.0 MB and is left alone: the editor reads files up to 2 MB, `benchbook check` larger ones',
    ],
    ['a binary file', 'permit\0', 'policies/b.cedar is binary and is left alone'],
  ])('%s is left alone with one message', async (_, content, message) => {
    bench = await openBench({ 'policies/a.cedar': CEDAR, 'policies/b.cedar': content });
    bench.service.open('policies/b.cedar', content);
    expect(await codes(['policies/a.cedar', 'policies/b.cedar'])).toEqual([
      'policies/b.cedar file-unreadable',
    ]);
    bench.service.change('policies/b.cedar', `${content} `);
    await bench.service.settled('diagnostics');
    expect(bench.events.flatMap((event) => (event.kind === 'message' ? [event.message] : []))).toEqual([
      message,
    ]);
    expect(await bench.service.complete('policies/b.cedar', 3)).toEqual({ items: [] });
  });

  test('verbs answer for the text as it stands, before it is loaded', async () => {
    bench = await openBench({ 'policies/a.cedar': CEDAR });
    await bench.service.settled('diagnostics');
    bench.service.change('policies/a.cedar', CEDAR.replace('all', 'other'));
    const symbols = await bench.service.symbols('policies/a.cedar');
    expect(symbols.map(({ name }) => name)).toEqual(['other']);
    expect(bench.previewer().told.filter((told) => told.startsWith('update'))).toHaveLength(1);
  });
});

test('findings on controls move with their policies, and change with them', async () => {
  const text = `${CEDAR}@id("b")\n@eu_ai_act("52(1)")\npermit (principal, action, resource);\n`;
  bench = await openBench({ 'policies/a.cedar': text });
  const tags = async (now: string): Promise<string[]> => {
    bench.service.change('policies/a.cedar', now);
    await bench.service.settled('diagnostics');
    return bench.service
      .diagnostics('policies/a.cedar')
      .map(({ code, range }) => `${code} ${now.slice(range!.start, range!.end).split('\n')[0]}`);
  };
  expect(await tags(text)).toEqual(['ctl/unmapped-rule @id("all")', 'ctl/draft-number 52(1)']);
  expect(await tags(`// Above.\n${text}`)).toEqual([
    'ctl/unmapped-rule @id("all")',
    'ctl/draft-number 52(1)',
  ]);
  expect(await tags(text.replace('52(1)', '26(1)'))).toEqual([
    'ctl/unmapped-rule @id("all")',
    'ctl/not-yet-applicable 26(1)',
  ]);
});

describe('the version that flips are counted against', () => {
  test('is loaded behind, and again when it may be another', async () => {
    let name = 'HEAD';
    bench = await openBench(
      { 'policies/a.cedar': CEDAR },
      { base: async () => ({ name, tree: memoryTree({ 'policies/b.cel.yaml': CEL }) }) },
    );
    await bench.service.settled('preview');
    name = 'HEAD~1';
    bench.service.baseChanged();
    await bench.service.settled('preview');
    expect(bench.previewer().told.slice(1)).toEqual([
      'base HEAD: cel:policies/b.cel.yaml',
      'base HEAD~1: cel:policies/b.cel.yaml',
    ]);
    expect(await bench.service.baseText('policies/b.cel.yaml')).toEqual({ text: CEL });
    expect(await bench.service.baseText('policies/a.cedar')).toEqual({
      refused: 'policies/a.cedar is not in HEAD~1',
    });
    // The engines went back to what is being edited.
    expect((await bench.service.symbols('policies/a.cedar')).map((symbol) => symbol.name)).toEqual(['all']);
  });

  test.each([
    [{}, 'HEAD does not load: policies/a.cedar: '],
    [{ trusted: false }, 'the folder is not trusted, so nothing is asked of git'],
  ])('or why there is none: %o', async (settings, reason) => {
    bench = await openBench(
      { 'policies/a.cedar': CEDAR },
      { base: async () => ({ name: 'HEAD', tree: memoryTree({ 'policies/a.cedar': 'permit' }) }) },
    );
    bench.service.configure(settings);
    await bench.service.settled('preview');
    expect(
      bench
        .previewer()
        .told.at(-1)!
        .slice(0, 'no base: '.length + reason.length),
    ).toBe(`no base: ${reason}`);
  });
});

test('numbers that no schema types are taken from the recordings, before anything is decided', async () => {
  const refund = CEDAR.replace('action,', 'action == Action::"refund",').replace(
    ';',
    '\nwhen { context.input.amount.lessThan(decimal("5.0")) };',
  );
  bench = await openBench({
    'policies/a.cedar': refund,
    'traces/t.jsonl': nativeLines([call({ args: { amount: 1.5 } })]),
  });
  await bench.service.settled('preview');
  expect(bench.previewer().told.filter((told) => told.startsWith('update'))).toEqual([
    'update policies/a.cedar#all',
  ]);
  const report = await bench.service.report(false);
  expect('refused' in report ? report : report.summary.outcomes).toEqual({
    allow: 1,
    deny: 0,
    escalate: 0,
    indeterminate: 0,
  });
});

test('a changed recording is read anew', async () => {
  bench = await openBench({ 'policies/a.cedar': CEDAR, 'traces/t.jsonl': nativeLines([call()]) });
  await bench.service.settled('preview');
  bench.service.filesChanged(['traces/t.jsonl']);
  await bench.service.settled('preview');
  bench.files['traces/u.jsonl'] = nativeLines([call()]);
  bench.service.filesChanged(['traces/u.jsonl']);
  await bench.service.settled('preview');
  expect(bench.previewer().told.filter((told) => told === 'recordings')).toHaveLength(2);
});

test('a verb that fails costs its own answer, and is told once', async () => {
  const broken = engines.map((entry) => ({
    ...entry,
    load: async (): Promise<Engine> => {
      const engine = await entry.load();
      return {
        ...engine,
        manifest: entry.manifest,
        async open(assets, options) {
          const session = await engine.open(assets, options);
          const language = {
            ...session.language,
            hover: () => {
              throw new Error('of all things');
            },
          };
          return new Proxy(session, {
            get: (target, key) => {
              if (key === 'language') return language;
              const value: unknown = Reflect.get(target, key, target);
              return typeof value === 'function' ? value.bind(target) : value;
            },
          });
        },
      };
    },
  }));
  bench = await openBench({ 'policies/a.cedar': CEDAR }, { engines: broken });
  await bench.service.settled('diagnostics');
  expect(await bench.service.hover('policies/a.cedar', 12)).toBeNull();
  expect(await bench.service.hover('policies/a.cedar', 13)).toBeNull();
  expect((await bench.service.symbols('policies/a.cedar')).map(({ name }) => name)).toEqual(['all']);
  expect(bench.events.filter(({ kind }) => kind === 'message')).toEqual([
    {
      kind: 'message',
      severity: 'error',
      message: 'Hover failed, which is a bug of Benchbook: of all things',
    },
  ]);
});
