import type { CodeFix, Diagnostic, TextRange, ToolKnowledge } from '@benchbook/model';
import { PolicyView } from '../knowledge/view.ts';
import { holds } from '../place.ts';
import { type PieceFile, pieceAt } from '../syntax/pieces.ts';
import type { PolicyNode } from '../syntax/tree.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import { addControl, addId } from './annotations.ts';
import { guardAt, guardFix } from './guard.ts';
import { spellingFix } from './spelling.ts';

/** What a fix is made from. Offsets are relative to the piece, `start` is the piece's in the file. */
export interface FixPlace {
  readonly workspace: LanguageWorkspace;
  readonly path: string;
  readonly file: PieceFile;
  readonly start: number;
  readonly text: string;
  readonly policy: PolicyNode;
  readonly view: PolicyView;
  readonly known: ToolKnowledge;
}

/** Fixes for the findings that touch `range`, and what one may want on the policy there. */
export function fixes(
  workspace: LanguageWorkspace,
  path: string,
  range: TextRange,
  diagnostics: readonly Diagnostic[],
  known: ToolKnowledge,
): readonly CodeFix[] {
  const file = workspace.policies(path);
  if (!file) return [];
  const found: CodeFix[] = [];
  for (const diagnostic of diagnostics) {
    if (diagnostic.file !== path || !diagnostic.range || !touches(diagnostic.range, range)) continue;
    const place = fixPlace(workspace, path, file, diagnostic.range.start, known);
    if (!place) continue;
    const local = {
      start: diagnostic.range.start - place.start,
      end: Math.min(diagnostic.range.end - place.start, place.text.length),
    };
    const fix = spellingFix(place, local, diagnostic) ?? guardFix(place, local, diagnostic);
    if (fix) found.push(fix);
  }
  const place = fixPlace(workspace, path, file, range.start, known);
  if (!place) return distinct(found);
  if (!isOnHead(place, range.start - place.start)) {
    const guard = guardAt(place, range.start - place.start);
    return distinct(guard ? [...found, guard] : found);
  }
  return distinct([...found, ...addId(place), ...addControl(place)]);
}

function touches(a: TextRange, b: TextRange): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function fixPlace(
  workspace: LanguageWorkspace,
  path: string,
  file: PieceFile,
  offset: number,
  known: ToolKnowledge,
): FixPlace | null {
  const at = Math.max(0, Math.min(offset, file.text.length));
  // A finding that begins where a piece does is of that piece.
  const before = pieceAt(file, at);
  const after = pieceAt(file, Math.min(at + 1, file.text.length));
  const { piece, start } = after.start === at ? after : before;
  const { policy, text } = piece;
  return (
    policy && {
      workspace,
      path,
      file,
      start,
      text,
      policy,
      view: new PolicyView(workspace, policy, known),
      known,
    }
  );
}

/** From the annotations to the end of the scope. */
function isOnHead({ policy }: FixPlace, offset: number): boolean {
  const end = policy.scopeRange?.end ?? policy.effect?.range.end ?? policy.range.end;
  return holds({ start: policy.range.start, end }, offset);
}

/** Two findings may want the same edit. */
function distinct(fixes: readonly CodeFix[]): CodeFix[] {
  const seen = new Set<string>();
  return fixes.filter(({ edits, title }) => {
    const key = JSON.stringify([title, edits]);
    return !seen.has(key) && seen.add(key);
  });
}
