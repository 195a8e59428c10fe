import { type SemanticToken, TOKEN_MODIFIERS, TOKEN_TYPES } from '@benchbook/model';
import type {
  SemanticTokens,
  SemanticTokensLegend,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { textRangeOf } from '../convert/range.ts';
import type { Target } from './answer.ts';

export const LEGEND: SemanticTokensLegend = {
  tokenTypes: [...TOKEN_TYPES],
  tokenModifiers: [...TOKEN_MODIFIERS],
};

export async function tokens(
  { root, path, document }: Target,
  _params: SemanticTokensParams,
): Promise<SemanticTokens> {
  return { data: encode(document, await root.service.tokens(path)) };
}

export async function tokensInRange(
  { root, path, document }: Target,
  params: SemanticTokensRangeParams,
): Promise<SemanticTokens> {
  const { start, end } = textRangeOf(document, params.range);
  const found = await root.service.tokens(path);
  return {
    data: encode(
      document,
      found.filter(({ range }) => range.end > start && range.start < end),
    ),
  };
}

/** Five numbers a token, each place relative to the one before. */
function encode(document: TextDocument, found: readonly SemanticToken[]): number[] {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const { range, type, modifiers } of found) {
    const at = document.positionAt(range.start);
    data.push(
      at.line - line,
      at.line === line ? at.character - character : at.character,
      range.end - range.start,
      TOKEN_TYPES.indexOf(type),
      modifiers.reduce((bits, modifier) => bits | (1 << TOKEN_MODIFIERS.indexOf(modifier)), 0),
    );
    ({ line, character } = at);
  }
  return data;
}
