import type { TextRange } from '@benchbook/model';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'block';

/** A YAML node as far as half-typed text shows one. Offsets are in the file. */
export type YamlNode = YamlMap | YamlSequence | YamlScalar | YamlEmpty;

export interface YamlMap extends TextRange {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly isFlow: boolean;
}

export interface YamlEntry extends TextRange {
  /** Without quotes. */
  readonly key: string;
  readonly keyRange: TextRange;
  /** Where the colon stands; null where none was typed yet. */
  readonly colon: number | null;
  readonly value: YamlNode;
}

export interface YamlSequence extends TextRange {
  readonly kind: 'sequence';
  readonly items: readonly YamlItem[];
  readonly isFlow: boolean;
}

/** An item with its dash. */
export interface YamlItem extends TextRange {
  readonly value: YamlNode;
}

export interface YamlScalar extends TextRange {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
  /** Quotes that are not closed. */
  readonly isClosed: boolean;
}

/** Nothing yet. */
export interface YamlEmpty extends TextRange {
  readonly kind: 'empty';
}

/** The value of a key in a mapping, the first where it stands twice. */
export function entryOf(node: YamlNode | null, key: string): YamlEntry | null {
  if (node?.kind !== 'map') return null;
  return node.entries.find((entry) => entry.key === key) ?? null;
}

/** One step into a document. */
export type YamlStep = YamlNode | YamlEntry | YamlItem;

/** From the root to the innermost part whose range touches an offset. */
export function yamlPathAt(root: YamlNode, offset: number): readonly YamlStep[] {
  const path: YamlStep[] = [];
  const touches = ({ start, end }: TextRange): boolean => start <= offset && offset <= end;
  let node: YamlNode | undefined = root;
  while (node && touches(node)) {
    path.push(node);
    const parts: readonly (YamlEntry | YamlItem)[] =
      node.kind === 'map' ? node.entries : node.kind === 'sequence' ? node.items : [];
    const part = parts.findLast(touches);
    if (!part) break;
    path.push(part);
    node = part.value;
  }
  return path;
}
