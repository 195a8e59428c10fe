import { suggest } from '@benchbook/model';
/**
 * Turns cel-js' syntax tree into ours, and refuses what cel-js reads otherwise than CEL's grammar: a wrong reading
 * would be a wrong answer.
 */
import { functionNames, isKnownCall, NAMESPACES } from '../functions/catalog.ts';
import { compilePattern } from '../functions/regex.ts';
import { CelType, CelUint, fitsInt, INT_MAX, type Value } from '../values/index.ts';
import type { BinaryOperator, Expression, MacroName } from './expression.ts';
import type { Issue } from './issue.ts';
import type { SourceText } from './prepare.ts';

/** A node of cel-js' tree; `args` depend on `op`. */
export interface RawNode {
  readonly op: string;
  readonly args: unknown;
  /** Of a field access: where the field's name starts. */
  readonly pos: number;
  readonly start: number;
  readonly end: number;
}

const MAX_DEPTH = 250;
const RELATIONS = new Set(['<', '<=', '>', '>=', 'in']);
const TYPES = new Set([
  'bool',
  'bytes',
  'double',
  'int',
  'list',
  'map',
  'null_type',
  'string',
  'type',
  'uint',
]);

/** Macros by name and number of arguments: how many of these are variables. */
const MACROS: Readonly<Record<string, { readonly macro: MacroName; readonly variables: number }>> = {
  'all/2': { macro: 'all', variables: 1 },
  'exists/2': { macro: 'exists', variables: 1 },
  'exists_one/2': { macro: 'exists_one', variables: 1 },
  'existsOne/2': { macro: 'exists_one', variables: 1 },
  'map/2': { macro: 'map', variables: 1 },
  'map/3': { macro: 'map', variables: 1 },
  'filter/2': { macro: 'filter', variables: 1 },
  'all/3': { macro: 'all', variables: 2 },
  'exists/3': { macro: 'exists', variables: 2 },
  'exists_one/3': { macro: 'exists_one', variables: 2 },
  'existsOne/3': { macro: 'exists_one', variables: 2 },
  'transformList/3': { macro: 'transformList', variables: 2 },
  'transformList/4': { macro: 'transformList', variables: 2 },
  'transformMap/3': { macro: 'transformMap', variables: 2 },
  'transformMap/4': { macro: 'transformMap', variables: 2 },
  'transformMapEntry/3': { macro: 'transformMapEntry', variables: 2 },
  'transformMapEntry/4': { macro: 'transformMapEntry', variables: 2 },
};

/** Converts a tree; what is wrong with it goes to `issues`, and stands in the result as `null`. */
export function convert(root: RawNode, source: SourceText, issues: Issue[]): Expression {
  return new Converter(source, issues).node(root, [], 0);
}

class Converter {
  readonly #source: SourceText;
  readonly #issues: Issue[];
  /** Of each converted node: its text with its own parentheses. */
  readonly #outer = new WeakMap<Expression, { start: number; end: number }>();

  constructor(source: SourceText, issues: Issue[]) {
    this.#source = source;
    this.#issues = issues;
  }

  /** `locals` are the names that macros around this node bind. */
  node(raw: RawNode, locals: readonly string[], depth: number): Expression {
    if (depth > MAX_DEPTH) return this.#refuse(raw, `nested deeper than ${MAX_DEPTH} levels`);
    const expression = this.#convert(raw, locals, depth + 1);
    let outer = { start: expression.start, end: expression.end };
    for (let wider = this.#source.isParenthesized(outer.start, outer.end); wider; ) {
      outer = wider;
      wider = this.#source.isParenthesized(outer.start, outer.end);
    }
    this.#outer.set(expression, outer);
    return expression;
  }

  #convert(raw: RawNode, locals: readonly string[], depth: number): Expression {
    const place = { start: raw.start, end: raw.end };
    switch (raw.op) {
      case 'value':
        return this.#literal(raw);
      case 'id': {
        const name = raw.args as string;
        if (!locals.includes(name) && TYPES.has(name)) {
          return { ...place, kind: 'type', value: new CelType(name) };
        }
        return { ...place, kind: 'name', name };
      }
      case '.':
      case '.?':
        return this.#select(raw, locals, depth);
      case '[]':
      case '[?]': {
        const [operand, index] = this.#nodes(raw.args, locals, depth);
        const start = this.#start(operand as Expression);
        return {
          kind: 'index',
          start,
          end: raw.end,
          operand: operand as Expression,
          index: index as Expression,
          optional: raw.op === '[?]',
        };
      }
      case 'list':
        return { ...place, kind: 'list', items: this.#nodes(raw.args, locals, depth) };
      case 'map':
        return {
          ...place,
          kind: 'map',
          entries: (raw.args as [RawNode, RawNode][]).map(([key, value]) => [
            this.node(key, locals, depth),
            this.node(value, locals, depth),
          ]),
        };
      case 'call':
        return this.#call(raw, locals, depth);
      case 'rcall':
        return this.#method(raw, locals, depth);
      case '?:':
        return this.#conditional(raw, locals, depth);
      case '&&':
      case '||':
        return this.#chain(raw, locals, depth);
      case '!_':
        return this.#unary('not', raw, locals, depth);
      case '-_':
        return this.#negate(raw, locals, depth);
      default:
        return this.#binary(raw, locals, depth);
    }
  }

  #refuse(place: { start: number; end: number }, message: string, code: Issue['code'] = 'cel-unsupported') {
    this.#issues.push({ code, message, start: place.start, end: place.end });
    return { kind: 'literal' as const, value: null, start: place.start, end: place.end };
  }

  #nodes(args: unknown, locals: readonly string[], depth: number): Expression[] {
    return (args as RawNode[]).map((arg) => this.node(arg, locals, depth));
  }

  #start(expression: Expression): number {
    return this.#outer.get(expression)?.start ?? expression.start;
  }

  #end(expression: Expression): number {
    return this.#outer.get(expression)?.end ?? expression.end;
  }

  #isBare(expression: Expression): boolean {
    return this.#start(expression) === expression.start && this.#end(expression) === expression.end;
  }

  #literal(raw: RawNode): Expression {
    const { start, end } = raw;
    const value = raw.args as Value | { valueOf(): bigint };
    if (value instanceof Uint8Array) {
      const bytes = this.#source.bytes.get(start);
      return bytes ? { kind: 'literal', value: bytes, start, end } : this.#misread(raw);
    }
    if (typeof value === 'string' && this.#source.strings.get(start) !== end) return this.#misread(raw);
    if (typeof value === 'bigint' && !fitsInt(value)) {
      return this.#refuse(raw, `integer out of range: ${value}`, 'cel-parse-error');
    }
    const isUint = typeof value === 'object' && value !== null;
    return { kind: 'literal', value: isUint ? new CelUint(value.valueOf() as bigint) : value, start, end };
  }

  #misread(raw: RawNode): Expression {
    return this.#refuse(raw, 'this literal cannot be read reliably here');
  }

  #select(raw: RawNode, locals: readonly string[], depth: number): Expression {
    const [rawOperand, parsedField] = raw.args as [RawNode, string];
    const path = dottedName(raw);
    if (path && !locals.includes(path.split('.')[0] ?? '')) {
      const type = /^google\.protobuf\.(Timestamp|Duration)$/.exec(path);
      if (type) return { kind: 'type', value: new CelType(path), start: raw.start, end: raw.end };
    }
    const field = this.#source.quotedNames.get(raw.pos) ?? parsedField;
    const operand = this.node(rawOperand, locals, depth);
    const optional = raw.op === '.?';
    return { kind: 'select', operand, field, optional, start: this.#start(operand), end: raw.end };
  }

  #negate(raw: RawNode, locals: readonly string[], depth: number): Expression {
    const operand = raw.args as RawNode;
    const isMinimum =
      operand.op === 'value' &&
      operand.args === INT_MAX + 1n &&
      this.#source.text.slice(raw.start + 1, operand.start).trim() === '';
    if (isMinimum) return { kind: 'literal', value: -(INT_MAX + 1n), start: raw.start, end: raw.end };
    return this.#unary('negate', raw, locals, depth);
  }

  /** cel-js ends a negation before the parenthesis that closes its operand. */
  #unary(kind: 'not' | 'negate', raw: RawNode, locals: readonly string[], depth: number): Expression {
    const operand = this.node(raw.args as RawNode, locals, depth);
    return { kind, operand, start: raw.start, end: this.#end(operand) };
  }

  /** `a && b && c` is one node of three operands. */
  #chain(raw: RawNode, locals: readonly string[], depth: number): Expression {
    const rawOperands: RawNode[] = [];
    let left: RawNode = raw;
    while (left.op === raw.op) {
      const [next, right] = left.args as [RawNode, RawNode];
      rawOperands.unshift(right);
      left = next;
    }
    rawOperands.unshift(left);
    const operands = this.#nodes(rawOperands, locals, depth);
    const kind = raw.op === '&&' ? 'and' : 'or';
    return {
      kind,
      operands,
      start: this.#chainStart(operands),
      end: this.#end(operands.at(-1) as Expression),
    };
  }

  /** Where a chain starts: its first operands may stand in parentheses of their own, as in `(a && b) && c`. */
  #chainStart(operands: readonly Expression[]): number {
    let start = this.#start(operands[0] as Expression);
    for (const operand of operands.slice(1, -1)) {
      let wider = this.#source.isParenthesized(start, this.#end(operand));
      while (wider) {
        start = wider.start;
        wider = this.#source.isParenthesized(wider.start, wider.end);
      }
    }
    return start;
  }

  #conditional(raw: RawNode, locals: readonly string[], depth: number): Expression {
    const [test, then, otherwise] = this.#nodes(raw.args, locals, depth) as [
      Expression,
      Expression,
      Expression,
    ];
    if (then.kind === 'conditional' && this.#isBare(then)) {
      this.#refuse(then, 'put parentheses around the conditional between `?` and `:`', 'cel-parse-error');
    }
    const start = this.#start(test);
    return { kind: 'conditional', test, then, otherwise, start, end: this.#end(otherwise) };
  }

  #binary(raw: RawNode, locals: readonly string[], depth: number): Expression {
    const [left, right] = this.#nodes(raw.args, locals, depth) as [Expression, Expression];
    const operator = raw.op as BinaryOperator;
    // cel-js lets `==` bind weaker than `<`; in CEL they are of one rank, read from the left.
    const isEquality = operator === '==' || operator === '!=';
    if (isEquality && right.kind === 'binary' && RELATIONS.has(right.operator) && this.#isBare(right)) {
      this.#refuse(
        right,
        `CEL reads \`a ${operator} b ${right.operator} c\` as \`(a ${operator} b) ${right.operator} c\`: put parentheses`,
      );
    }
    return {
      kind: 'binary',
      operator,
      left,
      right,
      start: this.#start(left),
      end: this.#end(right),
    };
  }

  #call(raw: RawNode, locals: readonly string[], depth: number): Expression {
    const [name, args] = raw.args as [string, RawNode[]];
    if (name === 'has') return this.#has(raw, args, locals, depth);
    return this.#known(raw, name, args.length, this.#nodes(args, locals, depth));
  }

  #has(raw: RawNode, args: readonly RawNode[], locals: readonly string[], depth: number): Expression {
    const [arg] = args;
    if (args.length !== 1 || arg?.op !== '.') {
      return this.#refuse(raw, 'has() takes one field, as in `has(args.amount)`', 'cel-parse-error');
    }
    const [operand, parsedField] = arg.args as [RawNode, string];
    const field = this.#source.quotedNames.get(arg.pos) ?? parsedField;
    return {
      kind: 'has',
      operand: this.node(operand, locals, depth),
      field,
      start: raw.start,
      end: raw.end,
    };
  }

  #method(raw: RawNode, locals: readonly string[], depth: number): Expression {
    const [name, receiver, args] = raw.args as [string, RawNode, RawNode[]];
    const namespace = receiver.op === 'id' ? (receiver.args as string) : '';
    if (namespace === 'cel' && !locals.includes('cel')) return this.#bind(raw, name, args, locals, depth);
    if (Object.hasOwn(NAMESPACES, namespace) && !locals.includes(namespace)) {
      return this.#known(raw, `${namespace}.${name}`, args.length, this.#nodes(args, locals, depth));
    }
    const macro = Object.hasOwn(MACROS, `${name}/${args.length}`)
      ? MACROS[`${name}/${args.length}`]
      : undefined;
    const operand = this.node(receiver, locals, depth);
    const start = this.#start(operand);
    if (!macro) {
      const all = [operand, ...this.#nodes(args, locals, depth)];
      return { ...this.#known(raw, `.${name}`, args.length, all), start };
    }
    const variables = args.slice(0, macro.variables).map((arg) => this.#variable(arg));
    const inner = [...locals, ...variables];
    return {
      kind: 'macro',
      macro: macro.macro,
      range: operand,
      variables,
      args: this.#nodes(args.slice(macro.variables), inner, depth),
      start,
      end: raw.end,
    };
  }

  #variable(arg: RawNode): string {
    if (arg.op === 'id') return arg.args as string;
    this.#refuse(arg, 'a macro needs a plain name for its variable', 'cel-parse-error');
    return '@none';
  }

  #bind(
    raw: RawNode,
    name: string,
    args: readonly RawNode[],
    locals: readonly string[],
    depth: number,
  ): Expression {
    const [variable, value, body] = args;
    if (name !== 'bind' || args.length !== 3 || !variable || !value || !body) {
      return this.#refuse(raw, `unknown function cel.${name}`, 'cel-type-error');
    }
    const bound = this.#variable(variable);
    return {
      kind: 'bind',
      variable: bound,
      value: this.node(value, locals, depth),
      body: this.node(body, [...locals, bound], depth),
      start: raw.start,
      end: raw.end,
    };
  }

  #known(raw: RawNode, name: string, count: number, args: Expression[]): Expression {
    const place = { start: raw.start, end: raw.end };
    if (!isKnownCall(name, count)) {
      const names = functionNames();
      const shown = name.replace(/^\./, '');
      if (names.includes(name)) return this.#refuse(raw, `${shown}() does not take ${count} argument(s)`);
      const near = suggest(name, names);
      const hint = near ? `; did you mean ${near.replace(/^\./, '')}?` : '';
      return this.#refuse(raw, `unknown function ${shown}()${hint}`, 'cel-type-error');
    }
    if (name.endsWith('matches')) this.#checkPattern(args.at(-1));
    return { ...place, kind: 'call', name, args };
  }

  #checkPattern(pattern: Expression | undefined): void {
    if (pattern?.kind !== 'literal' || typeof pattern.value !== 'string') return;
    const compiled = compilePattern(pattern.value);
    if (typeof compiled === 'string') {
      this.#refuse(pattern, `not a regular expression (RE2): ${compiled}`, 'cel-type-error');
    }
  }
}

/** `a.b.c` for a chain of plain names. */
function dottedName(raw: RawNode): string | null {
  if (raw.op === 'id') return raw.args as string;
  if (raw.op !== '.') return null;
  const [operand, field] = raw.args as [RawNode, string];
  const path = dottedName(operand);
  return path === null ? null : `${path}.${field}`;
}
