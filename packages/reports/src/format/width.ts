import { eastAsianWidth } from 'get-east-asian-width';

const combining = /\p{Mn}|\p{Me}/u;

/** Columns that `text` takes in a terminal. Without colour codes: style a text after laying it out. */
export function columns(text: string): number {
  let total = 0;
  for (const character of text) total += characterColumns(character);
  return total;
}

function characterColumns(character: string): number {
  return combining.test(character) ? 0 : eastAsianWidth(character.codePointAt(0)!);
}

/** At most `width` columns of `text`: what is too long loses its middle, since names differ at both ends. */
export function cutMiddle(text: string, width: number): string {
  if (columns(text) <= width) return text;
  if (width <= 1) return width === 1 ? '…' : '';
  const tail = Math.floor((width - 1) / 2);
  const characters = [...text];
  return `${take(characters, width - 1 - tail)}…${take(characters.reverse(), tail, true)}`;
}

/** At most `width` columns of `text`: what is too long loses its end. */
export function cutEnd(text: string, width: number): string {
  return columns(text) <= width ? text : `${take([...text], Math.max(0, width - 1))}…`;
}

function take(characters: readonly string[], width: number, backwards = false): string {
  const taken: string[] = [];
  let used = 0;
  for (const character of characters) {
    used += characterColumns(character);
    if (used > width) break;
    taken.push(character);
  }
  return (backwards ? taken.reverse() : taken).join('');
}

/** `text` with spaces up to `width` columns. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const fill = ' '.repeat(Math.max(0, width - columns(text)));
  return align === 'left' ? text + fill : fill + text;
}

/** Breaks `text` at spaces into lines of at most `width` columns; a longer word is broken where it must be. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
    while (columns(line) > width) {
      const head = take([...line], Math.max(1, width)) || [...line][0]!;
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return [...lines, line];
}
