import { expect, test } from 'vitest';
import { load, told } from './load.ts';

const POLICY = `name: p
rule:
  id: pay
  match:
    # why this is so
    # @controls eu-ai-act@2026-07-27:14(4)(d), owasp-asi:ASI02
    - id: large
      condition: args.a
      output: '"deny"'
    # @controls iso-42001:A.9.2

    - condition: args.b
      output: '"deny"'
    - output: '"allow"' # @controls owasp-asi:ASI01
`;

test('comments directly above a case name its controls', async () => {
  const { set, diagnostics } = await load(POLICY);
  expect(diagnostics).toEqual([]);
  expect(
    set?.policies.map(({ controls }) =>
      controls.map(({ range, file, ...tag }) => [tag, file, POLICY.slice(range.start, range.end)]),
    ),
  ).toEqual([
    [
      [
        { framework: 'eu-ai-act', edition: '2026-07-27', id: '14(4)(d)' },
        'policies/p.cel.yaml',
        'eu-ai-act@2026-07-27:14(4)(d)',
      ],
      [{ framework: 'owasp-asi', id: 'ASI02' }, 'policies/p.cel.yaml', 'owasp-asi:ASI02'],
    ],
    [],
    [],
  ]);
});

test('a sidecar names them by rule, or by rule and case', async () => {
  const sidecar = `pay: ["eu-ai-act:14(1)"]
pay/large: { owasp-asi: [ASI02, ASI03] }
pay/1: iso-42001:A.9.2
other: ["eu-ai-act:9"]
pay/2: ["nonsense"]
`;
  const { set, diagnostics } = await load(POLICY.replace(/ +# @.*\n/g, ''), { sidecar });
  expect(
    set?.policies.map(({ controls }) => controls.map(({ framework, id }) => `${framework}:${id}`)),
  ).toEqual([
    ['eu-ai-act:14(1)', 'owasp-asi:ASI02', 'owasp-asi:ASI03'],
    ['eu-ai-act:14(1)', 'iso-42001:A.9.2'],
    ['eu-ai-act:14(1)'],
  ]);
  expect(set?.policies[0]?.controls[1]?.file).toBe('policies/p.controls.yaml');
  expect(told(sidecar, diagnostics)).toEqual([
    'cel-control-error "\\"nonsense\\"": `nonsense` is no control: write FRAMEWORK:ID, as in eu-ai-act:14(4)(d)',
    'cel-control-error "other": no rule or case of policies/p.cel.yaml has the name `other`',
  ]);
  expect(diagnostics.map(({ file, severity }) => [file, severity])).toEqual([
    ['policies/p.controls.yaml', 'warning'],
    ['policies/p.controls.yaml', 'warning'],
  ]);
});

test('a sidecar that is no YAML does not keep the policy from deciding', async () => {
  const { set, diagnostics } = await load(POLICY, { sidecar: 'a: [' });
  expect(set?.policies).toHaveLength(3);
  expect(diagnostics.map(({ code, fatal }) => [code, fatal])).toEqual([['cel-yaml-error', undefined]]);
});

test('one expression has controls too', async () => {
  const { set } = await load('// limit\n// @controls eu-ai-act:9\ntrue\n', {
    path: 'a/limit.cel',
    sidecar: 'limit: [a:b]',
  });
  expect(set?.policies[0]?.controls.map(({ framework, id }) => `${framework}:${id}`)).toEqual([
    'eu-ai-act:9',
    'a:b',
  ]);
});

test.each<[string, string, string | undefined]>([
  [
    'owasp-asi:ASI05 "Unexpected Code Execution, ASI01 (RCE)"',
    'ASI05',
    'Unexpected Code Execution, ASI01 (RCE)',
  ],
  ['owasp-asi:ASI05 Unexpected Code Execution (RCE)', 'ASI05', 'Unexpected Code Execution (RCE)'],
  ['nist-ai-rmf:GOVERN 1.2 "Trustworthy"', 'GOVERN 1.2', 'Trustworthy'],
  ['nist-ai-rmf:GOVERN 1.2 Trustworthy AI', 'GOVERN 1.2', 'Trustworthy AI'],
  ['nist-ai-rmf:MAP 1', 'MAP 1', undefined],
  ['eu-ai-act:Annex III(5)(b)', 'Annex III(5)(b)', undefined],
  ['eu-ai-act:Annex III Credit scoring', 'Annex III', 'Credit scoring'],
  ['eu-ai-act:14 (4)(d) Stop button', '14 (4)(d)', 'Stop button'],
  ['eu-ai-act:Art 14 4e', 'Art 14 4e', undefined],
  ['iso-42001:A.9.4 Intended use', 'A.9.4', 'Intended use'],
  ['acme:refund-limits Überweisung', 'refund-limits', 'Überweisung'],
  ['acme:refund-limits ""', 'refund-limits', undefined],
])('a label stands behind a complete id: %s', async (reference, id, label) => {
  const text = `rule:\n  match:\n    # @controls ${reference}, a:b\n    - output: '"deny"'\n`;
  const { set, diagnostics } = await load(text);
  expect(diagnostics).toEqual([]);
  const [tag, other] = set?.policies[0]?.controls ?? [];
  expect([tag?.id, tag?.label, other?.id]).toEqual([id, label, 'b']);
  expect(text.slice(tag?.range.start, tag?.range.end)).toBe(reference);
});

test('labels in a sidecar', async () => {
  const { set } = await load('rule:\n  id: r\n  match:\n    - output: "true"\n', {
    sidecar: `r: { owasp-asi: ['ASI05 "Code, run"', ASI01 Goal hijack], nist-ai-rmf: GOVERN 1.2 }`,
  });
  expect(set?.policies[0]?.controls.map(({ id, label }) => [id, label])).toEqual([
    ['ASI05', 'Code, run'],
    ['ASI01', 'Goal hijack'],
    ['GOVERN 1.2', undefined],
  ]);
});

test('an author may say that a case serves no control', async () => {
  const text = `rule:
  id: r
  match:
    # @controls none: housekeeping, nothing more
    - condition: args.a
      output: "true"
    # @controls none
    - condition: args.b
      output: "true"
    - condition: args.c
      output: "true"
    # @controls none of these
    - id: last
      condition: args.d
      output: "true"
    - id: own
      output: "true"
`;
  const sidecar = 'r: { none: "the whole rule" }\nr/last: none\nr/own: ["none: its own", a:b]\n';
  const { set, diagnostics } = await load(text, { sidecar });
  const source = (file: string) => (file.endsWith('.controls.yaml') ? sidecar : text);
  expect(
    set?.policies.map(({ exemption, controls }) => [
      exemption?.reason,
      exemption && source(exemption.file).slice(exemption.range.start, exemption.range.end),
      controls.length,
    ]),
  ).toEqual([
    ['housekeeping, nothing more', 'none: housekeeping, nothing more', 0],
    ['', 'none', 0],
    ['the whole rule', '"the whole rule"', 0],
    ['', 'none', 0],
    ['its own', '"none: its own"', 1],
  ]);
  expect(told(text, diagnostics)).toEqual([
    'cel-control-error "none of these": `none of these` is no control: write FRAMEWORK:ID, as in eu-ai-act:14(4)(d)',
  ]);
});
