import { textDocument } from '@benchbook/model';
import { expect, test } from 'vitest';
import { controlsOf } from '../src/sets/controls.ts';
import { readIds } from '../src/sets/label.ts';

test.each([
  ['14(1), 14(4)(d)', '14(1) | 14(4)(d)'],
  ['ASI05 Unexpected Code Execution, ASI01', 'ASI05=Unexpected Code Execution | ASI01'],
  ['ASI05 "Unexpected, and Code Execution"', 'ASI05=Unexpected, and Code Execution'],
  ['15(1) Accuracy, robustness and cybersecurity', '15(1)=Accuracy, robustness and cybersecurity'],
  ['GOVERN 1.2', 'GOVERN 1.2'],
  ['GOVERN 1.2 Trustworthy characteristics', 'GOVERN 1.2=Trustworthy characteristics'],
  ['Annex III(5)(b), Annex IV', 'Annex III(5)(b) | Annex IV'],
  ['Annex IV Technical documentation', 'Annex IV=Technical documentation'],
  ['A.9.4 - Intended use', 'A.9.4=Intended use'],
  ['15(5)/1', '15(5)/1'],
  ['ASI05: Unexpected Code Execution', 'ASI05=Unexpected Code Execution'],
  ['2025:LLM06', '2025:LLM06'],
  ['14 (4)(d)', '14 (4)(d)'],
  ['desk manual', 'desk manual'],
  ['desk manual "The rules"', 'desk manual=The rules'],
  ['', ''],
])('%j', (text, expected) => {
  const ids = readIds(text).map(({ id, label }) => (label === '' ? id : `${id}=${label}`));
  expect(ids.join(' | ')).toBe(expected);
});

/** What a chain of notes says, the closest first; each stands in a file of its own. */
function read(...customs: ({ [key: string]: unknown } | null)[]): string {
  const text = '# METADATA\n# custom:\n#   controls: none\n';
  const notes = customs.map((custom, index) => {
    return {
      scope: 'rule',
      file: `${index}.rego`,
      offset: 0,
      end: text.length,
      title: '',
      entrypoint: false,
      custom,
    };
  });
  const { controls, exemption } = controlsOf(notes, () => textDocument(text));
  const tags = controls.map(({ framework, edition, id }) => `${framework}@${edition}:${id}`);
  if (!exemption) return tags.join(' ');
  const { reason, file, range } = exemption;
  return `${tags.join(' ')} none: ${JSON.stringify(reason)} in ${file} at ${text.slice(range.start, range.end)}`.trim();
}

test('an opt-out stands where the author wrote it, against what is said further out', () => {
  const outer = { controls: { 'eu-ai-act@2026-07-27': ['14(1)'] } };
  expect(read({ controls: 'none' }, outer)).toBe('none: "" in 0.rego at none');
  expect(read({ controls: { none: ' plumbing ' } }, outer)).toBe('none: "plumbing" in 0.rego at none');
  expect(read({ controls: 'none: only\na helper' })).toBe('none: "only\\na helper" in 0.rego at none');
  expect(read({ controls: { none: null } })).toBe('none: "" in 0.rego at none');
  expect(read(null, {}, { controls: 'none' })).toBe('none: "" in 2.rego at none');
  expect(read(outer, { controls: 'none' })).toBe('eu-ai-act@2026-07-27:14(1)');
  expect(read({ controls: 'nonetheless' }, outer)).toBe('eu-ai-act@2026-07-27:14(1)');
  expect(read({ controls: ['none'] })).toBe('');
});
