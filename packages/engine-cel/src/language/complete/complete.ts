import type { Completion, ToolKnowledge } from '@benchbook/model';
import type { LanguageWorkspace } from '../workspace.ts';
import { completeComment, completeSidecar } from './controls.ts';
import { cursorAt } from './cursor.ts';
import { completeExpression } from './expression.ts';
import { completeCase, completeKeys, completeValue } from './keys.ts';

/** What may stand at an offset. */
export function complete(
  workspace: LanguageWorkspace,
  path: string,
  at: number,
  known: ToolKnowledge,
): Completion {
  const document = workspace.document(path);
  if (!document) return { items: [] };
  const offset = Math.max(0, Math.min(at, document.text.length));
  const comment = document.kind === 'controls' ? null : completeComment(document, offset);
  if (comment) return comment;
  const cursor = cursorAt(document, offset);
  if (!cursor) return { items: [] };
  if (document.kind === 'controls') return completeSidecar(document, cursor, offset, workspace);
  if (cursor.kind === 'expression') return { items: completeExpression(cursor, known, workspace) };
  if (cursor.kind === 'value') return { items: completeValue(document, cursor, offset) };
  const inCase = cursor.slot?.kind === 'map' ? completeCase(cursor.slot.shape, cursor) : [];
  return { items: [...inCase, ...completeKeys(document, cursor, [...workspace.variables.keys()])] };
}
