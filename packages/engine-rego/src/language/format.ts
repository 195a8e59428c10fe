import type { SourceFile, TextEdit } from '@benchbook/model';
import type { Versions } from '../session/versions.ts';
import type { Workbench } from '../workbench/workbench.ts';

/** OPA's formatting of a file as edits, or null where it does not parse. */
export function formatFile(
  workbench: Workbench,
  files: readonly SourceFile[],
  versions: Versions,
  path: string,
): readonly TextEdit[] | null {
  const file = files.find((candidate) => candidate.path === path);
  if (!file?.path.endsWith('.rego')) return null;
  const { text, diagnostics } = workbench
    .toolchain()
    .format({ path, text: file.text, version: versions.of(file) });
  if (diagnostics.length > 0) return null;
  if (text === file.text) return [];
  return [{ range: { start: 0, end: file.text.length }, newText: text }];
}
