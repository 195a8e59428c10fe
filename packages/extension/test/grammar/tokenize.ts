import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { dedent } from '@benchbook/testkit';
import { expect } from 'vitest';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const syntaxes = fileURLToPath(new URL('../../syntaxes/', import.meta.url));
const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
let registry: textmate.Registry | undefined;

/** A piece of a line with its scopes but the root. */
export interface Piece {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly scopes: readonly string[];
}

/** Tokens of a text as VS Code's own tokenizer makes them, by place. */
export async function tokenize(scope: string, text: string): Promise<readonly Piece[]> {
  registry ??= await createRegistry();
  const grammar = await registry.loadGrammar(scope);
  if (grammar === null) throw new Error(`no grammar ${scope}`);
  let stack = textmate.INITIAL;
  return text.split('\n').flatMap((line, index) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    return tokens.map(({ startIndex, endIndex, scopes }) => {
      const end = Math.min(endIndex, line.length);
      return {
        line: index,
        start: startIndex,
        end,
        text: line.slice(startIndex, end),
        scopes: scopes.slice(1),
      };
    });
  });
}

async function createRegistry(): Promise<textmate.Registry> {
  await oniguruma.loadWASM(readFileSync(wasm));
  return new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const path = `${syntaxes}${scope.replace(/^source\./, '')}.tmLanguage.json`;
      return textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
    },
  });
}

/**
 * Checks scopes as marked text: below a line, `~` and carets, then the innermost scope of what stands above them
 * (or several, outermost first), without the language at its end. Each caret group has to be exactly one token,
 * blanks around it aside.
 *
 *     permit (
 *     ~~~~~~ keyword.control.effect
 */
export function checkScopes(scope: string) {
  const language = scope.slice(scope.lastIndexOf('.') + 1);
  return async (strings: TemplateStringsArray, ...values: readonly string[]): Promise<void> => {
    const marked = dedent(Object.assign([...strings.raw], { raw: strings.raw }), ...values);
    const lines = marked.split('\n').filter((line) => !isMark(line));
    const pieces = await tokenize(scope, lines.join('\n'));
    const actual: string[] = [];
    let number = -1;
    for (const line of marked.split('\n')) {
      if (!isMark(line)) {
        actual.push(line);
        number++;
        continue;
      }
      const start = line.indexOf('~');
      const length = /^\s*(~+)/.exec(line)![1]!.length;
      const wanted = line.slice(start + length).trim();
      const found = pieces.filter(
        (one) => one.line === number && one.start < start + length && one.end > start,
      );
      const [piece] = found;
      const exact =
        found.length === 1 &&
        piece !== undefined &&
        piece.text.trim() === lines[number]!.slice(start, start + length);
      const told = exact
        ? piece.scopes
            .slice(-Math.max(1, wanted.split(' ').length))
            .map((one) => withoutLanguage(one, language))
            .join(' ')
        : `not one token: ${found.map((one) => JSON.stringify(one.text)).join(', ')}`;
      actual.push(`${' '.repeat(start)}${'~'.repeat(length)} ${told}`);
    }
    expect(actual.join('\n')).toBe(marked);
  };
}

function isMark(line: string): boolean {
  return /^\s*~+ /.test(line);
}

function withoutLanguage(scope: string, language: string): string {
  return scope.endsWith(`.${language}`) ? scope.slice(0, -language.length - 1) : scope;
}

/** A text with the scopes of each piece below its line, to be looked at. */
export async function drawScopes(scope: string, text: string): Promise<string> {
  const pieces = await tokenize(scope, text);
  return text
    .split('\n')
    .map((line, index) => {
      const told = pieces.filter((piece) => piece.line === index && piece.text.trim() !== '');
      return [
        `|${line}`,
        ...told.map((piece) => `    ${piece.text.trim()}  ${piece.scopes.join(' ')}`.trimEnd()),
      ].join('\n');
    })
    .join('\n');
}
