import { type Json, type JsonObject, MAX_JSON_DEPTH, setOwn } from '@benchbook/model';

/** A set while it is still told from an array. */
class RegoSet {
  readonly items: Node[];

  constructor(items: Node[]) {
    this.items = items;
  }
}

/** An object whose keys may be any value, in Rego's order of keys. */
class RegoObject {
  readonly members: (readonly [Node, Node])[];

  constructor(members: (readonly [Node, Node])[]) {
    this.members = members;
  }
}

type Node = null | boolean | number | bigint | string | Node[] | RegoSet | RegoObject;

/**
 * Reads a Rego literal as both lanes print it and gives it as OPA answers in JSON: sets as arrays in Rego's order,
 * keys that are no strings as their JSON text, integers beyond 2^53 as bigint.
 */
export function readRego(text: string): Json {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return toJson(value);
}

const PLAIN = /[-+.\deE]+|true|false|null|set\(\)/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;

class Reader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  value(depth: number): Node {
    if (depth > MAX_JSON_DEPTH * 2) throw new Error('a value nests too deep');
    this.space();
    switch (this.text[this.at]) {
      case '"':
        return JSON.parse(this.match(STRING)) as string;
      case '[':
        return this.list(']', depth);
      case '{':
        return this.braces(depth);
      default:
        return scalar(this.match(PLAIN));
    }
  }

  end(): void {
    this.space();
    if (this.at !== this.text.length) throw new Error(`unexpected text after a value at ${this.at}`);
  }

  private list(close: string, depth: number): Node[] {
    const items: Node[] = [];
    this.at++;
    while (!this.closes(close)) {
      if (items.length > 0) this.expect(',');
      items.push(this.value(depth + 1));
    }
    return items;
  }

  private braces(depth: number): RegoSet | RegoObject {
    this.at++;
    if (this.closes('}')) return new RegoObject([]);
    const first = this.value(depth + 1);
    if (!this.closes(':')) {
      const items = [first];
      while (!this.closes('}')) {
        this.expect(',');
        items.push(this.value(depth + 1));
      }
      return new RegoSet(items.sort(compare));
    }
    const members: [Node, Node][] = [[first, this.value(depth + 1)]];
    while (!this.closes('}')) {
      this.expect(',');
      const key = this.value(depth + 1);
      this.expect(':');
      members.push([key, this.value(depth + 1)]);
    }
    return new RegoObject(members.sort((a, b) => compare(a[0], b[0])));
  }

  private space(): void {
    while (this.at < this.text.length && this.text.charCodeAt(this.at) <= 32) this.at++;
  }

  private closes(char: string): boolean {
    this.space();
    if (this.text[this.at] !== char) return false;
    this.at++;
    return true;
  }

  private expect(char: string): void {
    if (!this.closes(char)) throw new Error(`expected ${char} in a value at ${this.at}`);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) throw new Error(`unreadable value at ${this.at}`);
    this.at += found[0].length;
    return found[0];
  }
}

function scalar(token: string): Node {
  if (token === 'true') return true;
  if (token === 'false') return false;
  if (token === 'null') return null;
  if (token === 'set()') return new RegoSet([]);
  const number = Number(token);
  return /^-?\d+$/.test(token) && !Number.isSafeInteger(number) ? BigInt(token) : number;
}

/** Rego's order: null, booleans, numbers, strings by code point, arrays, objects, sets. */
function compare(a: Node, b: Node): number {
  const byType = rank(a) - rank(b);
  if (byType !== 0) return byType;
  if (typeof a === 'string') return compareText(a, b as string);
  if (Array.isArray(a)) return compareLists(a, b as Node[]);
  if (a instanceof RegoSet) return compareLists(a.items, (b as RegoSet).items);
  if (a instanceof RegoObject) return compareObjects(a, b as RegoObject);
  return a === b ? 0 : (a as number) < (b as number) ? -1 : 1;
}

function rank(value: Node): number {
  if (value === null) return 0;
  if (typeof value === 'boolean') return 1;
  if (typeof value === 'string') return 3;
  if (typeof value !== 'object') return 2;
  if (Array.isArray(value)) return 4;
  return value instanceof RegoObject ? 5 : 6;
}

/** By code point, as UTF-8 bytes sort: UTF-16 units sort surrogates before U+E000. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return pointAt(a, i) - pointAt(b, i);
  }
  return a.length - b.length;
}

function pointAt(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  const isLow = unit >= 0xdc00 && unit < 0xe000 && index > 0;
  return text.codePointAt(isLow ? index - 1 : index) ?? 0;
}

function compareLists(a: readonly Node[], b: readonly Node[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compare(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareObjects(a: RegoObject, b: RegoObject): number {
  for (let i = 0; i < a.members.length && i < b.members.length; i++) {
    const byKey = compare(a.members[i]![0], b.members[i]![0]);
    if (byKey !== 0) return byKey;
    const byValue = compare(a.members[i]![1], b.members[i]![1]);
    if (byValue !== 0) return byValue;
  }
  return a.members.length - b.members.length;
}

function toJson(node: Node): Json {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(toJson);
  if (node instanceof RegoSet) return node.items.map(toJson);
  const object: JsonObject = {};
  for (const [key, value] of node.members) setOwn(object, keyText(key), toJson(value));
  return object;
}

function keyText(key: Node): string {
  return typeof key === 'string'
    ? key
    : JSON.stringify(toJson(key), (_, x) => (typeof x === 'bigint' ? String(x) : x));
}
