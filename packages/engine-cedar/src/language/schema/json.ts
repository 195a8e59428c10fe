import type { TextRange } from '@benchbook/model';
import { type Node, parseTree } from 'jsonc-parser';
import type { Name, Path } from '../syntax/tree.ts';
import type { ActionRef, AttributeNode, Declaration, SchemaTree, TypeNode } from './tree.ts';

const MAX_DEPTH = 60;
const MAX_TEXT = 4_000_000;

/** Reads a schema in JSON into the same tree; what is no schema gives none. Never fails. */
export function parseJsonSchema(text: string): SchemaTree {
  const declarations: Declaration[] = [];
  const root = text.length > MAX_TEXT || nesting(text) > 2 * MAX_DEPTH ? undefined : parseTree(text);
  for (const [namespaceNode, definition] of members(root)) {
    const namespace = String(namespaceNode.value);
    for (const [key, type] of members(child(definition, 'commonTypes')))
      declarations.push({ ...declared(namespace, key, type), kind: 'type', type: typeOf(type, 0) });
    for (const [key, entity] of members(child(definition, 'entityTypes')))
      declarations.push({
        ...declared(namespace, key, entity),
        kind: 'entity',
        memberOf: items(child(entity, 'memberOfTypes')).flatMap(pathOf),
        shape: typeOf(child(entity, 'shape'), 0),
        tags: typeOf(child(entity, 'tags'), 0),
        ids: items(child(entity, 'enum')).flatMap(nameOf),
      });
    for (const [key, action] of members(child(definition, 'actions'))) {
      const appliesTo = child(action, 'appliesTo');
      declarations.push({
        ...declared(namespace, key, action),
        kind: 'action',
        memberOf: items(child(action, 'memberOf')).flatMap(actionRef),
        appliesTo: appliesTo
          ? {
              principal: items(child(appliesTo, 'principalTypes')).flatMap(pathOf),
              resource: items(child(appliesTo, 'resourceTypes')).flatMap(pathOf),
              context: typeOf(child(appliesTo, 'context'), 0),
            }
          : null,
      });
    }
  }
  return { declarations, namespaces: [] };
}

/** Deepest nesting of brackets outside strings. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [symbol] of text.matchAll(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|[[\]{}]/g)) {
    if (symbol === '[' || symbol === '{') deepest = Math.max(deepest, ++depth);
    else if (symbol === ']' || symbol === '}') depth--;
  }
  return deepest;
}

function declared(namespace: string, key: Node, value: Node) {
  const annotations = child(value, 'annotations');
  const doc = annotations && child(annotations, 'doc')?.value;
  const range = { start: key.offset, end: value.offset + value.length };
  return { namespace, names: nameOf(key), range, doc: typeof doc === 'string' ? doc : '' };
}

function typeOf(node: Node | undefined, depth: number): TypeNode | null {
  if (node?.type !== 'object' || depth > MAX_DEPTH) return null;
  const type = child(node, 'type');
  const range = rangeOf(node);
  switch (type?.value) {
    case 'Record':
      return {
        kind: 'record',
        range,
        attributes: members(child(node, 'attributes')).flatMap(([key, value]): AttributeNode[] =>
          nameOf(key).map((name) => ({
            name,
            optional: child(value, 'required')?.value === false,
            type: typeOf(value, depth + 1),
            doc: '',
          })),
        ),
      };
    case 'Set':
      return { kind: 'set', element: typeOf(child(node, 'element'), depth + 1), range };
    case 'Entity':
    case 'EntityOrCommon':
    case 'Extension':
    case undefined: {
      const [path] = pathOf(child(node, 'name'));
      return path ? { kind: 'path', path, range } : null;
    }
    default: {
      const [path] = pathOf(type);
      return path ? { kind: 'path', path, range } : null;
    }
  }
}

function actionRef(node: Node): ActionRef[] {
  const [type] = pathOf(child(node, 'type'));
  return nameOf(child(node, 'id')).map((name) => ({ type: type ?? null, name }));
}

function members(node: Node | undefined): (readonly [Node, Node])[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key && value ? [[key, value] as const] : [];
  });
}

function items(node: Node | undefined): readonly Node[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}

function child(node: Node | undefined, key: string): Node | undefined {
  return members(node).find(([name]) => name.value === key)?.[1];
}

function nameOf(node: Node | undefined): Name[] {
  if (node?.type !== 'string') return [];
  return [
    { text: String(node.value), range: { start: node.offset + 1, end: node.offset + node.length - 1 } },
  ];
}

/** Names of types hold no escapes: their parts stand at their own places. */
function pathOf(node: Node | undefined): Path[] {
  return nameOf(node).map(({ text, range }) => {
    let at = range.start;
    const parts = text.split('::').map((part) => {
      const name = { text: part, range: { start: at, end: at + part.length } };
      at += part.length + 2;
      return name;
    });
    return { parts, range };
  });
}

function rangeOf(node: Node): TextRange {
  return { start: node.offset, end: node.offset + node.length };
}
