import { type DefaultTreeAdapterTypes, parse } from 'parse5';

export type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** A page as a browser would parse it: its elements in document order, and what the parser did not like. */
export function parsePage(text: string): {
  readonly elements: readonly Element[];
  readonly errors: string[];
} {
  const errors: string[] = [];
  const document = parse(text, {
    onParseError: (error) => errors.push(`${error.code} at ${error.startLine}:${error.startCol}`),
  });
  return { elements: elementsOf(document), errors };
}

/** All elements below a node, in document order. */
export function elementsOf(node: Node): Element[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  return children.flatMap((child) => ('tagName' in child ? [child, ...elementsOf(child)] : []));
}

/** Text below a node, spaces as one. */
export function textOf(node: Node): string {
  return raw(node).replace(/\s+/g, ' ').trim();
}

/** Text below a node, as it is. */
export function raw(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node && node.nodeName !== '#comment' ? node.childNodes.map(raw).join('') : '';
}

/** An attribute's value. */
export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

/** The one element with this id. */
export function byId(elements: readonly Element[], id: string): Element {
  const [found, second] = elements.filter((one) => attribute(one, 'id') === id);
  if (!found || second) throw new Error(`not one element with id ${id}`);
  return found;
}
