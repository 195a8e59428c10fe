import { suggest, type TextRange } from '@benchbook/model';
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, visit } from 'yaml';
import { trimEnd } from '../policy/scalar.ts';
import type { Field } from '../policy/yaml-reader.ts';

/** Why a part of a suite cannot be read. Thrown while reading alone, and caught at the entry it belongs to. */
export class SuiteProblem {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

/** Nodes that a file may come to with its aliases followed. */
const MAX_NODES = 200_000;

/** The nodes of a YAML document with aliases followed; what is read is bounded, however often it is referred to. */
export class SuiteNodes {
  readonly #text: string;
  readonly #targets = new Map<Node, Node | undefined>();
  #left = MAX_NODES;

  constructor(document: Document, text: string) {
    this.#text = text;
    const anchors = new Map<string, Node>();
    visit(document, {
      Node: (_key, node) => {
        if (isAlias(node)) this.#targets.set(node, anchors.get(node.source));
        else if (node.anchor) anchors.set(node.anchor, node);
      },
    });
  }

  /** A node without the white space after it. */
  range(node: Node | null): TextRange | null {
    const range = node?.range;
    return range ? { start: range[0], end: trimEnd(this.#text, range[0], range[1]) } : null;
  }

  /** The node itself, or the one that it is an alias of; null for nothing and for `null`. */
  follow(node: unknown): Node | null {
    if (--this.#left < 0) throw new SuiteProblem(`more than ${MAX_NODES} values, with aliases followed`);
    if (isAlias(node)) {
      const target = this.#targets.get(node);
      if (!target) throw new SuiteProblem(`no anchor \`${node.source.slice(0, 80)}\` before this alias`);
      return this.follow(target);
    }
    return isScalar(node) && node.value === null ? null : ((node as Node | null) ?? null);
  }

  /** The fields of a mapping; `known` are all keys that it may have. */
  fields(node: Node | null, what: string, known: readonly string[]): ReadonlyMap<string, Field> {
    const fields = this.anyFields(node, what);
    for (const key of fields.keys()) {
      if (known.includes(key)) continue;
      const near = suggest(key, known);
      const hint = near ? `; did you mean \`${near}\`?` : `; known are ${known.join(', ')}`;
      throw new SuiteProblem(`unknown key \`${key.slice(0, 80)}\` in ${what}${hint}`);
    }
    return fields;
  }

  /** The fields of a mapping, whatever their names. */
  anyFields(node: Node | null, what: string): ReadonlyMap<string, Field> {
    if (!isMap(node)) throw new SuiteProblem(`${what} must be a mapping`);
    const fields = new Map<string, Field>();
    for (const pair of node.items) {
      const key = this.follow(pair.key);
      if (!isScalar(key)) throw new SuiteProblem(`a key of ${what} must be plain text`);
      const name = key.source ?? String(key.value);
      if (fields.has(name)) throw new SuiteProblem(`\`${name.slice(0, 80)}\` stands twice in ${what}`);
      const keyRange = this.range(key) ?? { start: 0, end: 0 };
      fields.set(name, { key: name, keyRange, value: this.follow(pair.value) });
    }
    return fields;
  }

  /** The items of a list, aliases not followed, so that each keeps its own place; none for nothing. */
  items(node: Node | null, what: string): readonly Node[] {
    if (node === null) return [];
    if (!isSeq(node)) throw new SuiteProblem(`${what} must be a list`);
    return node.items as Node[];
  }

  /** A scalar as text. */
  text(node: Node | null, what: string): string {
    if (!isScalar(node)) throw new SuiteProblem(`${what} must be text`);
    return node.source ?? String(node.value);
  }
}
