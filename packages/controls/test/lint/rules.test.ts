import { describe, expect, test } from 'vitest';
import lintRules from '../../catalogs/lint-rules.json' with { type: 'json' };
import { controlRules, lintControls } from '../../src/index.ts';
import { inputOf } from './example.ts';

/** Codes whose findings need the text of a policy, which its engine reads. */
const OF_ENGINES = [
  'cedar/bad-key',
  'cedar/duplicate-annotation',
  'cel/unsupported-key',
  'rego/detached-metadata',
  'rego/non-custom-key',
];

test('every rule of the list is here, with its severity', () => {
  const listed = lintRules.items
    .filter(({ id }) => !OF_ENGINES.includes(id))
    .map(({ id, severity }) => [id, severity])
    .sort();
  expect(controlRules.map(({ code, severity }) => [code, severity]).sort()).toEqual(listed);
  expect(lintRules.items.filter(({ id }) => OF_ENGINES.includes(id))).toHaveLength(OF_ENGINES.length);
});

describe.each(controlRules)('$code', (rule) => {
  test('finds its bad example, and says so', () => {
    const found = lintControls(inputOf(rule.bad)).filter(({ code }) => code === rule.code);
    expect(found.map(({ message }) => message)).toEqual([rule.message]);
    expect(found[0]!.severity).toBe(rule.severity);
    expect(found[0]!.fatal).toBe(undefined);
  });

  test('leaves its good example alone', () => {
    expect(lintControls(inputOf(rule.good)).filter(({ code }) => code === rule.code)).toEqual([]);
  });

  test('its good example is good in the eyes of every other rule', () => {
    const found = lintControls(inputOf(rule.good)).filter(({ severity }) => severity !== 'info');
    expect(found.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  });

  test('says each sentence on one line', () => {
    for (const text of [rule.summary, rule.why, rule.message]) expect(text).toMatch(/^[^\n]+$/);
    expect(rule.summary).toMatch(/\.$/);
    expect(rule.why).toMatch(/\.$/);
  });
});
