import { Cursor } from '../syntax/cursor.ts';
import { type EditorToken, editorTokens } from '../syntax/lexer.ts';
import type { Name, Path } from '../syntax/tree.ts';
import type { ActionRef, AttributeNode, Declaration, NamespaceNode, SchemaTree, TypeNode } from './tree.ts';

const MAX_DEPTH = 60;
const STARTS: ReadonlySet<string> = new Set(['entity', 'action', 'type', 'namespace']);

/** Reads a `.cedarschema` file. Never fails: what it does not understand it passes over. */
export function parseSchema(text: string): SchemaTree {
  return new SchemaParser(text).run();
}

class SchemaParser {
  readonly #cursor: Cursor;
  readonly #comments: ReadonlyMap<number, string>;
  readonly #declarations: Declaration[] = [];
  readonly #namespaces: NamespaceNode[] = [];

  constructor(text: string) {
    const tokens = editorTokens(text);
    this.#cursor = new Cursor(text, tokens);
    this.#comments = commentsAbove(text, tokens);
  }

  run(): SchemaTree {
    while (!this.#cursor.isDone) this.#body('');
    return { declarations: this.#declarations, namespaces: this.#namespaces };
  }

  /** Up to the end, or to the brace that ends a namespace. */
  #body(namespace: string): void {
    const cursor = this.#cursor;
    while (!cursor.isDone) {
      if (cursor.word() === '}' && namespace) return;
      const start = cursor.range().start;
      const doc = this.#annotations() || (this.#comments.get(start) ?? '');
      switch (cursor.word()) {
        case 'namespace':
          if (namespace) return;
          this.#namespace(start);
          break;
        case 'entity':
          this.#entity(namespace, start, doc);
          break;
        case 'action':
          this.#action(namespace, start, doc);
          break;
        case 'type':
          this.#common(namespace, start, doc);
          break;
        default:
          cursor.skip();
      }
    }
  }

  #annotations(): string {
    const cursor = this.#cursor;
    let doc = '';
    while (cursor.word() === '@') {
      cursor.skip();
      const key = cursor.kind() === 'word' ? cursor.name().text : '';
      if (!cursor.take('(')) continue;
      if (cursor.kind() === 'string') {
        const { value } = cursor.string();
        if (key === 'doc') doc = value;
      }
      cursor.expect(')');
    }
    return doc;
  }

  #namespace(start: number): void {
    const cursor = this.#cursor;
    cursor.skip();
    if (cursor.kind() !== 'word') return;
    const name = cursor.path();
    cursor.expect('{');
    this.#body(name.parts.map(({ text }) => text).join('::'));
    cursor.expect('}');
    this.#namespaces.push({ name, range: { start, end: cursor.end } });
  }

  #entity(namespace: string, start: number, doc: string): void {
    const cursor = this.#cursor;
    cursor.skip();
    const names = this.#names();
    const ids: Name[] = [];
    let memberOf: Path[] = [];
    let shape: TypeNode | null = null;
    let tags: TypeNode | null = null;
    if (cursor.take('enum')) ids.push(...this.#bracketed(() => this.#nameOrString()));
    if (cursor.take('in')) memberOf = this.#paths();
    if (cursor.take('=') || cursor.word() === '{') shape = this.#type(0);
    if (cursor.take('tags')) tags = this.#type(0);
    const range = this.#finish(start);
    this.#declarations.push({ kind: 'entity', namespace, names, range, doc, memberOf, shape, tags, ids });
  }

  #action(namespace: string, start: number, doc: string): void {
    const cursor = this.#cursor;
    cursor.skip();
    const names = this.#names();
    const memberOf: ActionRef[] = [];
    if (cursor.take('in')) {
      if (cursor.word() === '[') memberOf.push(...this.#bracketed(() => this.#actionRef()));
      else {
        const one = this.#actionRef();
        if (one) memberOf.push(one);
      }
    }
    const appliesTo = cursor.take('appliesTo') ? this.#appliesTo() : null;
    const range = this.#finish(start);
    this.#declarations.push({ kind: 'action', namespace, names, range, doc, memberOf, appliesTo });
  }

  #appliesTo() {
    const cursor = this.#cursor;
    const found = { principal: [] as Path[], resource: [] as Path[], context: null as TypeNode | null };
    if (!cursor.take('{')) return found;
    while (cursor.kind() === 'word') {
      const key = cursor.name().text;
      cursor.take(':');
      if (key === 'principal') found.principal = this.#paths();
      else if (key === 'resource') found.resource = this.#paths();
      else if (key === 'context') found.context = this.#type(0);
      else break;
      if (!cursor.take(',')) break;
    }
    cursor.take('}');
    return found;
  }

  #common(namespace: string, start: number, doc: string): void {
    const cursor = this.#cursor;
    cursor.skip();
    const names = cursor.kind() === 'word' ? [cursor.name()] : [];
    cursor.take('=');
    const type = this.#type(0);
    this.#declarations.push({ kind: 'type', namespace, names, range: this.#finish(start), doc, type });
  }

  #type(depth: number): TypeNode | null {
    const cursor = this.#cursor;
    if (depth > MAX_DEPTH) return null;
    const { start } = cursor.range();
    if (cursor.word() === '{') {
      cursor.skip();
      const attributes: AttributeNode[] = [];
      while (cursor.kind() === 'word' || cursor.kind() === 'string' || cursor.word() === '@') {
        const doc = this.#comments.get(cursor.range().start) ?? '';
        const said = this.#annotations();
        const name = this.#nameOrString();
        if (!name) break;
        const optional = cursor.take('?') !== null;
        const type = cursor.take(':') ? this.#type(depth + 1) : null;
        attributes.push({ name, optional, type, doc: said || doc });
        if (!cursor.take(',')) break;
      }
      cursor.take('}');
      return { kind: 'record', attributes, range: { start, end: cursor.end } };
    }
    if (cursor.kind() !== 'word') return null;
    const path = cursor.path();
    if (path.parts[0]!.text !== 'Set' || !cursor.take('<')) return { kind: 'path', path, range: path.range };
    const element = this.#type(depth + 1);
    cursor.take('>');
    return { kind: 'set', element, range: { start, end: cursor.end } };
  }

  #names(): Name[] {
    const names: Name[] = [];
    for (;;) {
      if (STARTS.has(this.#cursor.word()) && names.length) return names;
      const name = this.#nameOrString();
      if (name) names.push(name);
      if (!this.#cursor.take(',')) return names;
    }
  }

  #nameOrString(): Name | null {
    const cursor = this.#cursor;
    if (cursor.kind() === 'word') return cursor.name();
    if (cursor.kind() !== 'string') return null;
    const { value, inner } = cursor.string();
    return { text: value, range: inner };
  }

  #actionRef(): ActionRef | null {
    const cursor = this.#cursor;
    if (cursor.kind() === 'string') return { type: null, name: this.#nameOrString()! };
    if (cursor.kind() !== 'word') return null;
    const path = cursor.path();
    if (cursor.kind() === 'string' && path.parts.length > 0 && cursor.text[path.range.end - 1] === ':')
      return { type: path, name: this.#nameOrString()! };
    return { type: null, name: path.parts.at(-1)! };
  }

  #paths(): Path[] {
    const cursor = this.#cursor;
    if (cursor.word() === '[')
      return this.#bracketed(() => (cursor.kind() === 'word' ? cursor.path() : null));
    return cursor.kind() === 'word' ? [cursor.path()] : [];
  }

  #bracketed<T>(read: () => T | null): T[] {
    const found: T[] = [];
    if (!this.#cursor.take('[')) return found;
    for (;;) {
      const one = read();
      if (one) found.push(one);
      if (!this.#cursor.take(',')) break;
    }
    this.#cursor.take(']');
    return found;
  }

  /** To the `;`, or before what can only begin the next declaration. */
  #finish(start: number) {
    const cursor = this.#cursor;
    while (!cursor.isDone && cursor.word() !== ';') {
      const isNext = STARTS.has(cursor.word()) && cursor.kind(1) !== null && cursor.kind(1) !== 'symbol';
      if (isNext || cursor.word() === '@' || cursor.word() === '}') break;
      cursor.skip();
    }
    cursor.take(';');
    return { start, end: Math.max(cursor.end, start) };
  }
}

/** By offset of the token below: the text of the comment lines directly above it. */
function commentsAbove(text: string, tokens: readonly EditorToken[]): Map<number, string> {
  const found = new Map<number, string>();
  let lines: string[] = [];
  let end = 0;
  for (const token of tokens) {
    const gap = text.slice(end, token.start);
    if ((gap.match(/\n/g) ?? []).length > 1) lines = [];
    if (token.kind === 'comment') {
      // Behind other text on its line it says something of that.
      const isAlone = end === 0 || gap.includes('\n');
      if (isAlone) lines.push(text.slice(token.start + 2, token.end).trim());
    } else {
      if (lines.length) found.set(token.start, lines.join(' '));
      lines = [];
    }
    end = token.end;
  }
  return found;
}
