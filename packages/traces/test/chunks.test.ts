import { gzipSync } from 'node:zlib';
import type { ByteSource } from '@benchbook/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAll, recording } from './support.ts';

const content = new TextEncoder().encode(
  `\ufeff${[
    '{"session":"s","seq":1,"tool":{"name":"t"},"args":{"a":"ä€😀","n":12345678901234567890}}',
    '',
    '{"session":"s","seq":0,"tool":{"name":"t"},"args":{"b":"\\ud800"}}\r',
    '{"broken":',
    '{"tool":{"name":"mcp__x__y"},"args":{},"session":"zwölf"}',
  ].join('\n')}\n`,
);
const document = new TextEncoder().encode(
  JSON.stringify(
    {
      messages: [
        { role: 'assistant', content: [{ type: 'tool_use', id: '1', name: 'ü', input: { a: '€' } }] },
      ],
    },
    null,
    2,
  ),
);

/** The bytes in pieces that end where `cuts` say. */
function pieces(bytes: Uint8Array, cuts: readonly number[]): ByteSource {
  const ends = [...new Set([...cuts.map((cut) => cut % bytes.length), bytes.length])].sort((a, b) => a - b);
  return {
    path: 'rec',
    size: bytes.length,
    async *open() {
      let from = 0;
      for (const to of ends) {
        yield bytes.subarray(from, to);
        from = to;
      }
    },
  };
}

test.each([
  ['lines', content],
  ['a document', document],
  ['gzip', new Uint8Array(gzipSync(content))],
])('where the bytes of %s are split never matters', async (_, bytes) => {
  const whole = await readAll(recording(bytes));
  expect(whole.calls.length).toBe(bytes === document ? 1 : 3);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { maxLength: 20 }), async (cuts) => {
      expect(await readAll(pieces(bytes, cuts))).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

test('one byte at a time', async () => {
  expect(await readAll(recording(content, 'rec', 1))).toEqual(await readAll(recording(content)));
});
