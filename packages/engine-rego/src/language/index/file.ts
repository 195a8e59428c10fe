import type { SourceFile, TextRange } from '@benchbook/model';
import { stringValue, type Token, tokenize } from '../syntax/lexer.ts';
import { type Metadata, readMetadata } from '../syntax/metadata.ts';
import { type Rule, readRule } from '../syntax/rule.ts';
import { cutStatements, type Statement } from '../syntax/statements.ts';

/** One name of a path, with its place. */
export interface PathPart {
  readonly name: string;
  readonly range: TextRange;
}

/** `import data.a.b as c`. */
export interface ImportLine {
  readonly statement: Statement;
  /** The path with its root: `data`, `input`, `rego` or `future`. */
  readonly path: readonly PathPart[];
  readonly alias: PathPart | null;
  /** The name that it gives; '' for keywords (`rego.v1`). */
  readonly name: string;
}

export interface RuleLine {
  readonly statement: Statement;
  readonly rule: Rule;
  /** First segment of its name; '' where it has none. */
  readonly name: string;
  metadata(): Metadata | null;
}

/** What one file says, as far as it can be told. */
export interface RegoFile {
  readonly path: string;
  readonly test: boolean;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly statements: readonly Statement[];
  /** Below `data`; empty where there is none. */
  readonly package: readonly PathPart[];
  readonly imports: readonly ImportLine[];
  readonly rules: readonly RuleLine[];
}

/** Reads a file. What of it is the same as in `before` is taken over. */
export function readFile(source: SourceFile, before: RegoFile | undefined): RegoFile {
  const { path, text } = source;
  const tokens = tokenize(text);
  const statements = cutStatements(tokens, text);
  const known = new Map(before?.rules.map((line) => [line.statement.range.start, line]));
  const same = before ? commonStart(before.text, text) : 0;
  const packageLine = statements.find(({ kind }) => kind === 'package');
  return {
    path,
    test: source.role === 'test',
    text,
    tokens,
    statements,
    package: packageLine ? pathOf(packageLine.tokens.slice(1)) : [],
    imports: statements.filter(({ kind }) => kind === 'import').map(readImport),
    rules: statements
      .filter(({ kind }) => kind === 'rule')
      .map((statement) => {
        const old = known.get(statement.range.start);
        const kept =
          old && statement.range.end < same && old.statement.range.end === statement.range.end
            ? old
            : undefined;
        return kept ?? ruleLine(statement, text);
      }),
  };
}

function commonStart(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) if (a.charCodeAt(at) !== b.charCodeAt(at)) return at;
  return length;
}

function ruleLine(statement: Statement, text: string): RuleLine {
  let rule: Rule | undefined;
  let metadata: Metadata | null | undefined;
  const first = statement.tokens.find(({ text: word }) => word !== 'default');
  return {
    statement,
    get rule() {
      rule ??= readRule(statement);
      return rule;
    },
    name: first?.kind === 'name' ? first.text : '',
    metadata() {
      if (metadata === undefined) metadata = readMetadata(text, statement.comments);
      return metadata;
    },
  };
}

/** The names of a path: `data.a["b c"].d`. */
function pathOf(tokens: readonly Token[]): PathPart[] {
  const parts: PathPart[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind === 'name') {
      if (token.text === 'as' && parts.length > 0 && tokens[at - 1]?.text !== '.') break;
      parts.push({ name: token.text, range: { start: token.start, end: token.end } });
    } else {
      const value = stringValue(token);
      if (value !== undefined) parts.push({ name: value, range: { start: token.start, end: token.end } });
    }
  }
  return parts;
}

function readImport(statement: Statement): ImportLine {
  const path = pathOf(statement.tokens.slice(1));
  const as = statement.tokens.findIndex(({ text }, index) => index > 1 && text === 'as');
  const token = as < 0 ? undefined : statement.tokens[as + 1];
  const alias =
    token?.kind === 'name' ? { name: token.text, range: { start: token.start, end: token.end } } : null;
  const root = path[0]?.name;
  const names = root === 'data' || root === 'input';
  return { statement, path, alias, name: alias?.name ?? (names ? (path.at(-1)?.name ?? '') : '') };
}

/** The rule whose statement or comments hold an offset; else the last one that begins before it. */
export function ruleAt(file: RegoFile, offset: number): RuleLine | undefined {
  let low = 0;
  let high = file.rules.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (file.rules[middle]!.statement.comments.start <= offset) low = middle + 1;
    else high = middle;
  }
  return file.rules[low - 1];
}
