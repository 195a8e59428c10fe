import type { CompletionKind, DocumentHighlight, FoldingRange, SymbolKind } from '@benchbook/model';
import {
  CompletionItemKind,
  DocumentHighlightKind,
  FoldingRangeKind,
  SymbolKind as LspSymbolKind,
} from 'vscode-languageserver';

export const COMPLETION_KINDS: { readonly [kind in CompletionKind]: CompletionItemKind } = {
  keyword: CompletionItemKind.Keyword,
  type: CompletionItemKind.Class,
  action: CompletionItemKind.Event,
  member: CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  variable: CompletionItemKind.Variable,
  constant: CompletionItemKind.Constant,
  annotation: CompletionItemKind.Property,
  control: CompletionItemKind.Reference,
  snippet: CompletionItemKind.Snippet,
  module: CompletionItemKind.Module,
  policy: CompletionItemKind.Interface,
};

export const SYMBOL_KINDS: { readonly [kind in SymbolKind]: LspSymbolKind } = {
  package: LspSymbolKind.Package,
  policy: LspSymbolKind.Interface,
  rule: LspSymbolKind.Interface,
  function: LspSymbolKind.Function,
  variable: LspSymbolKind.Variable,
  type: LspSymbolKind.Class,
  action: LspSymbolKind.Event,
  test: LspSymbolKind.Method,
  import: LspSymbolKind.Module,
};

export const HIGHLIGHT_KINDS: { readonly [kind in DocumentHighlight['kind']]: DocumentHighlightKind } = {
  read: DocumentHighlightKind.Read,
  write: DocumentHighlightKind.Write,
  text: DocumentHighlightKind.Text,
};

/** Code that folds is of no kind of its own. */
export const FOLDING_KINDS: { readonly [kind in FoldingRange['kind']]: FoldingRangeKind | undefined } = {
  code: undefined,
  comment: FoldingRangeKind.Comment,
  imports: FoldingRangeKind.Imports,
};
