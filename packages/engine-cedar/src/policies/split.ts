import type { TextRange } from '@benchbook/model';
import { commonEnds } from './common-ends.ts';
import { lexFrom, type Token, unescapeString } from './lex.ts';

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

/** A text with its statements. */
export interface SplitText {
  readonly text: string;
  readonly statements: readonly Statement[];
}

/** Cuts a file at its semicolons. Text after the last one is no statement (Cedar reports it). */
export function splitStatements(text: string): Statement[] {
  return splitFrom(text, 0, () => null);
}

/** As {@link splitStatements}; what an edit has left alone is taken over from the text before it. */
export function splitAgain(text: string, previous: SplitText): Statement[] {
  const { prefix, suffix } = commonEnds(previous.text, text);
  const old = previous.statements;
  const by = text.length - previous.text.length;
  let keep = 0;
  while (keep < old.length && old[keep]!.range.end <= prefix) keep++;
  const kept = old.slice(0, keep);
  let next = keep;
  // Behind a semicolon the lexer stands as at the start: equal text gives equal statements.
  const fresh = splitFrom(text, kept.at(-1)?.range.end ?? 0, (end) => {
    if (end < text.length - suffix) return null;
    while (next < old.length && old[next]!.range.end + by < end) next++;
    if (next >= old.length || old[next]!.range.end + by !== end) return null;
    return old.slice(next + 1).map((statement) => moved(statement, by));
  });
  return [...kept, ...fresh];
}

/** `rest`: the statements behind a semicolon's end, where they are known. */
function splitFrom(
  text: string,
  from: number,
  rest: (end: number) => readonly Statement[] | null,
): Statement[] {
  const statements: Statement[] = [];
  let pending: Token[] = [];
  lexFrom(text, from, (token) => {
    pending.push(token);
    if (text[token.start] !== ';' || token.kind !== 'symbol') return true;
    statements.push(statementOf(text, pending));
    pending = [];
    const known = rest(token.end);
    if (known) for (const statement of known) statements.push(statement);
    return known === null;
  });
  return statements;
}

function moved(statement: Statement, by: number): Statement {
  if (by === 0) return statement;
  const move = ({ start, end }: TextRange) => ({ start: start + by, end: end + by });
  const { text, tokens, bodyStart } = statement;
  return {
    text,
    range: move(statement.range),
    tokens,
    annotations: statement.annotations.map(({ key, value, range, valueRange, isPlain }) => ({
      key,
      value,
      range: move(range),
      valueRange: valueRange && move(valueRange),
      isPlain,
    })),
    bodyStart,
  };
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
