/**
 * Text from recordings and policies, made harmless for a terminal: what would move the cursor, change colours,
 * reorder or hide text is written out, so that one value stays in one place on one line.
 */

const names: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Controls (C0, DEL, C1), format characters (bidi, zero width), line separators, lone surrogates. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;

/** What build services take for a command wherever it stands on a line: `##[error]`, `##vso[...]`. */
const serviceCommand = /##(?=\w*\[)/g;

/** `text` with every unsafe character as `\n`, `\x1b` or `\u{202e}`, and no command to a build service in it. */
export function visible(text: string): string {
  return text
    .replace(unsafe, (character) => names[character] ?? escapeCode(character.codePointAt(0)!))
    .replace(serviceCommand, '\\x23#');
}

/** A line that is laid out already, so that GitHub's runner takes none for a workflow command (`::error::`). */
export function inertLine(line: string): string {
  return line.replace(/^(\s*)::/, '$1\\x3a:');
}

function escapeCode(code: number): string {
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}
