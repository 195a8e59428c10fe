import { type Json, type JsonObject, setOwn, type TextRange } from '@benchbook/model';
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** A JSON text that holds an array, its elements with their places. */
export interface JsonArraySource {
  readonly elements: readonly { readonly value: Json; readonly range: TextRange }[];
  /** The first error; null where there is none. */
  readonly problem: { readonly message: string; readonly range: TextRange | null } | null;
}

/** Deepest nesting read; serde_json under Cedar stops at 128. */
const MAX_DEPTH = 100;

/** Parses a JSON array, integers beyond 2^53 exactly. Never throws. */
export function readJsonArray(text: string): JsonArraySource {
  if (depthOf(text) > MAX_DEPTH) return failed(`nested deeper than ${MAX_DEPTH}`, null);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error) {
    const range = { start: error.offset, end: error.offset + Math.max(error.length, 1) };
    return failed(`no valid JSON: ${wordsOf(printParseErrorCode(error.error))}`, range);
  }
  if (root?.type !== 'array') return failed('expected a JSON array', root ? rangeOf(root) : null);
  return {
    elements: (root.children ?? []).map((node) => ({ value: jsonOf(text, node), range: rangeOf(node) })),
    problem: null,
  };
}

function failed(message: string, range: TextRange | null): JsonArraySource {
  return { elements: [], problem: { message, range } };
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [symbol] of text.matchAll(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|[[\]{}]/g)) {
    if (symbol === '[' || symbol === '{') deepest = Math.max(deepest, ++depth);
    else if (symbol === ']' || symbol === '}') depth--;
  }
  return deepest;
}

function jsonOf(text: string, node: Node): Json {
  switch (node.type) {
    case 'array':
      return (node.children ?? []).map((child) => jsonOf(text, child));
    case 'object': {
      const object: JsonObject = {};
      for (const property of node.children ?? []) {
        const [key, value] = property.children ?? [];
        if (key && value) setOwn(object, key.value as string, jsonOf(text, value));
      }
      return object;
    }
    case 'number': {
      const digits = text.slice(node.offset, node.offset + node.length);
      const value = node.value as number;
      return /^-?\d+$/.test(digits) && !Number.isSafeInteger(value) ? BigInt(digits) : value;
    }
    default:
      return node.value as Json;
  }
}

function rangeOf(node: Node): TextRange {
  return { start: node.offset, end: node.offset + node.length };
}

/** `CommaExpected` -> `comma expected`. */
function wordsOf(code: string): string {
  return code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
