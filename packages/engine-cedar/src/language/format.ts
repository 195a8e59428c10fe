import type { SourceFile, TextEdit } from '@benchbook/model';
import type { FormattingAnswer } from '@cedar-policy/cedar-wasm/web';
import { boundDepth } from '../policies/depth.ts';
import { splitStatements } from '../policies/split.ts';
import { answerOf, isFailure } from '../runtime/answers.ts';
import type { Cedar } from '../runtime/cedar.ts';

/** Edits that format a `.cedar` file; none where it is formatted, null where it cannot be. */
export function formatFile(
  cedar: Cedar,
  files: readonly SourceFile[],
  path: string,
): readonly TextEdit[] | null {
  const file = files.find((one) => one.path === path && one.role === 'policy');
  if (!file) return null;
  const { text } = file;
  const statements = splitStatements(text);
  if (!statements.every((statement) => boundDepth(statement).ok)) return null;
  const answer = answerOf<FormattingAnswer>(
    cedar.value('formatPolicies', JSON.stringify({ policyText: text, lineWidth: 100, indentWidth: 2 })),
  );
  if (isFailure(answer)) return null;
  const { formatted_policy: formatted } = answer as Extract<FormattingAnswer, { type: 'success' }>;
  return formatted === text ? [] : [{ range: { start: 0, end: text.length }, newText: formatted }];
}
