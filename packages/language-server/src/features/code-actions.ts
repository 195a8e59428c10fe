import { type CodeAction, CodeActionKind, type CodeActionParams } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { toLspDiagnostic } from '../convert/diagnostic.ts';
import { toWorkspaceEdit } from '../convert/edits.ts';
import { textRangeOf } from '../convert/range.ts';
import type { Target } from './answer.ts';

const KINDS = { quickfix: CodeActionKind.QuickFix, refactor: CodeActionKind.Refactor };

export async function codeActions(
  { root, path, document }: Target,
  { range, context: { only } }: CodeActionParams,
  { client }: ServerContext,
): Promise<CodeAction[]> {
  // A client that knows commands alone has nothing to do with an edit.
  if (!client.codeActionLiterals) return [];
  const fixes = await root.service.fixes(path, textRangeOf(document, range));
  const actions = await Promise.all(
    fixes
      .filter(({ kind }) => !only || only.some((wanted) => isOfKind(KINDS[kind], wanted)))
      .map(async ({ title, kind, edits, diagnostic, isPreferred, cursor }): Promise<CodeAction | null> => {
        const edit = await toWorkspaceEdit(root, client, edits, cursor);
        return (
          edit && {
            title,
            kind: KINDS[kind],
            edit,
            ...(diagnostic && { diagnostics: [toLspDiagnostic(diagnostic, document)] }),
            ...(isPreferred && { isPreferred }),
          }
        );
      }),
  );
  return actions.filter((action) => action !== null);
}

function isOfKind(kind: string, wanted: string): boolean {
  return wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`);
}
