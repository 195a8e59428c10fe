import type { TextRange } from '@benchbook/model';
import { lex, type Token, unescapeString } from './lex.ts';

/** `@key("value")`; a bare `@key` has the value ''. */
export interface Annotation {
  readonly key: string;
  readonly value: string;
  /** From `@` to the closing parenthesis, in the file. */
  readonly range: TextRange;
  /** Inside the quotes, in the file; null for a bare key. */
  readonly valueRange: TextRange | null;
  /** The text inside the quotes equals `value`: offsets into one are offsets into the other. */
  readonly isPlain: boolean;
}

/** One policy or template of a file, from its first annotation to its `;`. */
export interface Statement {
  readonly text: string;
  readonly range: TextRange;
  /** Tokens with offsets relative to `text`. */
  readonly tokens: readonly Token[];
  readonly annotations: readonly Annotation[];
  /** Index in `tokens` of the first token after the annotations. */
  readonly bodyStart: number;
}

/** Cuts a file at its semicolons. Text after the last one is no statement (Cedar reports it). */
export function splitStatements(text: string): Statement[] {
  const statements: Statement[] = [];
  let pending: Token[] = [];
  for (const token of lex(text)) {
    pending.push(token);
    if (text[token.start] !== ';' || token.kind !== 'symbol') continue;
    statements.push(statementOf(text, pending));
    pending = [];
  }
  return statements;
}

function statementOf(fileText: string, tokens: readonly Token[]): Statement {
  const start = tokens[0]!.start;
  const end = tokens.at(-1)!.end;
  const text = fileText.slice(start, end);
  const relative = tokens.map((token) => ({
    kind: token.kind,
    start: token.start - start,
    end: token.end - start,
  }));
  const { annotations, next } = annotationsOf(text, relative, start);
  return { text, range: { start, end }, tokens: relative, annotations, bodyStart: next };
}

function annotationsOf(text: string, tokens: readonly Token[], offset: number) {
  const annotations: Annotation[] = [];
  const is = (index: number, symbol: string) => {
    const token = tokens[index];
    return token !== undefined && text.slice(token.start, token.end) === symbol;
  };
  let at = 0;
  while (is(at, '@') && tokens[at + 1]?.kind === 'word') {
    const name = tokens[at + 1]!;
    const literal = tokens[at + 3];
    const hasValue = is(at + 2, '(') && literal?.kind === 'string' && is(at + 4, ')');
    const last = hasValue ? at + 4 : at + 1;
    const raw = hasValue ? text.slice(literal.start + 1, literal.end - 1) : '';
    const value = unescapeString(raw);
    annotations.push({
      key: text.slice(name.start, name.end),
      value,
      range: { start: offset + tokens[at]!.start, end: offset + tokens[last]!.end },
      valueRange: hasValue ? { start: offset + literal.start + 1, end: offset + literal.end - 1 } : null,
      isPlain: value === raw,
    });
    at = last + 1;
  }
  return { annotations, next: at };
}

/** The value of annotation `key`, or undefined. */
export function annotationValue(statement: Statement, key: string): string | undefined {
  return statement.annotations.find((annotation) => annotation.key === key)?.value;
}
