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
