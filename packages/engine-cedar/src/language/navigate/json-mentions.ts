import type { FileRole, TextRange } from '@benchbook/model';
import { type Node, parseTree } from 'jsonc-parser';
import { type EntityUid, parseUid } from '../../policies/uid.ts';

/** What a JSON file names that policies and schemas name too. */
export interface JsonMentions {
  readonly entities: readonly EntityMention[];
  /** Ids of templates that links fill. */
  readonly templates: readonly { readonly name: string; readonly range: TextRange }[];
  /** Ids of policies that tests expect. */
  readonly policies: readonly { readonly name: string; readonly range: TextRange }[];
}

export interface EntityMention {
  readonly uid: EntityUid;
  readonly type: TextRange;
  /** null where it holds escapes. */
  readonly id: TextRange | null;
  /** It is defined here (`uid` of an entity). */
  readonly defines: boolean;
}

const NOTHING: JsonMentions = { entities: [], templates: [], policies: [] };
const MAX_TEXT = 8_000_000;
const MAX_DEPTH = 100;

/** Reads the names out of a JSON text, as far as it can be read. */
export function readJsonMentions(text: string, role: FileRole): JsonMentions {
  if (text.length > MAX_TEXT || isDeep(text)) return NOTHING;
  const root = parseTree(text);
  if (!root) return NOTHING;
  const found = {
    entities: [] as EntityMention[],
    templates: [] as { name: string; range: TextRange }[],
    policies: [] as { name: string; range: TextRange }[],
  };
  const visit = (node: Node, key: string): void => {
    if (node.type === 'string') {
      const mention = textMention(text, node);
      const named = { name: String(node.value), range: innerRange(node) };
      if (mention) found.entities.push(mention);
      else if (role === 'links' && (key === 'template_id' || key === 'templateId'))
        found.templates.push(named);
      else if (role === 'test' && (key === 'reason' || key === 'errors')) found.policies.push(named);
      return;
    }
    if (node.type === 'object') {
      const mention = objectMention(text, node, key === 'uid');
      if (mention) found.entities.push(mention);
      for (const { children } of node.children ?? []) {
        const [name, value] = children ?? [];
        if (name && value) visit(value, String(name.value));
      }
    } else for (const child of node.children ?? []) visit(child, key);
  };
  visit(root, '');
  return found;
}

function isDeep(text: string): boolean {
  let depth = 0;
  for (const [symbol] of text.matchAll(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|[[\]{}]/g)) {
    if (symbol === '[' || symbol === '{') depth++;
    else if (symbol === ']' || symbol === '}') depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** `{ "type": "User", "id": "alice" }`, also under `__entity`. */
function objectMention(text: string, node: Node, isUid: boolean): EntityMention | null {
  const [type, id] = ['type', 'id'].map((key) => {
    const property = node.children?.find(({ children }) => children?.[0]?.value === key);
    return property?.children?.[1];
  });
  if (type?.type !== 'string' || id?.type !== 'string') return null;
  return {
    uid: { type: String(type.value), id: String(id.value) },
    type: innerRange(type),
    id: plain(text, innerRange(id)),
    defines: isUid,
  };
}

/** `"User::\"alice\""`. */
function textMention(text: string, node: Node): EntityMention | null {
  const uid = parseUid(String(node.value));
  if (!uid) return null;
  const inner = innerRange(node);
  const raw = text.slice(inner.start, inner.end);
  const quote = raw.indexOf('\\"');
  const end = raw.lastIndexOf('\\"');
  if (quote < 0 || !raw.startsWith(uid.type)) return null;
  const id = { start: inner.start + quote + 2, end: inner.start + Math.max(end, quote + 2) };
  return {
    uid,
    type: { start: inner.start, end: inner.start + uid.type.length },
    id: plain(text, id),
    defines: false,
  };
}

function plain(text: string, range: TextRange): TextRange | null {
  return text.slice(range.start, range.end).includes('\\') ? null : range;
}

function innerRange(node: Node): TextRange {
  return { start: node.offset + 1, end: node.offset + node.length - 1 };
}
