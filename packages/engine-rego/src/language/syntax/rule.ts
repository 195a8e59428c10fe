import type { TextRange } from '@benchbook/model';
import { KEYWORDS } from './keywords.ts';
import { stringValue, type Token } from './lexer.ts';
import type { Statement } from './statements.ts';

/** A step of a reference: `.name`, `["name"]`, or `[x]` with a name of null. */
export interface Step {
  readonly name: string | null;
  /** Of the name or of what stands in the brackets; empty after a dot that nothing follows. */
  readonly range: TextRange;
  readonly dotted: boolean;
}

/** A name with what is asked below it. */
export interface Reference {
  readonly head: Token;
  readonly steps: readonly Step[];
  /** All of it, brackets of a call left out. */
  readonly range: TextRange;
  /** Index, in the statement's tokens, of the head and of what comes after the last step. */
  readonly from: number;
  readonly to: number;
  readonly call: boolean;
  readonly scope: Scope;
  /** Under `not`, or what `with` replaces. */
  readonly negated: boolean;
  readonly target: boolean;
}

/** Where a variable is made. */
export interface Declaration {
  readonly name: string;
  readonly range: TextRange;
  readonly kind: 'argument' | 'local';
  /** What it is given, where that is a reference: itself, or one of its members. */
  readonly value?: { readonly reference: Reference; readonly member: boolean };
}

/** Names that hold within a part of a rule. */
export interface Scope {
  readonly id: number;
  readonly parent: Scope | null;
  readonly range: TextRange;
  readonly names: Map<string, Declaration>;
}

export interface RuleHead {
  readonly default: boolean;
  /** The name and its steps. */
  readonly reference: Reference | null;
  /** Ranges of the arguments; null where it is no function. */
  readonly arguments: readonly TextRange[] | null;
  readonly contains: boolean;
}

/** What a rule's tokens say. */
export interface Rule {
  readonly head: RuleHead;
  readonly references: readonly Reference[];
  readonly scopes: readonly Scope[];
  /** The braces of bodies, the innermost last. */
  readonly bodies: readonly TextRange[];
}

/** Reads a rule's names as far as they can be told; whatever is broken is stepped over. */
export function readRule(statement: Statement): Rule {
  return new Reader(statement).read();
}

class Reader {
  private readonly tokens: readonly Token[];
  private readonly pairs: ReadonlyMap<number, number>;
  private readonly references: Reference[] = [];
  private readonly scopes: Scope[] = [];
  private readonly bodies: TextRange[] = [];
  private depth = 0;
  /** What is read only to look at it leaves nothing behind, and is read one level deep. */
  private looking = false;
  private readonly statement: Statement;

  constructor(statement: Statement) {
    this.statement = statement;
    this.tokens = statement.tokens;
    this.pairs = statement.pairs;
  }

  read(): Rule {
    const clause = this.scope(null, this.statement.range);
    let at = 0;
    // The value of the head sees what its body makes; each `else` has a body of its own.
    const body = this.scope(clause, this.rangeOf(0, this.nextElse(1)));
    const isDefault = this.word(0) === 'default';
    if (isDefault) at++;
    let reference: Reference | null = null;
    let args: TextRange[] | null = null;
    if (this.isHead(at)) {
      reference = this.reference(at, body, false, false, true);
      at = reference.to;
      if (reference.call) {
        const close = this.pairs.get(at) ?? this.tokens.length;
        args = this.split(at + 1, close).map(([from, to]) => this.rangeOf(from, to));
        this.declareAll(at + 1, close, clause, 'argument');
        at = close + 1;
      }
    }
    const contains = this.word(at) === 'contains';
    for (let own = body; at < this.tokens.length; ) {
      const end = this.nextElse(at + 1);
      this.walk(at, end, own, false);
      at = end;
      if (at < this.tokens.length) own = this.scope(clause, this.rangeOf(at, this.nextElse(at + 1)));
    }
    return {
      head: { default: isDefault, reference, arguments: args, contains },
      references: this.references,
      scopes: this.scopes,
      bodies: this.bodies,
    };
  }

  private scope(parent: Scope | null, range: TextRange): Scope {
    const scope = { id: this.scopes.length, parent, range, names: new Map() };
    this.scopes.push(scope);
    return scope;
  }

  private word(index: number): string | undefined {
    return this.tokens[index]?.text;
  }

  private rangeOf(from: number, to: number): TextRange {
    const start = this.tokens[from]?.start ?? this.statement.range.end;
    return { start, end: Math.max(start, this.tokens[to - 1]?.end ?? start) };
  }

  /** End of the range up to what follows, so that the space before a bracket belongs to what is inside. */
  private inner(open: number, close: number): TextRange {
    const start = this.tokens[open]!.end;
    return { start, end: Math.max(start, this.tokens[close]?.start ?? this.statement.range.end) };
  }

  private nextElse(from: number): number {
    for (let index = from; index < this.tokens.length; index++) {
      if (this.word(index) === 'else') return index;
      index = this.skip(index);
    }
    return this.tokens.length;
  }

  /** The partner of an opening bracket, else the token itself. */
  private skip(index: number): number {
    const partner = this.pairs.get(index);
    return partner !== undefined && partner > index ? partner : index;
  }

  /** A name that begins a reference. */
  private isHead(index: number): boolean {
    const token = this.tokens[index];
    if (token?.kind !== 'name') return false;
    const before = this.tokens[index - 1];
    if (before?.text === '.' && before.end === token.start) return false;
    if (!KEYWORDS.has(token.text)) return true;
    // The function of that name.
    return token.text === 'contains' && index > 0 && this.adjacent(index + 1, '(');
  }

  private adjacent(index: number, text: string): boolean {
    const token = this.tokens[index];
    return token?.text === text && this.tokens[index - 1]?.end === token.start;
  }

  private reference(from: number, scope: Scope, negated: boolean, target: boolean, head = false): Reference {
    const steps: Step[] = [];
    let at = from + 1;
    for (;;) {
      if (this.adjacent(at, '.')) {
        const dot = this.tokens[at]!;
        const name = this.tokens[at + 1];
        if (name?.kind === 'name' && name.start === dot.end) {
          steps.push({ name: name.text, range: name, dotted: true });
          at += 2;
          continue;
        }
        steps.push({ name: '', range: { start: dot.end, end: dot.end }, dotted: true });
        at++;
        break;
      }
      if (!this.adjacent(at, '[')) break;
      const close = this.pairs.get(at);
      const only = close === at + 2 ? this.tokens[at + 1] : undefined;
      const value = only && stringValue(only);
      const range = value !== undefined ? only! : this.inner(at, close ?? this.tokens.length);
      steps.push({ name: value ?? null, range: { start: range.start, end: range.end }, dotted: false });
      if (value === undefined) this.walk(at + 1, close ?? this.tokens.length, scope, false);
      at = close === undefined ? this.tokens.length : close + 1;
    }
    const reference: Reference = {
      head: this.tokens[from]!,
      steps,
      range: this.rangeOf(from, at),
      from,
      to: at,
      call: this.adjacent(at, '('),
      scope,
      negated,
      target,
    };
    if (!head) this.references.push(reference);
    return reference;
  }

  /** Walks terms and expressions; `body` where line ends part them. */
  private walk(from: number, to: number, outer: Scope, negated: boolean): void {
    if (this.looking || this.depth > 200) return;
    this.depth++;
    let every: Scope | null = null;
    let not = negated;
    let target = false;
    for (let at = from; at < to; at++) {
      const token = this.tokens[at]!;
      if (token.first || token.text === ';') not = negated;
      const scope = outer;
      if (token.kind === 'name') {
        if (token.text === 'not') not = true;
        else if (token.text === 'with') target = true;
        else if (token.text === 'as') target = false;
        else if (token.text === 'some') at = this.some(at, to, scope);
        else if (token.text === 'every') {
          every = this.scope(scope, this.rangeOf(at, to));
          at = this.every(at, to, scope, every);
        } else if (this.isHead(at)) {
          if (this.declares(at, at, scope)) continue;
          at = this.reference(at, scope, not, target).to - 1;
        }
        continue;
      }
      if (token.text !== '{' && token.text !== '[' && token.text !== '(') continue;
      const close = this.pairs.get(at) ?? to;
      const inside = Math.min(close, to);
      if (token.text === '{') this.bodies.push(this.inner(at, close));
      if (token.text === '{' && every) {
        (every as { range: TextRange }).range = this.inner(at, close);
        this.walk(at + 1, inside, every, not);
        every = null;
      } else if (token.text !== '(' && !this.isBody(at) && this.hasBar(at + 1, inside)) {
        this.walk(at + 1, inside, this.scope(scope, this.inner(at, close)), not);
      } else {
        if (this.word(close + 1) === ':=') this.declares(at, close, scope);
        this.walk(at + 1, inside, scope, not);
      }
      at = inside;
    }
    this.depth--;
  }

  /** `name :=`: a fresh name, or those of a pattern, with what it is given. */
  private declares(from: number, to: number, scope: Scope): boolean {
    if (this.word(to + 1) !== ':=') return false;
    if (from !== to) {
      this.declareAll(from, to, scope, 'local');
      return false;
    }
    const value = this.isHead(to + 2) ? this.peek(to + 2, scope) : undefined;
    this.declare(from, scope, 'local', value && { reference: value, member: false });
    return true;
  }

  /** The reference at an index, where it is the whole value. */
  private peek(at: number, scope: Scope): Reference | undefined {
    const value = this.look(at, scope);
    const next = this.tokens[value.to];
    return next === undefined || next.first || /^[;}\])|]$/.test(next.text) ? value : undefined;
  }

  private look(at: number, scope: Scope): Reference {
    const before = this.looking;
    this.looking = true;
    const value = this.reference(at, scope, false, false, true);
    this.looking = before;
    return value;
  }

  private declare(
    index: number,
    scope: Scope,
    kind: Declaration['kind'],
    value?: Declaration['value'],
  ): void {
    const token = this.tokens[index]!;
    if (token.text === '_' || token.text === 'input' || token.text === 'data') return;
    if (scope.names.has(token.text)) return;
    const range = { start: token.start, end: token.end };
    scope.names.set(token.text, { name: token.text, range, kind, ...(value && { value }) });
  }

  /** All names of a pattern; what is asked below a name is no pattern. */
  private declareAll(from: number, to: number, scope: Scope, kind: Declaration['kind']): void {
    for (let at = from; at < to; at++) {
      if (!this.isHead(at)) continue;
      const plain = !this.adjacent(at + 1, '.') && !this.adjacent(at + 1, '[') && !this.adjacent(at + 1, '(');
      if (plain) this.declare(at, scope, kind);
      else at = this.look(at, scope).to - 1;
    }
  }

  /** `some x, y`, `some x in xs`, `some k, v in xs`; the index of the last token that is read. */
  private some(at: number, to: number, scope: Scope): number {
    const { names, end } = this.declared(at + 1, to);
    const domain = this.word(end) === 'in' ? this.domainOf(end, scope) : undefined;
    names.forEach((name, index) => {
      const member = domain && name.plain && index === names.length - 1;
      this.declareName(name, scope, member ? { reference: domain, member: true } : undefined);
    });
    return end - (this.word(end) === 'in' ? 0 : 1);
  }

  /** `every k, v in xs`: the names hold within the braces that follow. */
  private every(at: number, to: number, scope: Scope, inner: Scope): number {
    const { names, end } = this.declared(at + 1, to);
    const domain = this.word(end) === 'in' ? this.domainOf(end, scope) : undefined;
    names.forEach((name, index) => {
      const member = domain && index === names.length - 1;
      this.declareName(name, inner, member ? { reference: domain, member: true } : undefined);
    });
    return end - (this.word(end) === 'in' ? 0 : 1);
  }

  private declareName(
    name: { from: number; to: number; plain: boolean },
    scope: Scope,
    value: Declaration['value'],
  ): void {
    if (name.plain) this.declare(name.from, scope, 'local', value);
    else this.declareAll(name.from, name.to, scope, 'local');
  }

  private domainOf(index: number, scope: Scope): Reference | undefined {
    if (!this.isHead(index + 1)) return undefined;
    const value = this.look(index + 1, scope);
    return value.call ? undefined : value;
  }

  /** The patterns after `some` or `every`, and the index of what ends them. */
  private declared(
    from: number,
    to: number,
  ): { names: { from: number; to: number; plain: boolean }[]; end: number } {
    const names: { from: number; to: number; plain: boolean }[] = [];
    let at = from;
    while (at < to) {
      const token = this.tokens[at]!;
      const word = token.text;
      if (word === ',' && at > from) {
        at++;
        continue;
      }
      const after = this.tokens[at - 1]?.text === ',' || at === from;
      if (word === 'in' || word === ';' || (token.first && !after) || !after) break;
      const close = this.skip(at);
      names.push({ from: at, to: close + 1, plain: token.kind === 'name' });
      at = close + 1;
    }
    return { names: names.filter(({ from: index }) => !KEYWORDS.has(this.word(index)!)), end: at };
  }

  /** Braces after a head, `if` or `else`: a bar in them joins sets. */
  private isBody(at: number): boolean {
    const before = this.tokens[at - 1];
    if (this.word(at) !== '{' || !before) return false;
    return before.text === 'if' || before.text === 'else' || /^[\])}]$/.test(before.text);
  }

  /** A comprehension has a bar that stands in no brackets of its own. */
  private hasBar(from: number, to: number): boolean {
    for (let at = from; at < to; at++) {
      if (this.word(at) === '|') return true;
      at = this.skip(at);
    }
    return false;
  }

  private split(from: number, to: number): [number, number][] {
    const parts: [number, number][] = [];
    let start = from;
    for (let at = from; at < to && at < this.tokens.length; at++) {
      if (this.word(at) === ',') {
        parts.push([start, at]);
        start = at + 1;
      } else at = this.skip(at);
    }
    const end = Math.min(to, this.tokens.length);
    if (start < end) parts.push([start, end]);
    return parts;
  }
}

/** The nearest declaration of a name, with its scope. */
export function lookUp(name: string, scope: Scope): { declaration: Declaration; scope: Scope } | undefined {
  for (let at: Scope | null = scope; at; at = at.parent) {
    const declaration = at.names.get(name);
    if (declaration) return { declaration, scope: at };
  }
  return undefined;
}
