import type { SemanticToken, TextRange, TokenModifier, TokenType } from '@benchbook/model';
import type { Context } from './context.ts';
import type { RegoFile } from './index/file.ts';
import { KEYWORDS } from './syntax/keywords.ts';

/** What each word of a file is, by place. */
export function tokens(context: Context, file: RegoFile): readonly SemanticToken[] {
  const named = new Map<number, SemanticToken>();
  const put = (range: TextRange, type: TokenType, modifiers: readonly TokenModifier[] = []) => {
    if (range.end > range.start && !named.has(range.start)) {
      named.set(range.start, { range: { start: range.start, end: range.end }, type, modifiers });
    }
  };
  for (const part of file.package) put(part.range, 'namespace', ['declaration']);
  for (const line of file.imports) for (const part of line.path) put(part.range, 'namespace');
  const args = argumentStarts(file);
  for (const one of context.occurrences(file)) {
    const declared: readonly TokenModifier[] = one.declares ? ['declaration'] : [];
    if (one.kind === 'local') put(one.range, args.has(one.key) ? 'parameter' : 'variable', declared);
    else if (one.kind === 'import') put(one.range, 'namespace', declared);
    else if (one.kind === 'builtin') builtin(one.range);
    else if (one.kind === 'rule') {
      put(one.range, isFunction(context, one.key) ? 'function' : 'property', declared);
    } else if (one.kind === 'package') put(one.range, 'namespace', declared);
    else put(one.range, 'property');
  }
  for (const { range, lines } of file.rules.flatMap((rule) => rule.metadata() ?? [])) {
    const at = file.text.indexOf('METADATA', range.start);
    put({ start: at, end: at + 8 }, 'decorator');
    for (const line of lines) if (line.key !== null) put(line.keyRange, 'decorator');
  }
  return collect(file, named);

  function builtin(range: TextRange): void {
    let start = range.start;
    for (const part of file.text.slice(range.start, range.end).split('.')) {
      put({ start, end: start + part.length }, 'function', ['defaultLibrary']);
      start += part.length + 1;
    }
  }
}

/** Keys of variables that are arguments of a function. */
function argumentStarts(file: RegoFile): ReadonlySet<string> {
  const keys = file.rules.flatMap(({ statement, rule }) =>
    [...rule.scopes[0]!.names.keys()].map(
      (name) => `local:${file.path}\0${statement.range.start}\0${0}\0${name}`,
    ),
  );
  return new Set(keys);
}

function isFunction(context: Context, key: string): boolean {
  const path = key.slice('rule:'.length).split('\0');
  const group = context.workspace.rules(path.slice(0, -1)).get(path.at(-1)!);
  return group?.lines.some(({ line }) => line.rule.head.arguments !== null) ?? false;
}

function collect(file: RegoFile, named: ReadonlyMap<number, SemanticToken>): SemanticToken[] {
  const out: SemanticToken[] = [];
  const inComments = [...named.values()]
    .filter(({ type }) => type === 'decorator')
    .sort((a, b) => a.range.start - b.range.start);
  let next = 0;
  for (const token of file.tokens) {
    if (token.kind === 'comment') {
      let at = token.start;
      while (next < inComments.length && inComments[next]!.range.start < token.end) {
        const mark = inComments[next++]!;
        if (mark.range.start > at) out.push(plain({ start: at, end: mark.range.start }, 'comment'));
        out.push(mark);
        at = mark.range.end;
      }
      if (token.end > at) out.push(plain({ start: at, end: token.end }, 'comment'));
      continue;
    }
    const known = named.get(token.start);
    if (known && known.range.end === token.end) out.push(known);
    else if (token.kind === 'number') out.push(plain(token, 'number'));
    else if (token.kind === 'name') out.push(word(token));
    else if (token.kind === 'sign') {
      if (/^(?::=|[=!<>]=|[-+*/%&|=<>])$/.test(token.text)) out.push(plain(token, 'operator'));
    } else if (token.kind !== 'bad') out.push(...perLine(file.text, token));
  }
  return out;
}

function word({ text, start, end }: { text: string; start: number; end: number }): SemanticToken {
  if (KEYWORDS.has(text)) return plain({ start, end }, 'keyword');
  if (text === 'input' || text === 'data')
    return { range: { start, end }, type: 'variable', modifiers: ['defaultLibrary'] };
  return plain({ start, end }, text === '_' ? 'variable' : 'property');
}

function plain({ start, end }: TextRange, type: TokenType): SemanticToken {
  return { range: { start, end }, type, modifiers: [] };
}

/** Raw strings may span lines; tokens may not. */
function perLine(text: string, { start, end }: TextRange): SemanticToken[] {
  const out: SemanticToken[] = [];
  for (const { 0: part, index } of text.slice(start, end).matchAll(/[^\r\n]+/g)) {
    out.push(plain({ start: start + index, end: start + index + part.length }, 'string'));
  }
  return out;
}
