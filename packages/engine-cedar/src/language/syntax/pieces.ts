import { commonEnds } from '../../policies/common-ends.ts';
import { type EditorToken, nextToken } from './lexer.ts';
import { parsePolicy } from './parser.ts';
import type { PolicyNode } from './tree.ts';

/**
 * A part of a file that holds at most one policy, with the comments above it. All offsets inside are relative to the
 * piece, so that a piece stays what it is when text is typed elsewhere.
 */
export class Piece {
  readonly text: string;
  readonly tokens: readonly EditorToken[];
  #policy: PolicyNode | null | undefined;

  constructor(text: string, tokens: readonly EditorToken[]) {
    this.text = text;
    this.tokens = tokens;
  }

  /** null where nothing but comments stands. */
  get policy(): PolicyNode | null {
    this.#policy ??= parsePolicy(this.text, this.tokens);
    return this.#policy;
  }
}

/** A file as pieces, one behind the other without a gap. */
export interface PieceFile {
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** Offset of each piece. */
  readonly starts: readonly number[];
}

/**
 * Cuts a file behind each `;`, and where a new policy can only begin: at `@`, at `permit (` and at `forbid (`, however
 * broken the one before is. What `previous` holds and the edit has not touched is taken over.
 */
export function cutPieces(text: string, previous?: PieceFile): PieceFile {
  const pieces: Piece[] = [];
  const starts: number[] = [];
  let at = 0;
  let reuse: Reuse | null = null;
  if (previous && previous.pieces.length > 2) {
    reuse = reusable(previous, text);
    for (let index = 0; index < reuse.keep; index++) {
      pieces.push(previous.pieces[index]!);
      starts.push(previous.starts[index]!);
    }
    at = reuse.keep ? previous.starts[reuse.keep]! : 0;
  }
  while (at < text.length || pieces.length === 0) {
    if (reuse && previous && at >= reuse.safeFrom) {
      const index = indexOfStart(previous.starts, at - reuse.shift);
      if (index !== -1) {
        for (let next = index; next < previous.pieces.length; next++) {
          pieces.push(previous.pieces[next]!);
          starts.push(previous.starts[next]! + reuse.shift);
        }
        return { text, pieces, starts };
      }
    }
    const piece = cutOne(text, at);
    pieces.push(piece);
    starts.push(at);
    at += piece.text.length;
  }
  return { text, pieces, starts };
}

interface Reuse {
  /** Pieces at the start that stay. */
  readonly keep: number;
  /** From this offset on, the new text is the old one moved by `shift`. */
  readonly safeFrom: number;
  readonly shift: number;
}

function reusable(previous: PieceFile, text: string): Reuse {
  const { prefix, suffix } = commonEnds(previous.text, text);
  let keep = 0;
  while (keep + 1 < previous.starts.length && previous.starts[keep + 1]! <= prefix) keep++;
  // The end of a piece may hang on the words behind it: the one before the edit is cut anew.
  return {
    keep: Math.max(0, keep - 1),
    safeFrom: text.length - suffix,
    shift: text.length - previous.text.length,
  };
}

function indexOfStart(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (starts[middle] === offset) return middle;
    if (starts[middle]! < offset) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Tokens of a piece beyond which it ends: a policy of a person has fewer. */
const MAX_TOKENS = 100_000;

function cutOne(text: string, from: number): Piece {
  const tokens: EditorToken[] = [];
  let end = text.length;
  let hasBody = false;
  let before = '';
  for (let token = nextToken(text, from); token; token = nextToken(text, token.end)) {
    const word =
      token.kind === 'string' || token.kind === 'comment' ? '' : text.slice(token.start, token.end);
    if (hasBody && (word === '@' || isEffect(text, token, word, before))) {
      end = startOfLead(tokens, from, token.start);
      break;
    }
    if (word === 'permit' || word === 'forbid' || (word !== '' && before !== '@' && !isHead(word, before)))
      hasBody = true;
    tokens.push({ kind: token.kind, start: token.start - from, end: token.end - from });
    if (token.kind !== 'comment') before = word || '"';
    if (word === ';' || tokens.length > MAX_TOKENS) {
      end = token.end;
      break;
    }
  }
  while (tokens.length && tokens.at(-1)!.end > end - from) tokens.pop();
  return new Piece(text.slice(from, end), tokens);
}

function isEffect(text: string, token: EditorToken, word: string, before: string): boolean {
  if ((word !== 'permit' && word !== 'forbid') || before === '.' || before === '::' || before === '@')
    return false;
  const next = nextToken(text, token.end);
  return next !== null && text[next.start] === '(';
}

/** `@ key ( "value" )`: what may stand before the effect. */
function isHead(word: string, before: string): boolean {
  return word === '@' || word === '(' || (word === ')' && before === '"');
}

/** Comments directly above a policy belong to it. */
function startOfLead(tokens: readonly EditorToken[], from: number, start: number): number {
  let index = tokens.length;
  while (index > 0 && tokens[index - 1]!.kind === 'comment') index--;
  return index < tokens.length ? from + tokens[index]!.start : start;
}

/** The piece that `offset` stands in, or at whose end it stands. */
export function pieceAt(file: PieceFile, offset: number): { readonly piece: Piece; readonly start: number } {
  let low = 0;
  let high = file.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (file.starts[middle]! < offset || (file.starts[middle] === offset && offset === 0)) low = middle;
    else high = middle - 1;
  }
  return { piece: file.pieces[low]!, start: file.starts[low]! };
}
