/** What the cursor stands at. A mark in the text makes YAML's own rules tell it, whatever is half-typed around. */
import type { TextRange } from '@benchbook/model';
import type { CelDocument } from '../document/document.ts';
import { type Slot, slotAt } from '../document/shape.ts';
import type { Site } from '../document/site.ts';
import type { YamlEntry, YamlNode } from '../yaml/node.ts';

const MARK = '\ue000';

export type Cursor =
  | ExpressionCursor
  | KeyCursor
  /** A plain value, or an item of a list. `keys`: the way there. */
  | {
      readonly kind: 'value';
      readonly keys: readonly string[];
      readonly slot: Slot | null;
      /** What stands before the cursor in it. */
      readonly typed: string;
    };

export interface ExpressionCursor {
  readonly kind: 'expression';
  /** Without the mark. */
  readonly site: Site;
  /** Offset in the expression. */
  readonly at: number;
  /** The file's offset of one in the expression, before the cursor or up to the end of the text. */
  toFile(offset: number): number;
  /** Text as it must be written into this scalar in place of a range of the expression. */
  encode(text: string, range: TextRange): string;
}

export interface KeyCursor {
  readonly kind: 'key';
  /** The keys above. */
  readonly keys: readonly string[];
  readonly slot: Slot | null;
  /** Keys that stand beside it. */
  readonly beside: readonly string[];
  /** What is replaced, in the file. */
  readonly range: TextRange;
  readonly hasColon: boolean;
}

/** Where the cursor stands in a file; null in a place of no kind. */
export function cursorAt(document: CelDocument, offset: number): Cursor | null {
  const { text } = document;
  const marked = document.with(`${text.slice(0, offset)}${MARK}${text.slice(offset)}`);
  const site = marked.siteAt(offset)?.site;
  if (site?.text.includes(MARK)) return expressionCursor(site);
  if (document.kind === 'expression') return null;
  return yamlCursor(marked, offset);
}

function expressionCursor(marked: Site): ExpressionCursor {
  const at = marked.text.indexOf(MARK);
  const text = marked.text.replace(MARK, '');
  const { style } = marked;
  return {
    kind: 'expression',
    site: marked.typed(text),
    at,
    toFile(offset) {
      if (offset <= at) return marked.source.toFile(offset, offset).start;
      return marked.source.toFile(offset, offset + 1).end - 1;
    },
    encode(written, range) {
      if (style === 'single') return written.replaceAll("'", "''");
      if (style === 'double') return written.replaceAll(/[\\"]/g, '\\$&');
      if (style !== 'plain') return written;
      const isWhole = range.start === 0 && range.end === text.length;
      if (isWhole && /^[[{"'!&*|>%@`]/.test(written)) return `'${written.replaceAll("'", "''")}'`;
      // White space that YAML would take for the end of a key or the start of a comment, as CEL's escape of it.
      return written.replaceAll(': ', ':\\x20').replaceAll(' #', '\\x20#');
    },
  };
}

function yamlCursor(marked: CelDocument, offset: number): Cursor | null {
  const keys: string[] = [];
  let node: YamlNode = marked.root;
  for (;;) {
    const found: YamlNode | YamlEntry | null = step(node, offset, keys);
    if (!found) return null;
    if ('keyRange' in found) return keyCursor(marked, found, node, keys, offset);
    if (found === node) {
      const typed = marked.text.slice(node.start, offset).replace(/^["']/, '');
      return valueCursor(marked, keys, offset, node.kind === 'scalar' ? typed : '');
    }
    node = found;
  }
}

/** One step down: a key that holds the mark, a node nearer to it, or the node itself where nothing is nearer. */
function step(node: YamlNode, offset: number, keys: string[]): YamlNode | YamlEntry | null {
  const holds = ({ start, end }: TextRange): boolean => start <= offset && offset < end;
  if (node.kind === 'map') {
    const entry = node.entries.find(holds);
    if (!entry) return null;
    if (holds(entry.keyRange)) return entry;
    keys.push(entry.key);
    return entry.value.kind === 'empty' ? null : entry.value;
  }
  if (node.kind === 'sequence') {
    const item = node.items.find(holds);
    if (!item) return null;
    keys.push('-');
    return item.value.kind === 'empty' ? null : item.value;
  }
  return node;
}

function keyCursor(
  marked: CelDocument,
  entry: YamlEntry,
  map: YamlNode,
  keys: readonly string[],
  offset: number,
): KeyCursor {
  const entries = map.kind === 'map' ? map.entries : [];
  return {
    kind: 'key',
    keys,
    slot: marked.shape && slotAt(marked.shape, keys),
    beside: entries.flatMap((other) => (other === entry ? [] : [other.key])),
    range: { start: entry.keyRange.start, end: Math.max(offset, entry.keyRange.end - 1) },
    hasColon: entry.colon !== null,
  };
}

/** A lone word: the first key of a mapping, the first item of a list, or a value. */
function valueCursor(marked: CelDocument, keys: readonly string[], offset: number, typed: string): Cursor {
  const slot = marked.shape && slotAt(marked.shape, keys);
  if (slot?.kind !== 'map' || !/^[\w-]*$/.test(typed)) return { kind: 'value', keys, slot, typed };
  const rest = /^[\w-]*/.exec(marked.text.slice(offset + 1))?.[0].length ?? 0;
  const range = { start: offset - typed.length, end: offset + rest };
  return { kind: 'key', keys, slot, beside: [], range, hasColon: false };
}
