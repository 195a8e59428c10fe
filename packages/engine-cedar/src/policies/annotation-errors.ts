import type { Diagnostic } from '@benchbook/model';

/** Longest key that is shown. */
const MAX_KEY = 60;

/** Gives a parse error about an annotation's key a code of its own and says what to write instead. `text` stands in the file at `offset`. */
export function tellAnnotationError(diagnostic: Diagnostic, text: string, offset: number): Diagnostic {
  const repeated = /^duplicate annotation: @(\w+)/.exec(diagnostic.message)?.[1];
  if (repeated) {
    const key = repeated.slice(0, MAX_KEY);
    const message = `@${key} stands here twice; write it once, its values joined by commas: @${key}("14(1), 14(4)(d)")`;
    return { ...diagnostic, code: 'cedar/duplicate-annotation', message };
  }
  if (!/^unexpected token `[-.]`/.test(diagnostic.message) || !diagnostic.range) return diagnostic;
  const start = diagnostic.range.start - offset;
  const before = /@\w{1,60}$/.exec(text.slice(Math.max(0, start - MAX_KEY - 1), start))?.[0];
  if (before === undefined) return diagnostic;
  const rest = /^[\w.-]{0,60}/.exec(text.slice(start, start + MAX_KEY))?.[0] ?? '';
  const key = `${before}${rest}`;
  const message = `keys of annotations have underscores: write ${key.replaceAll(/[-.]/g, '_')} for ${key}`;
  return { ...diagnostic, code: 'cedar/bad-key', message };
}
