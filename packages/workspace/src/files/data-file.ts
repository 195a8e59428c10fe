import type { Diagnostic, FileTree, Json } from '@benchbook/model';
import { type DataDocument, parseData } from '../data/parse.ts';
import { finding } from '../diagnostics.ts';
import { readText } from './read-text.ts';

export interface DataFile {
  readonly path: string;
  readonly document: DataDocument;
  readonly value: Json;
}

/** Reads and parses YAML or JSON files; those that cannot be are told in `diagnostics` and left out. */
export async function readDataFiles(
  tree: FileTree,
  paths: readonly string[],
): Promise<{ readonly files: readonly DataFile[]; readonly diagnostics: readonly Diagnostic[] }> {
  const files: DataFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of paths) {
    const result = await readText(tree, path);
    if ('diagnostic' in result) {
      diagnostics.push(result.diagnostic);
      continue;
    }
    const document = parseData(result.text);
    for (const { message, range } of document.problems)
      diagnostics.push(finding('data-syntax', path, range, message));
    if (document.problems.length === 0) files.push({ path, document, value: document.value ?? null });
  }
  return { files, diagnostics };
}
