import type { Json } from '@benchbook/model';
import { factPath, holdsToolName, type Path } from '../knowledge/input.ts';
import { KEYWORDS } from '../syntax/keywords.ts';
import { stringValue, type Token } from '../syntax/lexer.ts';
import type { Reference, Scope } from '../syntax/rule.ts';
import type { RegoFile, RuleLine } from './file.ts';
import { absoluteOf } from './resolve.ts';
import type { RegoWorkspace } from './workspace.ts';

/** What the verbs look names up in. */
export interface Index {
  readonly workspace: RegoWorkspace;
  readonly builtins: ReadonlyMap<string, unknown>;
  /** `mapping.rego.input`. */
  readonly mapping: Json | undefined;
}

/** A reference that leads below `input`. */
export interface InputRead {
  readonly reference: Reference;
  /** Below `input`. */
  readonly path: Path;
  /** Number of steps that what the head stands for has. */
  readonly before: number;
  /** Into the facts; undefined where the mapping makes it from no fact. */
  readonly facts: Path | undefined;
}

/** What a reference reads of the input; undefined where it reads something else. */
export function inputRead(index: Index, file: RegoFile, reference: Reference): InputRead | undefined {
  const absolute = absoluteOf(index.workspace, file, reference, index.builtins);
  if (absolute?.root !== 'input') return undefined;
  const { path, prefix } = absolute;
  return { reference, path, before: prefix.length, facts: factPath(path, index.mapping) };
}

/** A string that a place of the input is compared with. */
export interface ComparedString {
  readonly token: Token;
  readonly value: string;
  readonly read: InputRead;
  /** The rule body cannot hold unless the comparison does, so far as it stands on its own there. */
  readonly certain: boolean;
}

/** Strings that places of the input are compared with by `==`, `!=`, `=` or `in`, in one clause. */
export function comparedStrings(index: Index, file: RegoFile, line: RuleLine): ComparedString[] {
  const { tokens } = line.statement;
  return line.rule.references.flatMap((reference): ComparedString[] => {
    const after = literalsAfter(line, reference);
    const before = after ? undefined : literalBefore(tokens, reference);
    const found = after ?? before;
    if (!found) return [];
    const read = inputRead(index, file, reference);
    if (!read) return [];
    const certain = found.exact && !reference.negated && !reference.target && alone(line, reference, found);
    return found.tokens.flatMap((token) => {
      const value = stringValue(token);
      return value === undefined ? [] : [{ token, value, read, certain }];
    });
  });
}

interface Literals {
  readonly tokens: readonly Token[];
  /** `==`, `=` or `in`. */
  readonly exact: boolean;
  /** Indexes around the whole comparison. */
  readonly from: number;
  readonly to: number;
}

function literalsAfter(line: RuleLine, { from, to, call }: Reference): Literals | undefined {
  const { tokens, pairs } = line.statement;
  if (call) return undefined;
  const operator = tokens[to]?.text;
  const next = tokens[to + 1];
  if (!next) return undefined;
  if (operator === '==' || operator === '!=' || operator === '=') {
    if (stringValue(next) === undefined) return undefined;
    return { tokens: [next], exact: operator !== '!=', from, to: to + 2 };
  }
  if (operator !== 'in' || (next.text !== '{' && next.text !== '[')) return undefined;
  const close = pairs.get(to + 1) ?? tokens.length;
  const inside = tokens.slice(to + 2, close);
  const plain = inside.every((token) => stringValue(token) !== undefined || token.text === ',');
  return {
    tokens: inside.filter((token) => stringValue(token) !== undefined),
    exact: plain,
    from,
    to: close + 1,
  };
}

function literalBefore(tokens: readonly Token[], { from, to }: Reference): Literals | undefined {
  const operator = tokens[from - 1]?.text;
  const literal = tokens[from - 2];
  if (!literal || (operator !== '==' && operator !== '!=') || stringValue(literal) === undefined)
    return undefined;
  return { tokens: [literal], exact: operator === '==', from: from - 2, to };
}

/** The comparison is an expression of the body by itself. */
function alone({ statement }: RuleLine, reference: Reference, { from, to }: Literals): boolean {
  if (reference.scope.parent?.parent !== null) return false;
  const { tokens, pairs } = statement;
  const before = tokens[from - 1];
  const after = tokens[to];
  const begins = tokens[from]!.first || before === undefined || /^(?:\{|;|if)$/.test(before.text);
  const ends = after === undefined || after.first || after.text === ';' || after.text === '}';
  if (!begins || !ends) return false;
  const around = [...pairs].filter(([open, close]) => open < from && close >= to);
  if (around.length === 0) return true;
  const [open] = around[0]!;
  const opener = tokens[open - 1]?.text;
  return (
    around.length === 1 &&
    tokens[open]!.text === '{' &&
    (opener === 'if' || opener === 'else' || (/[\])}\w]$/.test(opener ?? '') && !KEYWORDS.has(opener!)))
  );
}

/** The tools that a body is about, sorted; empty where it may be any. */
export function toolsOf(index: Index, file: RegoFile, line: RuleLine, scope: Scope): string[] {
  let body: Scope = scope;
  while (body.parent?.parent) body = body.parent;
  const byComparison = new Map<Reference, Set<string>>();
  for (const { read, value, certain } of comparedStrings(index, file, line)) {
    if (!certain || read.reference.scope !== body || !isTool(read)) continue;
    const known = byComparison.get(read.reference) ?? new Set();
    byComparison.set(read.reference, known.add(value));
  }
  const sets = [...byComparison.values()];
  if (sets.length === 0) return [];
  return [...sets[0]!].filter((name) => sets.every((set) => set.has(name))).sort();
}

function isTool({ facts }: InputRead): boolean {
  return facts !== undefined && facts.length === 2 && holdsToolName(facts);
}
