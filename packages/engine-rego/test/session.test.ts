import { type EngineOptions, type Snapshot, textDocument } from '@benchbook/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engine } from '../src/index.ts';
import { call, inputOf, load, openEngine, sourceFiles } from './open.ts';

type Session = Awaited<ReturnType<typeof openEngine>>;

let session: Session;
beforeAll(async () => {
  session = await openEngine();
});
afterAll(() => session.close());

/** Diagnostics as `file:line:column-line:column code: message`. */
function told(texts: Record<string, string>, { diagnostics }: Snapshot): string[] {
  const files = new Map(sourceFiles(texts).map((file) => [file.path, textDocument(file.text)]));
  return diagnostics.map(({ file, range, code, message }) => {
    const place = range ? files.get(file)!.range(range) : undefined;
    const at = place
      ? `:${place.start.line}:${place.start.column}-${place.end.line}:${place.end.column}`
      : '';
    return `${file}${at} ${code}: ${message}`;
  });
}

async function withOptions<T>(options: EngineOptions, work: (own: Session) => Promise<T>): Promise<T> {
  const own = await openEngine(options);
  try {
    return await work(own);
  } finally {
    own.close();
  }
}

describe('diagnostics', () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      'a parse error, where OPA finds it',
      { 'a.rego': 'package a\n\nallow if {\n\tinput.x ==\n}\n' },
      ['policies/a.rego:5:1-5:2 rego-parse-error: unexpected } token'],
    ],
    [
      'several at once, over files, counted in UTF-16',
      {
        'a.rego': 'package a\nallow if { input.x == "é😀"; nosuch(1) }\nallow if { other(2) }\n',
        'b.rego': 'package b\nallow if { third(1) }\n',
      },
      [
        'policies/a.rego:2:30-2:39 rego-type-error: undefined function nosuch',
        'policies/a.rego:3:12-3:20 rego-type-error: undefined function other',
        'policies/b.rego:2:12-2:20 rego-type-error: undefined function third',
      ],
    ],
    [
      'a type error with what was given and wanted',
      { 'b.rego': 'package b\nallow if { count(1) == 2 }\n' },
      [
        'policies/b.rego:2:12-2:20 rego-type-error: count: invalid argument(s); have: (number, ???); want: (collection: any<...>, n: number)',
      ],
    ],
    [
      'v0 syntax where v1 is meant',
      { 'a.rego': 'package a\nallow { input.x }\n' },
      ['policies/a.rego:2:1-2:18 rego-parse-error: `if` keyword is required before rule body'],
    ],
    [
      'data that is no JSON',
      { 'a.rego': 'package a\nallow if data.x', 'x/data.json': '{' },
      ['policies/x/data.json rego-data-error: yaml: line 1: did not find expected node content'],
    ],
    [
      'data that hides a rule',
      { 'a.rego': 'package a\nallow if input.x', 'a/data.json': '{"allow": true}' },
      ['policies/a.rego:2:1-2:17 rego-compile-error: conflicting rule for data path a/allow found'],
    ],
    [
      'a manifest that is none',
      { 'a.rego': 'package a\nallow if input.x', '.manifest': '{"rego_version": 7}' },
      ['policies/.manifest rego-manifest-error: `rego_version` is 0 or 1.'],
    ],
  ])('%s', async (_, texts, expected) => {
    const snapshot = await load(session, texts);
    expect(told(texts, snapshot)).toEqual(expected);
    expect(snapshot.diagnostics.every(({ fatal, severity }) => fatal && severity === 'error')).toBe(true);
  });

  test('a broken file leaves the rest to be replayed', async () => {
    const texts = {
      'a.rego': 'package a\nallow if {',
      'b.rego': 'package b\nallow if input.tool.name == "refund"',
    };
    const { sets, diagnostics } = await load(session, texts);
    expect(diagnostics.map(({ file }) => file)).toEqual(['policies/a.rego']);
    expect(sets.map(({ id }) => id)).toEqual(['rego:data.b']);
    expect(sets[0]!.decide(sets[0]!.prepare([call({})]), 0).outcome).toBe('allow');
  });

  test('a missing toolchain says how to build it', async () => {
    const assets = { read: () => Promise.reject(new Error('toolchain.wasm is missing')) };
    await expect(engine.open(assets, {})).rejects.toThrow(
      'Rego is off: its toolchain is missing (toolchain.wasm is missing). With Go >= 1.24, `node scripts/build-toolchain.mjs` builds it.',
    );
  });
});

describe('sets', () => {
  const LIBRARY = 'package lib\nallow if input.x';
  test('each package with a decision rule', async () => {
    const texts = {
      'a/x.rego': 'package a\nallow if data.lib.allow',
      'lib.rego': LIBRARY,
      'h.rego': 'package h\nf(x) := x',
    };
    const { sets } = await load(session, texts);
    expect(sets.map(({ id }) => id)).toEqual(['rego:data.a', 'rego:data.lib']);
  });

  test('each entrypoint instead, if there is one', async () => {
    const main = '# METADATA\n# entrypoint: true\nanswer := "escalate" if data.lib.allow\n';
    const { sets } = await load(session, { 'a.rego': `package a\n${main}`, 'lib.rego': LIBRARY });
    expect(sets.map(({ id }) => id)).toEqual(['rego:data.a.answer']);
    const requests = sets[0]!.prepare([call(null, { input: { x: true } }), call(null, { input: {} })]);
    expect([0, 1].map((row) => sets[0]!.decide(requests, row).outcome)).toEqual(['escalate', 'deny']);
  });

  test('entrypoints of the settings, in every spelling; one that is none is told', async () => {
    const settings = { entrypoints: ['lib/allow', 'data.a', 'no.such'] };
    await withOptions({ settings }, async (own) => {
      const texts = { 'a.rego': 'package a\ndeny if input.y\ndefault allow := true', 'lib.rego': LIBRARY };
      const snapshot = await load(own, texts);
      expect(snapshot.sets.map(({ id }) => id)).toEqual(['rego:data.a', 'rego:data.lib.allow']);
      expect(told(texts, snapshot)).toEqual([
        'policies/a.rego rego-unknown-entrypoint: The entrypoint no.such names no rule, and no package with a decision rule; correct it or remove it.',
      ]);
    });
  });

  test('a package over several files is one set; data mounts at its folder', async () => {
    const texts = {
      'b.rego': 'package a\nallow if input.args.n < data.limits.eu.max',
      'a.rego': 'package a\nallow if input.args.n in data.exempt',
      'limits/eu/data.yaml': 'max: 10\n',
      'data.json': '{"exempt": [77]}',
    };
    const { sets, diagnostics } = await load(session, texts);
    expect(diagnostics).toEqual([]);
    expect(sets[0]!.policies.map(({ id }) => id)).toEqual([
      'policies/a.rego#a.allow',
      'policies/b.rego#a.allow',
    ]);
    const requests = sets[0]!.prepare([5, 77, 20].map((n) => call({ n })));
    expect([0, 1, 2].map((row) => sets[0]!.decide(requests, row).determining)).toEqual([[1], [0], []]);
  });

  test('v0 by the settings, by the manifest, and by file', async () => {
    const v0 = 'package a\nallow { input.args.x }';
    await withOptions({ settings: { version: 0 } }, async (own) => {
      expect((await load(own, { 'a.rego': v0 })).diagnostics).toEqual([]);
    });
    const mixed = {
      '.manifest': '{"rego_version": 0, "file_rego_versions": {"/new/*.rego": 1}}',
      'a.rego': v0,
      'new/b.rego': 'package b\nallow if input.args.x',
    };
    const { diagnostics, sets } = await load(session, mixed);
    expect(diagnostics).toEqual([]);
    expect(sets.map((set) => set.decide(set.prepare([call({ x: true })]), 0).outcome)).toEqual([
      'allow',
      'allow',
    ]);
  });
});

describe('policies', () => {
  const TEXT = `# METADATA
# scope: package
# custom:
#   controls: { eu-ai-act: ["14(1)"], acme: "P-1, P-2" }
package pay

# é 😀
# METADATA
# title: Small
# scope: rule
# custom:
#   controls:
#     eu-ai-act@2024-07-12: ["14(4)(d)"]
allow if {
	input.args.amount < 10 # "😀"
	ok
}

allow if input.user.id == "boss"

ok if input.session.calls < 3

deny contains msg if { some r in input.user.roles; msg := r; time.now_ns() > 0 }
`;

  test('id, effect, reads through helpers, controls merged down the chain', async () => {
    const { sets } = await load(session, { 'pay.rego': TEXT });
    expect(
      sets[0]!.policies.map(({ id, effect, reads, controls }) => ({
        id,
        effect,
        reads,
        controls: controls.map(
          ({ framework, edition, id: control }) => `${framework}@${edition ?? ''}:${control}`,
        ),
      })),
    ).toEqual([
      {
        id: 'policies/pay.rego#pay.allow',
        effect: 'permit',
        reads: ['/args/amount', '/input', '/session/calls'],
        controls: ['eu-ai-act@2024-07-12:14(4)(d)', 'acme@:P-1', 'acme@:P-2', 'eu-ai-act@:14(1)'],
      },
      {
        id: 'policies/pay.rego#pay.allow[2]',
        effect: 'permit',
        reads: ['/input', '/user/id'],
        controls: ['acme@:P-1', 'acme@:P-2', 'eu-ai-act@:14(1)'],
      },
      {
        id: 'policies/pay.rego#pay.deny',
        effect: 'forbid',
        reads: ['/input', '/ts', '/user/roles'],
        controls: ['acme@:P-1', 'acme@:P-2', 'eu-ai-act@:14(1)'],
      },
    ]);
  });

  test('ranges hold the annotations and count UTF-16; a control is where it is written', async () => {
    const { sets } = await load(session, { 'pay.rego': TEXT });
    const [first, second] = sets[0]!.policies;
    const cut = (range: { start: number; end: number }) => TEXT.slice(range.start, range.end);
    expect(cut(first!.range)).toBe(
      TEXT.slice(TEXT.indexOf('# METADATA\n# title'), TEXT.indexOf('\n\nallow if input.user')),
    );
    expect(cut(second!.range)).toBe('allow if input.user.id == "boss"');
    expect(
      first!.controls.map(({ range }) => `${range.start > TEXT.indexOf('package pay')} ${cut(range)}`),
    ).toEqual(['true 14(4)(d)', 'false P-1', 'false P-2', 'false 14(1)']);
  });

  test('digests change with what decides, not with layout or comments', async () => {
    const digests = async (texts: Record<string, string>) => {
      const { sets } = await load(session, texts);
      return [sets[0]!.digest, ...sets[0]!.policies.map((policy) => policy.digest)];
    };
    const base = await digests({ 'pay.rego': TEXT });
    const relaid = await digests({
      'pay.rego': TEXT.replace('allow if {\n\tinput', 'allow if {\n\n\n\t# why\n\tinput'),
    });
    expect(relaid).toEqual(base);
    const helper = await digests({ 'pay.rego': TEXT.replace('calls < 3', 'calls < 4') });
    expect(helper.map((digest, index) => digest === base[index])).toEqual([false, false, true, true]);
  });

  test('data that a policy reads is part of its digest', async () => {
    const text = 'package a\nallow if input.args.n < data.limits.max\ndeny if input.args.n == 0';
    const digests = async (max: number, other: number) => {
      const { sets } = await load(session, {
        'a.rego': text,
        'limits/data.json': `{"max": ${max}, "other": ${other}}`,
      });
      return sets[0]!.policies.map((policy) => policy.digest);
    };
    const base = await digests(1, 1);
    expect(await digests(1, 2)).toEqual(base);
    expect((await digests(2, 1)).map((digest, index) => digest === base[index])).toEqual([false, true]);
  });
});

describe('the session', () => {
  test('the same files give the same snapshot; sets outlive updates', async () => {
    const one = await load(session, { 'a.rego': 'package a\nallow if input.args.n == 1' });
    expect(await load(session, { 'a.rego': 'package a\nallow if input.args.n == 1' })).toBe(one);
    for (let n = 2; n < 12; n++)
      await load(session, { 'a.rego': `package a\nallow if input.args.n == ${n}` });
    const set = one.sets[0]!;
    expect(set.decide(set.prepare([call({ n: 1 })]), 0).outcome).toBe('allow');
  });

  test('a mapping makes the input', async () => {
    const mapping = { input: { who: '/agent/id', what: '/tool/name', env: { literal: '/prod' } } };
    await withOptions({ mapping }, async (own) => {
      const { sets } = await load(own, {
        'a.rego': 'package a\nallow if input == {"who": "support-bot", "what": "refund", "env": "/prod"}',
      });
      expect(sets[0]!.reads).toEqual(['/agent/id', '/input', '/tool/name']);
      expect(sets[0]!.decide(sets[0]!.prepare([call({ secret: 1 })]), 0).outcome).toBe('allow');
    });
  });

  test('formats as OPA does', async () => {
    const texts = { 'a.rego': 'package a\nallow if {input.x==1\n}\n', 'bad.rego': 'package' };
    session.update(inputOf(texts));
    expect(session.language.format!('policies/a.rego')).toEqual([
      { range: { start: 0, end: 33 }, newText: 'package a\n\nallow if input.x == 1\n' },
    ]);
    expect(session.language.format!('policies/bad.rego')).toBe(null);
  });
});
