import { describe, expect, test } from 'vitest';
import { afterLastLine } from '../src/evaluate/last-line.ts';
import { escapeMarkdown, resultText } from '../src/evaluate/result-text.ts';

describe('a line added to a recording', () => {
  test.each([
    ['', 'new\n'],
    ['a\n', 'a\nnew\n'],
    ['a', 'a\nnew\n'],
    ['a\r\nb\r\n', 'a\r\nb\r\nnew\r\n'],
    ['a\n\n\n', 'a\nnew\n\n\n'],
    ['\n', '\nnew\n'],
  ])('%j becomes %j', (before, expected) => {
    const { offset, newText, lineStart } = afterLastLine(before, 'new');
    const after = before.slice(0, offset) + newText + before.slice(offset);
    expect(after).toBe(expected);
    expect(after.slice(lineStart, lineStart + 3)).toBe('new');
  });
});

describe('a result', () => {
  test('holds what the server tells', () => {
    const evaluation = {
      outcome: 'deny',
      basis: 'determined',
      determining: [],
      reasons: [],
      errors: [],
      missing: [],
      policies: [],
      conditions: [],
    } as const;
    expect(resultText('Call s1#3', { evaluation, markdown: '**deny**' })).toBe('# Call s1\\#3\n\n**deny**\n');
  });

  test('says why there is none', () => {
    expect(resultText('input.json', { refused: 'not JSON: <b>' })).toBe(
      '# input\\.json\n\n**Not evaluated.** not JSON\\: &lt;b\\>\n',
    );
  });

  test('text from recordings stays text', () => {
    expect(escapeMarkdown('[x](command:evil)\n<img src=x> `a` &amp;')).toBe(
      '\\[x\\]\\(command\\:evil\\) &lt;img src=x\\> \\`a\\` &amp;amp;',
    );
  });
});
