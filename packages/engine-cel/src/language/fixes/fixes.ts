import type { CodeFix, Diagnostic, TextRange, ToolKnowledge } from '@benchbook/model';
import type { LanguageWorkspace } from '../workspace.ts';
import { type FixContext, fixOf, touches } from './context.ts';
import { controlFixes } from './controls.ts';
import { hasFixes } from './has.ts';
import { nameFixes } from './names.ts';
import { spellingFixes } from './spelling.ts';

/** What mends the diagnostics that touch a range, then what one may want there. */
export function fixes(
  workspace: LanguageWorkspace,
  path: string,
  range: TextRange,
  diagnostics: readonly Diagnostic[],
  known: ToolKnowledge,
): readonly CodeFix[] {
  const document = workspace.document(path);
  if (!document) return [];
  const own = diagnostics.filter((one) => one.file === path && touches(one.range ?? range, range));
  const context: FixContext = { workspace, document, range, diagnostics: own, known };
  return [
    ...spellingFixes(context),
    ...quoteFixes(context),
    ...hasFixes(context),
    ...nameFixes(context),
    ...controlFixes(context),
  ];
}

/** Quotes around an expression that YAML reads as a number or a truth value. */
function quoteFixes(context: FixContext): CodeFix[] {
  const { text } = context.document;
  return context.diagnostics.flatMap((diagnostic) => {
    const { code, range } = diagnostic;
    if (code !== 'cel-unquoted-expression' || !range) return [];
    const newText = `"${text.slice(range.start, range.end)}"`;
    return [
      fixOf(
        context,
        'Put it in quotes',
        { range, newText },
        { kind: 'quickfix', diagnostic, isPreferred: true },
      ),
    ];
  });
}
