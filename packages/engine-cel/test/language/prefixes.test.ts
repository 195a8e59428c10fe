/** Half-typed text: every verb at every prefix of every sample answers, with places inside the text. */
import type { LanguageFeatures, TextRange } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { KNOWN, open, sampleTexts, sources } from './workspace.ts';

/** All ranges in an answer, however deep. */
function rangesIn(value: unknown, found: TextRange[] = []): TextRange[] {
  if (Array.isArray(value)) for (const item of value) rangesIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    const { start, end } = value as { start?: unknown; end?: unknown };
    if (typeof start === 'number' && typeof end === 'number') found.push({ start, end });
    for (const item of Object.values(value)) rangesIn(item, found);
  }
  return found;
}

const samples = sampleTexts();

describe.each(Object.keys(samples))('%s', (path) => {
  test('answers at every prefix', { timeout: 120_000 }, async () => {
    const text = samples[path] ?? '';
    const session = await open({});
    const { language } = session;
    for (let length = 0; length <= text.length; length++) {
      const part = text.slice(0, length);
      session.update({
        files: sources({ ...samples, [path]: part }),
        tools: [],
        agents: [],
        numbers: [],
      });
      const offsets = [length, length >> 1, Math.max(0, length - 7)];
      const answers: unknown[] = offsets.flatMap((offset) => [
        language.complete(path, offset, KNOWN).items.map(({ range }) => range),
        language.hover(path, offset, KNOWN)?.range,
        language.highlights(path, offset),
        language.selections(path, offset),
        language.prepareRename(path, offset),
      ]);
      answers.push(
        language.folding(path),
        language.tokens(path),
        language.symbols(path),
        language.uses(path),
      );
      if (length % 5 === 0) {
        answers.push(...offsets.map((offset) => language.definition(path, offset).filter(isHere)));
        answers.push(...offsets.map((offset) => language.references(path, offset, true).filter(isHere)));
        answers.push(
          ...offsets.map((offset) => {
            const range = { start: offset, end: offset };
            return language.fixes(path, range, [], KNOWN).flatMap(({ edits }) => edits.filter(isHere));
          }),
        );
        answers.push(...offsets.flatMap((offset) => labelsOf(language.signature(path, offset))));
        language.rename(path, length, 'renamed');
        language.format(path);
        expect(
          (await session.snapshot()).diagnostics
            .filter(isHere)
            .filter(({ range }) => !isInside(range, length)),
        ).toEqual([]);
      }
      const wrong = rangesIn(answers).filter((range) => !isInside(range, length));
      expect(wrong, `after ${JSON.stringify(part.slice(-40))}`).toEqual([]);
    }

    function isHere(one: { readonly file: string }): boolean {
      return one.file === path;
    }
  });
});

/** Places of parameters that are none of their label. */
function labelsOf(help: ReturnType<LanguageFeatures['signature']>): TextRange[] {
  return (help?.signatures ?? []).flatMap(({ label, parameters }) =>
    parameters.filter((range) => !isInside(range, label.length)).map(() => ({ start: -1, end: -1 })),
  );
}

test.each(Object.keys(samples))('answers where a line of %s is cut', { timeout: 120_000 }, async (path) => {
  const text = samples[path] ?? '';
  const session = await open({});
  const { language } = session;
  for (let at = 0; at < text.length; at += 3) {
    const end = text.indexOf('\n', at);
    const part = text.slice(0, at) + (end < 0 ? '' : text.slice(end));
    session.update({ files: sources({ ...samples, [path]: part }), tools: [], agents: [], numbers: [] });
    const range = { start: at, end: at };
    const answers = [
      language.complete(path, at, KNOWN).items.map((item) => item.range),
      language.hover(path, at, KNOWN)?.range,
      language.fixes(path, range, [], KNOWN).map(({ edits }) => edits),
      language.tokens(path),
      language.symbols(path),
      language.folding(path),
      language.selections(path, at),
      language.uses(path),
    ];
    const wrong = rangesIn(answers).filter((one) => !isInside(one, part.length));
    expect(wrong, `after ${JSON.stringify(part.slice(Math.max(0, at - 40), at))}`).toEqual([]);
  }
});

function isInside(range: TextRange | null, length: number): boolean {
  return range === null || (range.start >= 0 && range.start <= range.end && range.end <= length);
}
