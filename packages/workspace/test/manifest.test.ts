import { textDocument } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { DEFAULT_MANIFEST, loadWorkspace, manifestJsonSchema } from '../src/index.ts';
import { formatted } from './formatted.ts';
import { ENGINES, treeOf } from './tree.ts';

async function load(text: string) {
  const files = { 'benchbook.yaml': text, 'policies/a.cedar': '', 'traces/a.jsonl': '' };
  return loadWorkspace(treeOf(files), ENGINES);
}

/** `line:column code message` of every finding about the manifest. */
async function findings(text: string): Promise<string[]> {
  const { diagnostics } = await load(text);
  const document = textDocument(text);
  return diagnostics.map(({ code, message, range, file, fatal }) => {
    expect([file, fatal]).toEqual(['benchbook.yaml', true]);
    const { line, column } = document.lineColumn(range!.start);
    return `${line}:${column} ${code} ${message}`;
  });
}

test('every key is read; what is not written has its default', async () => {
  const { manifest, diagnostics, manifestPath, narrowings } = await load(`
version: 1
default: escalate
audit: [policies/**]
controls: [eu-ai-act@2026-07-27, owasp-asi]
profile: { role: deployer, riskClass: high-risk }
mapping: { cedar: { preset: agentcore }, cel: { outputs: { HOLD: escalate } } }
thresholds: { policyCoverage: 0.9, p99Ms: 5 }
sets: [{ policies: ["policies/*.cedar"], tools: [refund, "mcp_*"] }]
diagnostics: { unused-ignore: off, glob-matches-nothing: error }
budget: { rego: 50000 }
rego: { version: 0, entrypoints: [main/allow] }
`);
  expect(diagnostics).toEqual([]);
  expect(manifestPath).toBe('benchbook.yaml');
  expect(manifest).toEqual({
    ...DEFAULT_MANIFEST,
    default: 'escalate',
    audit: ['policies/**'],
    controls: ['eu-ai-act@2026-07-27', 'owasp-asi'],
    profile: { role: 'deployer', riskClass: 'high-risk' },
    mapping: { cedar: { preset: 'agentcore' }, cel: { outputs: { HOLD: 'escalate' } } },
    thresholds: { policyCoverage: 0.9, p99Ms: 5 },
    sets: [{ policies: ['policies/*.cedar'], tools: ['refund', 'mcp_*'] }],
    diagnostics: { 'unused-ignore': 'off', 'glob-matches-nothing': 'error' },
    budget: { rego: 50000 },
    settings: { rego: { version: 0, entrypoints: ['main/allow'] } },
  });
  expect(narrowings).toEqual([
    { policies: ['policies/*.cedar'], tools: ['refund', 'mcp_*'], files: ['policies/a.cedar'] },
  ]);
});

test('an empty manifest and none mean the conventions', async () => {
  expect((await load('')).manifest).toEqual(DEFAULT_MANIFEST);
  expect((await load('# nothing\npolicies:\n')).manifest).toEqual(DEFAULT_MANIFEST);
  expect((await loadWorkspace(treeOf({}), ENGINES)).manifestPath).toBe(null);
});

describe('a misspelt key', () => {
  test('at the top', async () => {
    expect(await findings('version: 1\npolices: []')).toEqual([
      '2:1 manifest-unknown-key unknown key `polices`; did you mean `policies`?',
    ]);
  });
  test('below', async () => {
    expect(await findings('thresholds:\n  p99ms: 5')).toEqual([
      '2:3 manifest-unknown-key unknown key `thresholds.p99ms`; did you mean `p99Ms`?',
    ]);
  });
  test('in a list', async () => {
    expect(await findings('sets:\n  - policies: ["policies/**"]\n    tools: [a]\n    tool: b')).toEqual([
      '4:5 manifest-unknown-key unknown key `sets[0].tool`; did you mean `tools`?',
    ]);
  });
  test('of an engine', async () => {
    expect(await findings('budget: { regoo: 5 }\nrego: { entrypoint: [a] }')).toEqual([
      '1:11 manifest-unknown-key unknown key `budget.regoo`; did you mean `rego`?',
      '2:9 manifest-unknown-key unknown key `rego.entrypoint`; did you mean `entrypoints`?',
    ]);
  });
  test('that is near to nothing lists what there is', async () => {
    expect(await findings('profile: { zzzzzz: 1 }')).toEqual([
      '1:12 manifest-unknown-key unknown key `profile.zzzzzz`; known keys: role, riskClass',
    ]);
  });
  test('named like a builtin is a key as any other', async () => {
    expect(await findings('__proto__: { polluted: 1 }\nconstructor: 2')).toEqual([
      expect.stringMatching(
        /^1:1 manifest-unknown-key unknown key `__proto__`; known keys: version, policies, /,
      ),
      expect.stringMatching(/^2:1 manifest-unknown-key unknown key `constructor`; /),
    ]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('a wrong value', () => {
  test.each([
    [
      'policies: policies/**',
      '1:11 manifest-invalid-value `policies` must be a list of globs, such as ["policies/**"]; this is `policies/**`',
    ],
    ['policies: [a, 3]', '1:15 manifest-invalid-value `policies[1]` must be a string; this is `3`'],
    [
      'traces: ["../x/**"]',
      '1:10 manifest-invalid-value `traces[0]` must be a path below the workspace, without a leading `/` and without `..`; this is `../x/**`',
    ],
    [
      'traces: ["/etc/*"]',
      '1:10 manifest-invalid-value `traces[0]` must be a path below the workspace, without a leading `/` and without `..`; this is `/etc/*`',
    ],
    [
      'default: alow',
      '1:10 manifest-invalid-value `default` must be one of allow, deny, escalate; this is `alow`. Did you mean `allow`?',
    ],
    [
      'default: indeterminate',
      '1:10 manifest-invalid-value `default` must be one of allow, deny, escalate; this is `indeterminate`',
    ],
    ['version: 2', '1:10 manifest-invalid-value `version` must be 1, the only version there is; this is `2`'],
    [
      'thresholds:\n  policyCoverage: 90',
      '2:19 manifest-invalid-value `thresholds.policyCoverage` must be a number from 0 to 1; this is `90`',
    ],
    [
      'thresholds: { p99Ms: 0 }',
      '1:22 manifest-invalid-value `thresholds.p99Ms` must be a number above 0; this is `0`',
    ],
    [
      'budget: { rego: 1.5 }',
      '1:17 manifest-invalid-value `budget.rego` must be a whole number of steps above 0; this is `1.5`',
    ],
    [
      'controls: [":x"]',
      '1:12 manifest-invalid-value `controls[0]` must be `framework` or `framework@edition`; this is `:x`',
    ],
    [
      'sets: [{ policies: [policies/**] }]',
      '1:8 manifest-invalid-value `sets[0].tools` is missing; it must be a list of tool names or globs, such as ["refund"]',
    ],
    [
      'diagnostics: { x: eror }',
      '1:19 manifest-invalid-value `diagnostics.x` must be one of off, hint, info, warning, error; this is `eror`. Did you mean `error`?',
    ],
    [
      'diagnostics: { X_Y: off }',
      '1:16 manifest-invalid-value `diagnostics.X_Y` must be a diagnostic code, such as ctl/context-only',
    ],
    [
      '- policies',
      '1:1 manifest-invalid-value the manifest must be an object of keys such as `policies`; this is a list',
    ],
    [
      `tools: ["${'a*'.repeat(12)}b"]`,
      '1:9 manifest-invalid-value `tools[0]` must be a glob with at most 10 wildcards, 4 between two slashes; this is `a*a*a*a*a*a*a*a*a*a*a*a*b`',
    ],
  ])('%s', async (text, expected) => {
    expect(await findings(text)).toEqual([expected]);
  });

  test('leaves the other keys standing', async () => {
    const { manifest } = await load('default: allow\npolicies: 3\nbudget: { rego: 7, cel: no }');
    expect([manifest.default, manifest.policies, manifest.budget]).toEqual(['allow', ['policies/**'], {}]);
  });
});

describe('text that cannot be read', () => {
  const bomb = [
    'a: &a [1]',
    ...[...'bcdefg'].map((key, i) => `${key}: &${key} [${`*${'abcdef'[i]},`.repeat(20)}1]`),
  ];
  test.each([
    [
      'an open list',
      'policies: [a',
      '1:13 manifest-syntax Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a repeated key', 'a: 1\na: 2', '2:1 manifest-syntax this key stands here twice; keep one'],
    [
      'two documents',
      'default: deny\n---\nb: 2',
      '2:1 manifest-syntax more than one YAML document in the file; keep one and drop the `---`',
    ],
    [
      'thousands of brackets',
      `mapping: ${'['.repeat(5_000)}`,
      expect.stringMatching(/^1:\d+ manifest-syntax nested too deeply to be read$/),
    ],
    [
      'too deep a value',
      `mapping: { cedar: ${'{a: '.repeat(250)}1${'}'.repeat(250)} }`,
      '1:815 manifest-syntax nested deeper than 200 levels',
    ],
    ['an alias of nothing', 'mapping: *none', '1:10 manifest-syntax the alias `*none` has no anchor'],
    ['no number of JSON', 'default: .nan', '1:10 manifest-syntax not a number that JSON can hold'],
    [
      'a bomb of aliases',
      bomb.join('\n'),
      expect.stringMatching(/^1:\d+ manifest-syntax more than 1000000 values, aliases included$/),
    ],
  ])('%s', async (_name, text, expected) => {
    expect(await findings(text)).toEqual([expected]);
  });
});

test('the published schema is what is checked', async () => {
  const schema = manifestJsonSchema([
    { name: 'cedar', title: 'Cedar' },
    { name: 'cel', title: 'CEL' },
    { name: 'rego', title: 'Rego' },
  ]);
  await expect(formatted(schema)).toMatchFileSnapshot('../schema/benchbook.schema.json');
});
