import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatReference, parseReference } from '../src/index.ts';

test.each([
  ['eu-ai-act@2026-07-27:14(4)(e)', { framework: 'eu-ai-act', edition: '2026-07-27', id: '14(4)(e)' }],
  ['eu_ai_act:Annex IV(2)(a)', { framework: 'eu-ai-act', id: 'Annex IV(2)(a)' }],
  [' owasp-llm@2026 : LLM03 ', { framework: 'owasp-llm', edition: '2026', id: 'LLM03' }],
  ['14(4)(e)', undefined],
  ['eu-ai-act:', undefined],
  ['', undefined],
])('reads %j', (text, reference) => {
  expect(parseReference(text)).toEqual(reference);
});

test('what is written is read back', () => {
  const reference = fc.record({
    framework: fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/),
    edition: fc.stringMatching(/^[\w.-]{1,10}$/),
    id: fc.stringMatching(/^[\w()./]{1,12}$/),
  });
  fc.assert(
    fc.property(reference, (one) => {
      expect(parseReference(formatReference(one))).toEqual(one);
    }),
  );
});
