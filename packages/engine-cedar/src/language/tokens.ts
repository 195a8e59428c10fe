import type { SemanticToken, TokenModifier, TokenType } from '@benchbook/model';
import { BUILTINS, KEYWORDS, VARIABLES } from './builtins.ts';
import { isActionType } from './knowledge/view.ts';
import { occurrencesIn } from './navigate/occurrences.ts';
import { type EditorToken, editorTokens } from './syntax/lexer.ts';
import type { Piece } from './syntax/pieces.ts';
import { expressionsOf, type Path } from './syntax/tree.ts';
import type { LanguageWorkspace } from './workspace.ts';

type Look = readonly [type: TokenType, modifiers?: readonly TokenModifier[]];

const ofPieces = new WeakMap<Piece, readonly SemanticToken[]>();
const SCHEMA_WORDS: ReadonlySet<string> = new Set([
  ...['entity', 'action', 'type', 'namespace', 'in', 'appliesTo', 'tags', 'enum'],
]);
const SCHEMA_KEYS: ReadonlySet<string> = new Set(['principal', 'resource', 'context']);
const FUNCTIONS: ReadonlySet<string> = new Set(BUILTINS.map(({ name }) => name));

/** What each token is, by place. */
export function tokens(workspace: LanguageWorkspace, path: string): readonly SemanticToken[] {
  const pieces = workspace.policies(path);
  if (pieces)
    return pieces.pieces.flatMap((piece, index) => {
      const start = pieces.starts[index]!;
      return pieceTokens(piece).map((token) => ({
        ...token,
        range: { start: token.range.start + start, end: token.range.end + start },
      }));
    });
  const file = workspace.file(path);
  return file?.role === 'schema' && !path.endsWith('.json') ? schemaTokens(workspace, path, file.text) : [];
}

function pieceTokens(piece: Piece): readonly SemanticToken[] {
  const known = ofPieces.get(piece);
  if (known) return known;
  const looks = namesOf(piece);
  const found = piece.tokens.flatMap((token) => {
    const word = piece.text.slice(token.start, token.end);
    return cut(piece.text, token, looks.get(token.start) ?? plainLook(token, word));
  });
  ofPieces.set(piece, found);
  return found;
}

/** Names whose place in the tree tells what they are, by offset. */
function namesOf({ policy }: Piece): Map<number, Look> {
  const looks = new Map<number, Look>();
  if (!policy) return looks;
  const path = ({ parts }: Path) => {
    for (const [index, { range }] of parts.entries())
      looks.set(range.start, [index < parts.length - 1 ? 'namespace' : 'type']);
  };
  for (const { key, range } of policy.annotations) {
    looks.set(range.start, ['decorator']);
    if (key) looks.set(key.range.start, ['decorator']);
  }
  for (const { type } of policy.scope) if (type) path(type);
  for (const expr of expressionsOf(policy))
    switch (expr.kind) {
      case 'entity':
        path(expr.path);
        if (expr.id && isActionType(expr.path.parts.at(-1)!.text))
          looks.set(expr.id.range.start, ['enumMember']);
        break;
      case 'is':
        if (expr.type) path(expr.type);
        break;
      case 'member':
        if (expr.name && !expr.indexed) looks.set(expr.name.range.start, ['property']);
        break;
      case 'has':
        for (const { range } of expr.attributes) looks.set(range.start, ['property']);
        break;
      case 'record':
        for (const { key } of expr.members) looks.set(key.range.start, ['property']);
        break;
      case 'call':
        looks.set(expr.callee.range.start, ['function', library(expr.callee.parts.at(-1)!.text)]);
        break;
      case 'method':
        looks.set(expr.name.range.start, ['method', library(expr.name.text)]);
        break;
      case 'variable':
        looks.set(
          expr.range.start,
          Object.hasOwn(VARIABLES, expr.name) ? ['variable', ['readonly']] : ['variable'],
        );
    }
  return looks;
}

function library(name: string): readonly TokenModifier[] {
  return FUNCTIONS.has(name) ? ['defaultLibrary'] : [];
}

function plainLook({ kind }: EditorToken, word: string): Look | null {
  switch (kind) {
    case 'comment':
      return ['comment'];
    case 'string':
      return ['string'];
    case 'number':
      return ['number'];
    case 'word':
      if (word.startsWith('?')) return ['parameter'];
      if (Object.hasOwn(VARIABLES, word)) return ['variable', ['readonly']];
      return KEYWORDS.has(word) ? ['keyword'] : ['variable'];
    default:
      return /^(?:[=!<>]=|[<>!+*-]|&&|\|\|)$/.test(word) ? ['operator'] : null;
  }
}

/** One token per line. */
function cut(text: string, { start, end }: EditorToken, look: Look | null): SemanticToken[] {
  if (!look) return [];
  const [type, modifiers = []] = look;
  const found: SemanticToken[] = [];
  for (let at = start; at < end; ) {
    const line = text.indexOf('\n', at);
    let stop = line === -1 || line > end ? end : line;
    const next = stop + 1;
    if (stop > at && text[stop - 1] === '\r') stop--;
    if (stop > at) found.push({ range: { start: at, end: stop }, type, modifiers });
    at = stop === end ? end : next;
  }
  return found;
}

function schemaTokens(workspace: LanguageWorkspace, path: string, text: string): SemanticToken[] {
  const looks = new Map<number, Look>();
  for (const { kind, range, defines } of occurrencesIn(workspace, workspace.file(path)!, null)) {
    const start = text[range.start - 1] === '"' ? range.start - 1 : range.start;
    looks.set(start, [kind === 'action' ? 'enumMember' : 'type', defines ? ['declaration'] : []]);
  }
  const all = editorTokens(text);
  let depth = 0;
  return all.flatMap((token, index) => {
    const word = text.slice(token.start, token.end);
    const next = all[index + 1];
    const behind = next ? text.slice(next.start, next.end) : '';
    if (token.kind === 'symbol') {
      if (word === '{') depth++;
      else if (word === '}') depth--;
      return word === '@' ? cut(text, token, ['decorator']) : [];
    }
    let look = looks.get(token.start) ?? null;
    if (!look && token.kind === 'word') {
      if (text[token.start - 1] === '@') look = ['decorator'];
      else if (behind === ':' || behind === '?')
        look = [SCHEMA_KEYS.has(word) && depth === 1 ? 'keyword' : 'property'];
      else look = SCHEMA_WORDS.has(word) ? ['keyword'] : ['type', ['defaultLibrary']];
    }
    if (!look && token.kind === 'string') look = behind === ':' || behind === '?' ? ['property'] : ['string'];
    return cut(text, token, look ?? plainLook(token, word));
  });
}
