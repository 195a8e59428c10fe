import { dedent } from '../marked.ts';

/** A text with a place in it. */
export interface Cursor {
  readonly text: string;
  readonly offset: number;
}

/** A template tag: {@link dedent}, and the first `|` is the cursor (`\|` is a bar). */
export function withCursor(strings: TemplateStringsArray, ...values: readonly unknown[]): Cursor {
  const marked = dedent(strings, ...values);
  const offset = marked.search(/(?<!\\)\|/);
  if (offset === -1) throw new Error(`no cursor in: ${marked}`);
  const before = marked.slice(0, offset).replaceAll('\\|', '|');
  return { text: before + marked.slice(offset + 1).replaceAll('\\|', '|'), offset: before.length };
}
