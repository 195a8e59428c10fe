import type { TextRange, ToolKnowledge } from '@benchbook/model';
import { PolicyView } from './knowledge/view.ts';
import type { EditorToken } from './syntax/lexer.ts';
import { type Piece, pieceAt } from './syntax/pieces.ts';
import { type Expr, expressionsAt, type PolicyNode } from './syntax/tree.ts';
import type { LanguageWorkspace } from './workspace.ts';

/** A place in a policy file. Offsets are relative to its piece but where said. */
export interface Place {
  readonly path: string;
  readonly piece: Piece;
  /** Of the piece, in the file. */
  readonly start: number;
  readonly offset: number;
  /** The token that holds the place, or ends there. */
  readonly token: EditorToken | null;
  readonly policy: PolicyNode | null;
  readonly view: PolicyView | null;
  /** Expressions around it, from the outside in. */
  readonly around: readonly Expr[];
}

/** null where `path` is no policy file. `offset` is one of the file, and is clamped. */
export function placeAt(
  workspace: LanguageWorkspace,
  path: string,
  offset: number,
  known?: ToolKnowledge,
): Place | null {
  const file = workspace.policies(path);
  if (!file) return null;
  const at = clamp(offset, file.text);
  const { piece, start } = pieceAt(file, at);
  const { policy } = piece;
  return {
    path,
    piece,
    start,
    offset: at - start,
    token: tokenAt(piece.tokens, at - start),
    policy,
    view: policy && new PolicyView(workspace, policy, known),
    around: policy ? expressionsAt(policy, at - start) : [],
  };
}

/** An offset of the text, whatever is asked for. */
export function clamp(offset: number, text: string): number {
  return Math.max(0, Math.min(Math.trunc(offset) || 0, text.length));
}

/** The token that holds `offset`, or ends there; where two touch, a word or string goes before a sign. */
export function tokenAt(tokens: readonly EditorToken[], offset: number): EditorToken | null {
  const index = firstEndingAt(tokens, offset);
  const token = tokens[index];
  if (!token || token.start > offset) return null;
  const next = tokens[index + 1];
  return token.end === offset && next?.start === offset && token.kind === 'symbol' ? next : token;
}

/** The last token that ends at or before `offset`, comments left out. */
export function tokenBefore(tokens: readonly EditorToken[], offset: number): EditorToken | null {
  for (let index = firstEndingAt(tokens, offset + 1) - 1; index >= 0; index--)
    if (tokens[index]!.kind !== 'comment') return tokens[index]!;
  return null;
}

function firstEndingAt(tokens: readonly EditorToken[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.end < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A range of a piece as one of the file. */
export function inFile({ start }: { readonly start: number }, range: TextRange): TextRange {
  return { start: range.start + start, end: range.end + start };
}

export function holds(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}
