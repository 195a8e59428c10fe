/** YAML and JSON (which is YAML) with positions, bounded against hostile text. */
import { type Json, MAX_JSON_DEPTH, setOwn, type TextRange } from '@benchbook/model';
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';

export type DataPath = readonly (string | number)[];

/** What is wrong with a text, and where. */
export interface DataProblem {
  readonly message: string;
  readonly range: TextRange;
}

/** A parsed document. `value` is undefined where the text is empty or has problems. */
export interface DataDocument {
  readonly value: Json | undefined;
  readonly problems: readonly DataProblem[];
  /** Range of the value at a path, or of the nearest value above it that exists. */
  rangeOf(path: DataPath): TextRange;
  /** Range of the key that leads to a path, else as {@link DataDocument.rangeOf}. */
  keyRangeOf(path: DataPath): TextRange;
}

/** Values in one document, aliases counted where they stand: a bound against alias bombs. */
const MAX_NODES = 1_000_000;

/** Parses one YAML 1.2 document. Integers beyond 2^53 become `bigint`; dates stay strings. Never throws. */
export function parseData(text: string): DataDocument {
  const document = parseDocument(text, { intAsBigInt: true, prettyErrors: false, uniqueKeys: true });
  const problems = firstProblems(document, text.length);
  const conversion = problems.length === 0 ? convert(document) : { value: undefined, problems: [] };
  return {
    value: conversion.value,
    problems: problems.length === 0 ? conversion.problems : problems,
    rangeOf: (path) => locate(document, path).value,
    keyRangeOf: (path) => locate(document, path).key,
  };
}

/** One problem per place, at most ten: one slip makes the parser complain of what follows, too. */
function firstProblems({ errors }: Document.Parsed, length: number): DataProblem[] {
  const exhausted = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  const seen = new Set<number>();
  return (exhausted ? [exhausted] : errors)
    .filter(({ pos }) => !seen.has(pos[0]) && seen.add(pos[0]))
    .slice(0, 10)
    .map(({ code, message, pos }) => problem(code, message, pos, length));
}

function problem(code: string, message: string, [start, end]: [number, number], length: number): DataProblem {
  return {
    message: messages[code] ?? message.replace(/\s+/g, ' ').slice(0, 200),
    range: { start: Math.min(start, length), end: Math.min(Math.max(end, start), length) },
  };
}

const messages: Partial<Record<string, string>> = {
  MULTIPLE_DOCS: 'more than one YAML document in the file; keep one and drop the `---`',
  RESOURCE_EXHAUSTION: 'nested too deeply to be read',
  DUPLICATE_KEY: 'this key stands here twice; keep one',
};

function convert(document: Document.Parsed): { value: Json | undefined; problems: DataProblem[] } {
  const problems: DataProblem[] = [];
  let nodes = 0;

  function fail(node: Node | null, message: string): null {
    if (problems.length === 0) problems.push({ message, range: rangeOfNode(node) });
    return null;
  }

  function walk(node: Node | null, depth: number): Json {
    if (problems.length > 0) return null;
    if (++nodes > MAX_NODES) return fail(node, `more than ${MAX_NODES} values, aliases included`);
    if (depth > MAX_JSON_DEPTH) return fail(node, `nested deeper than ${MAX_JSON_DEPTH} levels`);
    if (node === null) return null;
    if (isAlias(node)) {
      const target = node.resolve(document);
      return target ? walk(target, depth + 1) : fail(node, `the alias \`*${node.source}\` has no anchor`);
    }
    if (isSeq(node)) return node.items.map((item) => walk(item as Node | null, depth + 1));
    if (isMap(node)) {
      const object = {};
      for (const { key, value } of node.items) {
        if (key !== null && !isScalar(key))
          return fail(key as Node, 'a key must be a plain word or a string');
        setOwn(object, key === null ? '' : keyText(key), walk(value as Node | null, depth + 1));
      }
      return object;
    }
    return isScalar(node) ? scalar(node, node.value) : fail(node, 'not a value that JSON can hold');
  }

  function scalar(node: Node, value: unknown): Json {
    switch (typeof value) {
      case 'bigint':
        return Number.isSafeInteger(Number(value)) ? Number(value) : value;
      case 'number':
        return Number.isFinite(value) ? value : fail(node, 'not a number that JSON can hold');
      case 'string':
      case 'boolean':
        return value;
      default:
        return value === null || value === undefined ? null : fail(node, 'not a value that JSON can hold');
    }
  }

  if (document.contents === null) return { value: undefined, problems };
  const value = walk(document.contents, 0);
  return problems.length > 0 ? { value: undefined, problems } : { value, problems };
}

/** Walks down as far as the path leads. */
function locate(document: Document.Parsed, path: DataPath): { key: TextRange; value: TextRange } {
  let node: Node | null = document.contents;
  let key: Node | null = null;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && keyText(item.key) === String(step));
      if (!pair) break;
      key = pair.key as Node;
      node = (pair.value as Node | null) ?? key;
    } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
      key = null;
      node = (node.items[step] as Node | null) ?? node;
    } else break;
  }
  const value = rangeOfNode(node);
  return { key: key ? rangeOfNode(key) : value, value };
}

function keyText(key: { readonly value: unknown; readonly source?: string | undefined }): string {
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

function rangeOfNode(node: Node | null): TextRange {
  return node?.range ? { start: node.range[0], end: node.range[1] } : { start: 0, end: 0 };
}
