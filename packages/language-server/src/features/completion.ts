import type { CompletionItem as ModelItem } from '@benchbook/model';
import {
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
} from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { COMPLETION_KINDS } from '../convert/kinds.ts';
import { markup } from '../convert/markup.ts';
import { rangeOf } from '../convert/range.ts';
import { plainSnippet } from '../convert/snippet.ts';
import { languageOf } from '../languages.ts';
import { isLeftToOthers } from '../settings.ts';
import type { Target } from './answer.ts';

const RANK = 50;

export async function completion(
  { root, path, document }: Target,
  { position }: CompletionParams,
  { settings, platform, client }: ServerContext,
): Promise<CompletionList | null> {
  const manifests = platform.engines.map(({ manifest }) => manifest);
  if (isLeftToOthers(settings(), languageOf(path, manifests), 'completion')) return null;
  const offset = document.offsetAt(position);
  const { items } = await root.service.complete(path, offset);
  return { isIncomplete: false, items: items.map(toItem) };

  function toItem(item: ModelItem): CompletionItem {
    const plain = item.isSnippet ? plainSnippet(item.newText) : item.newText;
    const asSnippet = item.isSnippet === true && client.snippets;
    const typed = document.getText().slice(item.range.start, offset);
    const documentation = markup(item.documentation, client.markdownCompletion);
    return {
      label: item.label,
      kind: COMPLETION_KINDS[item.kind],
      detail: item.detail,
      ...(documentation && { documentation }),
      // Clients sort by text: a rank of 7 must come before one of 50.
      sortText: `${String(item.rank ?? RANK).padStart(5, '0')} ${item.label}`,
      filterText: filterText(typed, plain, item.label),
      insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      textEdit: { range: rangeOf(document, item.range), newText: asSnippet ? item.newText : plain },
    };
  }
}

/**
 * Clients drop an item unless what stands in its range so far is found, letter by letter, in its filter text. Where
 * an item replaces what was typed by something else altogether, the typed text is put before it.
 */
function filterText(typed: string, newText: string, label: string): string {
  if (isSubsequence(typed, newText)) return newText;
  return isSubsequence(typed, label) ? label : `${typed}${label}`;
}

function isSubsequence(letters: string, text: string): boolean {
  const lower = text.toLowerCase();
  let at = 0;
  for (const letter of letters.toLowerCase()) {
    at = lower.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
