/** Writing Cedar's own syntax. */

/** Words that are no names. */
export const RESERVED: ReadonlySet<string> = new Set([
  ...['true', 'false', 'if', 'then', 'else', 'in', 'is', 'like', 'has', '__cedar'],
]);

/** A string literal. Lone surrogates have no place in Cedar and are replaced. */
export function cedarString(text: string): string {
  const escaped = text.toWellFormed().replaceAll(/["\\\p{Cc}\p{Zl}\p{Zp}]/gu, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    return `\\u{${character.codePointAt(0)!.toString(16)}}`;
  });
  return `"${escaped}"`;
}

/** An attribute's name: bare where it is an identifier, else quoted. */
export function attributeName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !RESERVED.has(name) ? name : cedarString(name);
}

/** One line of a comment, however its text was written. */
export function commentLine(text: string, indent = ''): string {
  const words = text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  const cut =
    words.length > 100
      ? `${words
          .slice(0, 97)
          .toWellFormed()
          .replace(/\uFFFD$/, '')}...`
      : words;
  return `${indent}// ${cut}`;
}
