/** The tolerant readers against the real ones, on text that is whole. */
import { describe, expect, test } from 'vitest';
import { functionNames, isKnownCall } from '../../src/functions/catalog.ts';
import { documentedNames, FUNCTION_DOCS } from '../../src/language/docs/functions.ts';
import { outlinedPolicy } from '../../src/language/document/as-policy.ts';
import type { PolicyNode, RuleNode } from '../../src/policy/nodes.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';
import type { SourceExpression } from '../../src/policy/scalar.ts';
import { parseLoose } from '../../src/syntax/loose/parser.ts';
import { sampleTexts } from './workspace.ts';

const STYLES = `name: 'all styles'
rule: # one
  id: "styles"
  variables:
  - name: a
    expression: args.a ? "x" :y
  - { name: b, expression: "args.b + 'c: d'" }
  match:
    - condition: |-

        args.a &&
          args.b

      output: >
        "x"
    - condition: args.c
        && args.d
      output: 'it''s
        more'
    # comment
    - output: "a \\u0041 \\
        b"
      explanation: !!str x
    - rule:
        aggregate:
        - output: [1]
        - id: last
          output: x # why

`;

function shown(policy: PolicyNode | null): unknown {
  const expression = (source: SourceExpression | null) =>
    source && [
      source.text.trim(),
      source.toFile(0, 1).start,
      source.toFile(0, source.text.trimEnd().length).end,
    ];
  const rule = (node: RuleNode): unknown => ({
    id: node.id,
    semantic: node.semantic,
    variables: node.variables.map((one) => [one.name, expression(one.expression)]),
    matches: node.matches.map((match) => ({
      id: match.id,
      condition: expression(match.condition),
      output: expression(match.output),
      explanation: expression(match.explanation),
      rule: match.rule && rule(match.rule),
    })),
  });
  return policy && { name: policy.name, rule: rule(policy.rule) };
}

const samples = Object.entries(sampleTexts()).filter(([path]) => path.endsWith('.cel.yaml'));

describe('YAML is read as the parser reads it', () => {
  test.each([...samples, ['every style', STYLES], ['every style, CRLF', STYLES.replaceAll('\n', '\r\n')]])(
    '%s',
    (_name, text) => {
      const findings: string[] = [];
      const read = readPolicy(text, { add: (_code, message) => findings.push(message) });
      expect(shown(outlinedPolicy(text))).toEqual(shown(read));
      expect(findings.filter((message) => !message.includes('must be'))).toEqual([]);
    },
  );
});

describe('what is broken costs itself alone', () => {
  test('a quote that is not closed', () => {
    const text =
      'rule:\n  match:\n    - condition: "args.a\n      output: x\n    - condition: args.b\n      output: y\n';
    expect(shown(outlinedPolicy(text))).toMatchObject({
      rule: { matches: [{ condition: null, output: ['x', 54, 55] }, { condition: ['args.b', 73, 79] }] },
    });
  });

  test('half a key, a bracket that is not closed', () => {
    const text = 'rule:\n  match:\n    - cond\n      output: [x\n    - condi: {\n      output: y\n';
    expect(shown(outlinedPolicy(text))).toMatchObject({
      rule: { matches: [{ output: null }, { output: ['y', 72, 73] }] },
    });
  });
});

test('expressions have a tree and their errors, all of them', () => {
  const issues = (text: string) =>
    parseLoose(text).issues.map(({ message, start, end }) => `${text.slice(start, end)}: ${message}`);
  expect(issues('args.a && && args.b')).toEqual(['&&: an expression is missing before `&&`']);
  expect(issues('(args.a == 1 && size(args.b > 2')).toEqual(['(: `(` is not closed', '(: `(` is not closed']);
  expect(issues('args. == 1 && args.b ==')).toEqual([
    '.: a name is missing after the dot',
    '=: an expression is missing here',
  ]);
  expect(issues('args.a args.b || "x')).toEqual(['args: unexpected `args`', '"x: this string is not closed']);
  expect(issues('{"a" 1, "b":} ? 1')).toEqual([
    '"a": `:` and a value are missing after this key',
    '1: unexpected `1`',
    '}: an expression is missing before `}`',
    '1: `:` is missing after this',
  ]);
});

test('every function is documented, with as many arguments as it takes', () => {
  const macros = FUNCTION_DOCS.filter(({ isMacro }) => isMacro).map(({ name }) => name);
  expect(documentedNames().filter((name) => !macros.includes(name))).toEqual(functionNames());
  const wrong = FUNCTION_DOCS.filter(
    ({ name, parameters, isMacro }) => !isMacro && !isKnownCall(name, parameters.length),
  );
  expect(wrong).toEqual([]);
});

test('hostile text ends in time', () => {
  const started = performance.now();
  for (const text of [
    '('.repeat(12_000),
    '['.repeat(12_000),
    '{'.repeat(12_000),
    'a.'.repeat(12_000),
    '!'.repeat(22_000),
    '1+'.repeat(10_000),
    'a?'.repeat(10_000),
    '"\n'.repeat(10_000),
    'f('.repeat(10_000),
    '{a:'.repeat(7_000),
  ]) {
    const { root } = parseLoose(text);
    expect(root.end).toBeLessThanOrEqual(text.length);
    outlinedPolicy(`rule: ${text}`);
    outlinedPolicy(text);
  }
  for (const text of [
    '- '.repeat(25_000),
    'a: '.repeat(25_000),
    ' - a:\n'.repeat(12_000),
    '[{'.repeat(25_000),
    '"\n'.repeat(25_000),
    '&a '.repeat(25_000),
  ]) {
    outlinedPolicy(text);
    outlinedPolicy(`rule:\n  match: ${text}`);
  }
  expect(performance.now() - started).toBeLessThan(20_000);
});
