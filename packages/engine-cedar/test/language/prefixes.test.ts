import type { TextRange } from '@benchbook/model';
import { expect, test } from 'vitest';
import { openSession, sourceFiles } from '../support.ts';
import { KNOWN, sampleFiles } from './verbs.ts';

/** Every range of plain data below `value`. */
function* rangesIn(value: unknown): Generator<TextRange> {
  if (typeof value !== 'object' || value === null) return;
  if ('start' in value && 'end' in value && typeof value.start === 'number' && typeof value.end === 'number')
    yield { start: value.start, end: value.end };
  for (const member of Object.values(value)) yield* rangesIn(member);
}

async function walk(path: string, text: string, schema: string | null, step: number) {
  const session = await openSession();
  const verbs = session.language;
  const others = schema === null ? {} : { 's.cedarschema': schema };
  let answers = 0;
  for (let length = 0; length <= text.length; length += step) {
    const typed = text.slice(0, length);
    const files = sourceFiles({ ...others, [path]: typed });
    session.update({ files, tools: [], agents: [], numbers: [] });
    const offsets = [length, Math.max(0, length - 1), Math.max(0, length - 7), length >> 1];
    const found: unknown[] = [verbs.folding!(path), verbs.uses!(path)];
    if (length % (step * 5) === 0) found.push(verbs.symbols!(path), verbs.tokens!(path));
    for (const offset of offsets)
      found.push(
        verbs.complete!(path, offset, KNOWN).items.map(({ range }) => range),
        verbs.hover!(path, offset, KNOWN)?.range,
        verbs.highlights!(path, offset),
        verbs.prepareRename!(path, offset),
        verbs.selections!(path, offset),
        verbs.fixes!(path, { start: offset, end: offset }, [], KNOWN).map(({ diagnostic }) => diagnostic),
        verbs.definition!(path, offset).filter(({ file }) => file === path),
        verbs.references!(path, offset, true).filter(({ file }) => file === path),
      );
    verbs.signature!(path, length);
    if (length % (step * 20) === 0)
      found.push((await session.snapshot()).diagnostics.filter(({ file }) => file === path));
    for (const range of rangesIn(found)) {
      answers++;
      if (!(0 <= range.start && range.start <= range.end && range.end <= length))
        throw new Error(`${path} at ${length}: ${range.start}..${range.end}`);
    }
  }
  return answers;
}

test.for([...sampleFiles('.cedar')])('every prefix of %s', { timeout: 120_000 }, async ([path, text]) => {
  const schema = [...sampleFiles('.cedarschema')].find(
    ([one]) => one.split('/')[0] === path.split('/')[0],
  )![1];
  // Each prefix gives at least a selection or a completion.
  expect(await walk('a.cedar', text, schema, 1)).toBeGreaterThan(text.length);
});

test.for([...sampleFiles('.cedarschema')])('every prefix of %s', { timeout: 120_000 }, async ([, text]) => {
  expect(await walk('s.cedarschema', text, null, 3)).toBeGreaterThan(text.length / 3);
});
