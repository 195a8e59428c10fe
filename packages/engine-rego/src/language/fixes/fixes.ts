import type { CodeFix, Diagnostic, TextRange, ToolKnowledge } from '@benchbook/model';
import type { Context } from '../context.ts';
import type { RegoFile } from '../index/file.ts';
import { suggestionFor, unknownMembers } from '../suggest.ts';
import { controlRefactors } from './controls.ts';
import { guardRefactors } from './guard.ts';
import { metadataFixes } from './metadata.ts';
import { nameFixes } from './names.ts';
import { quickFix, spelt } from './quick.ts';
import { syntaxFixes } from './syntax.ts';

/** Fixes of diagnostics that touch a range, and refactorings there. */
export function fixes(
  context: Context,
  file: RegoFile,
  range: TextRange,
  diagnostics: readonly Diagnostic[],
  known: ToolKnowledge,
): readonly CodeFix[] {
  const touched = diagnostics.filter(({ file: path, range: at }) => {
    return (
      path === file.path && (at === null ? range.start === 0 : at.start <= range.end && range.start <= at.end)
    );
  });
  const all = [
    ...touched.flatMap((diagnostic) => fixesOf(context, file, diagnostic, known)),
    ...guardRefactors(context, file, range),
    ...controlRefactors(context, file, range),
  ];
  // Several findings of one rule may have the same cure.
  const distinct = new Map<string, CodeFix>();
  for (const fix of all) {
    const key = JSON.stringify([fix.title, fix.edits]);
    if (!distinct.has(key)) distinct.set(key, fix);
  }
  return [...distinct.values()];
}

function fixesOf(context: Context, file: RegoFile, diagnostic: Diagnostic, known: ToolKnowledge): CodeFix[] {
  const suggestion =
    diagnostic.code === 'rego-unknown-input'
      ? unknownMembers(context, file).find(({ range }) => range.start === diagnostic.range?.start)
      : suggestionFor(context, diagnostic);
  const out: CodeFix[] = [];
  if (suggestion) {
    const edit = { range: suggestion.range, newText: spelt(file.text, suggestion.range, suggestion.name) };
    out.push(quickFix(`Change to \`${suggestion.name}\``, file.path, [edit], diagnostic, true));
  }
  return [
    ...out,
    ...nameFixes(context, file, diagnostic, known),
    ...syntaxFixes(context, file, diagnostic),
    ...metadataFixes(file, diagnostic),
  ];
}
