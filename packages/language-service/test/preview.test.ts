/** How a preview comes about: in which order, in what parts, and what is dropped. */
import { replay } from '@benchbook/core';
import { memorySource } from '@benchbook/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Files, load, open } from './preview-bench.ts';

/** Reads of 390 files, with a payment before every hundredth and ten at the end; amounts 0, 100, 200, ... */
const CALLS = Array.from({ length: 400 }, (_, index) =>
  index % 100 === 99 || index >= 390
    ? { session: 's1', seq: index, tool: { name: 'pay' }, args: { amount: index * 10 } }
    : { session: 's1', seq: index, tool: { name: 'read' }, args: { path: `/p/${index}` } },
);
const PAYMENTS = CALLS.filter(({ tool }) => tool.name === 'pay').length;

function files(limit: string, first = 'tool.name == "read" && args.path.startsWith("/p/")'): Files {
  return {
    'policies/desk.cel.yaml': `name: desk
rule:
  id: desk
  match:
    - id: reads
      condition: '${first}'
      output: '"allow"'
    - id: large
      condition: 'tool.name == "pay" && args.amount > ${limit}'
      output: '"escalate"'
    - id: never
      condition: 'tool.name == "wipe" && has(args.all)'
      output: '"deny"'
`,
    'traces/desk.jsonl': CALLS.map((call) => `${JSON.stringify({ v: 1, ...call })}\n`).join(''),
  };
}

type Loaded = Awaited<ReturnType<typeof load>>;
const versions: { [name: string]: Loaded } = {};
beforeAll(async () => {
  versions.at3900 = await load(files('3900'));
  versions.at3000 = await load(files('3000'));
  versions.erring = await load(files('args.limit'));
  versions.session = await load(files('3000', '"pay" in session.tools && session.history.size() > 150'));
  versions.fails = await load({
    ...files('3900'),
    'traces/desk.jsonl': `${files('3900')['traces/desk.jsonl']}not JSON\n{"v":1,"tool":{}}\n`,
  });
});
afterAll(() => {
  for (const { close } of Object.values(versions)) close();
});

/** A clock on which every look takes a millisecond. */
function ticking(): () => number {
  let time = 0;
  return () => time++;
}

describe('parts', () => {
  test('what the edited policy names comes first, and is told at once', async () => {
    const now = ticking();
    const { previewer, told } = open(() => versions.at3900!.recordings, { now });
    previewer.update(versions.at3900!.prepared);
    await previewer.settled();
    const before = told.length;
    for (let i = 0; i < 100; i++) now();
    previewer.update(versions.at3000!.prepared);
    await previewer.settled();
    const [first, ...rest] = told.slice(before);
    expect([first!.decided, first!.total]).toEqual([PAYMENTS, 400]);
    expect(first!.outcomes).toEqual({ allow: 0, deny: 3, escalate: 10, indeterminate: 0 });
    const decided = rest.map((part) => part.decided);
    expect(decided).toEqual([...decided].sort((a, b) => a - b));
    expect(rest.at(-1)!.outcomes).toEqual({ allow: 387, deny: 3, escalate: 10, indeterminate: 0 });
    expect(told.map(({ serial }) => serial)).toEqual(told.map((_, index) => index + 1));
  });

  test('parts are a tenth of a second apart, however fast one types', async () => {
    const now = ticking();
    const times: { at: number; isPart: boolean }[] = [];
    const { previewer } = open(() => versions.at3900!.recordings, {
      now,
      onPreview: ({ decided, total }) => times.push({ at: now(), isPart: decided < total }),
    });
    for (const version of [versions.at3900!, versions.at3000!, versions.at3900!]) {
      previewer.update(version.prepared);
      await previewer.settled();
    }
    const parts = times.flatMap(({ at, isPart }, index) =>
      isPart && index > 0 ? at - times[index - 1]!.at : [],
    );
    expect(parts.length).toBeGreaterThan(3);
    expect(Math.min(...parts)).toBeGreaterThanOrEqual(100);
    expect(times.filter(({ isPart }) => !isPart)).toHaveLength(3);
  });
});

describe('dropped and kept', () => {
  test('a superseded version is told of no more, and not decided to its end', async () => {
    const asked: string[] = [];
    const guard = { enter: () => asked.push(''), leave: () => {} };
    const limits: string[] = [];
    const opened = open(() => versions.at3900!.recordings, {
      guard,
      now: ticking(),
      onPreview(preview) {
        limits.push(/amount > (\d+)/.exec(preview.texts.get('policies/desk.cel.yaml')!)![1]!);
        if (limits.length === 1) opened.previewer.update(versions.at3000!.prepared);
      },
    });
    opened.previewer.update(versions.at3900!.prepared);
    await opened.previewer.settled();
    expect(limits[0]).toBe('3900');
    expect(new Set(limits.slice(1))).toEqual(new Set(['3000']));
    // Decided, observed and covered: three looks at each of the distinct requests of a version.
    expect(asked.length).toBeGreaterThan(3 * 400);
    expect(asked.length).toBeLessThan(3 * 500);
  });

  test('answers of versions that are gone are forgotten', async () => {
    let asked = 0;
    const guard = { enter: () => asked++, leave: () => {} };
    const { previewer } = open(() => versions.at3900!.recordings, { guard });
    for (const version of [versions.at3900!, versions.at3000!, versions.at3900!]) {
      previewer.update(version.prepared);
      await previewer.settled();
    }
    expect(asked).toBe(3 * 3 * 400);
  });

  test('what has the same digest is not asked again', async () => {
    let asked = 0;
    const guard = { enter: () => asked++, leave: () => {} };
    const { previewer } = open(() => versions.at3900!.recordings, { guard });
    previewer.setBase({ name: 'HEAD', prepared: versions.at3900!.prepared });
    previewer.update(versions.at3900!.prepared);
    await previewer.settled();
    previewer.update(versions.at3000!.prepared);
    await previewer.settled();
    expect(asked).toBe(2 * 3 * 400);
    previewer.update(versions.at3900!.prepared);
    await previewer.settled();
    expect([asked, previewer.latest()!.flips]).toEqual([2 * 3 * 400, 0]);
  });

  test('what does not load leaves the last preview, marked stale, until something loads', async () => {
    const { previewer, told } = open(() => versions.at3900!.recordings);
    previewer.update(versions.at3900!.prepared);
    await previewer.settled();
    const { serial, ...good } = previewer.latest()!;
    previewer.markStale();
    expect(previewer.latest()).toEqual({ ...good, serial: serial + 1, stale: true });
    expect(previewer.diagnostics()).toEqual([]);
    previewer.update(versions.at3900!.prepared);
    expect(told.at(-1)).toEqual({ ...good, serial: serial + 2, stale: false });
    await previewer.settled();
    expect(told.length).toBe(serial + 2);
  });

  test('sessions carry what an edit begins to read', async () => {
    const { previewer } = open(() => versions.at3900!.recordings);
    previewer.update(versions.at3900!.prepared);
    await previewer.settled();
    const { prepared, recordings } = versions.session!;
    previewer.update(prepared);
    await previewer.settled();
    const { report } = await replay(prepared, recordings);
    expect(previewer.latest()!.outcomes).toEqual(report.summary.outcomes);
    expect(report.policies.map(({ applied }) => applied)).toEqual([249, 0, 0]);
    expect(previewer.latest()!.policies.map(({ applied }) => applied)).toEqual([249, 0, 0]);
  });

  test('a request that ended its worker before is not tried again', async () => {
    const first = 2 ** 30;
    const entered: number[] = [];
    const guard = { enter: (_: string, request: number) => entered.push(request - first), leave: () => {} };
    const poisoned = [{ set: 'cel:policies/desk.cel.yaml', request: first + 7 }];
    const { previewer } = open(() => versions.at3900!.recordings, { guard, poisoned });
    for (const version of [versions.at3900!, versions.at3000!]) {
      previewer.update(version.prepared);
      await previewer.settled();
      expect(previewer.calls({ outcome: 'indeterminate' }).calls.map(({ id }) => id)).toEqual(['s1#7']);
    }
    expect(new Set(entered).has(7)).toBe(true);
    expect(entered.filter((request) => request === 7).length).toBeLessThan(
      entered.filter((one) => one === 8).length,
    );
  });
});

describe('recordings', () => {
  test('calls beyond the limit are left out, and counted', async () => {
    const { previewer, messages } = open(() => versions.at3900!.recordings, { maxCalls: 150 });
    previewer.update(versions.at3900!.prepared);
    await previewer.settled();
    const { decided, total, leftOut, outcomes } = previewer.latest()!;
    expect({ decided, total, leftOut }).toEqual({ decided: 150, total: 150, leftOut: 250 });
    expect(outcomes).toEqual({ allow: 149, deny: 1, escalate: 0, indeterminate: 0 });
    expect(messages).toEqual(['info: the preview shows the first 150 recorded calls; 250 more are left out']);
  });

  test('are read anew when they change; the chosen call stays', async () => {
    let text = files('3900')['traces/desk.jsonl']!;
    const { previewer } = open(() => [memorySource('traces/desk.jsonl', text)]);
    previewer.update(versions.at3900!.prepared);
    expect(await previewer.chooseCall('s1#99')).toBe(true);
    expect(await previewer.chooseCall('s1#1000')).toBe(false);
    await previewer.settled();
    text = `${text.split('\n').slice(98, 101).join('\n')}\n`;
    previewer.recordingsChanged();
    await previewer.settled();
    expect(previewer.latest()!.total).toBe(3);
    expect(previewer.chosenCall()).toMatchObject({
      id: 's1#99',
      source: { file: 'traces/desk.jsonl', line: 2 },
    });
    expect([...previewer.knowledge().calls]).toEqual([
      ['pay', 1],
      ['read', 2],
    ]);
  });

  test('that cannot be read are told once', async () => {
    const { previewer, messages } = open(() => versions.fails!.recordings);
    previewer.update(versions.fails!.prepared);
    await previewer.settled();
    previewer.recordingsChanged();
    await previewer.settled();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(
      /^warning: 2 places of the recordings cannot be read, first traces\/desk\.jsonl:401: not valid JSON/,
    );
    const failing = open(() => {
      throw new Error('no such folder');
    });
    failing.previewer.update(versions.fails!.prepared);
    await failing.previewer.settled();
    expect(failing.messages).toEqual(['error: the recordings cannot be read: no such folder']);
    expect(failing.previewer.latest()).toMatchObject({ decided: 0, total: 0 });
    expect(failing.previewer.diagnostics()).toEqual([]);
  });
});

describe('findings', () => {
  test('a policy that nothing exercises is faded', async () => {
    const { previewer } = open(() => versions.at3900!.recordings);
    previewer.update(versions.at3900!.prepared);
    await previewer.settled();
    const text = files('3900')['policies/desk.cel.yaml']!;
    const [finding, ...others] = previewer.diagnostics();
    expect(others.map(({ code }) => code)).toEqual([]);
    expect(finding).toMatchObject({
      code: 'policy-never-exercised',
      severity: 'hint',
      unused: true,
      file: 'policies/desk.cel.yaml',
      message:
        'desk/never is never exercised: it applies to none of 400 recorded calls; record one that it is for, or remove it',
    });
    expect(text.slice(finding!.range!.start, finding!.range!.end)).toBe(
      `id: never
      condition: 'tool.name == "wipe" && has(args.all)'
      output: '"deny"'`,
    );
  });

  test('a policy that errs says how often, and how first', async () => {
    const { previewer } = open(() => versions.erring!.recordings);
    previewer.update(versions.erring!.prepared);
    await previewer.settled();
    const finding = previewer.diagnostics().find(({ code }) => code === 'policy-errs')!;
    expect(finding.severity).toBe('warning');
    expect(finding.message).toMatch(
      /^desk\/large errs on 13 of 400 recorded calls and has no say in them, first on s1#99: .*limit/,
    );
    expect(previewer.latest()!.policies[1]).toMatchObject({ errors: 13, firstError: { call: 's1#99' } });
  });
});
