import type { Diagnostic, FileTree, Json } from '@benchbook/model';
import { type DataDocument, parseData } from '../data/parse.ts';
import { finding } from '../diagnostics.ts';
import { readText } from './read-text.ts';

export interface DataFile {
  readonly path: string;
  readonly document: DataDocument;
  readonly value: Json;
}

/** A text with what starts a comment in it. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
  readonly comment: string;
}

export interface DataFiles {
  readonly files: readonly DataFile[];
  /** Of every file that could be read, parsed or not: for positions and ignores. */
  readonly texts: readonly SourceText[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and parses YAML or JSON files; those that cannot be are told in `diagnostics` and left out. */
export async function readDataFiles(tree: FileTree, paths: readonly string[]): Promise<DataFiles> {
  const files: DataFile[] = [];
  const texts: SourceText[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of paths) {
    const result = await readText(tree, path);
    if ('diagnostic' in result) {
      diagnostics.push(result.diagnostic);
      continue;
    }
    texts.push({ path, text: result.text, comment: '#' });
    const document = parseData(result.text);
    for (const { message, range } of document.problems)
      diagnostics.push(finding('data-syntax', path, range, message));
    if (document.problems.length === 0) files.push({ path, document, value: document.value ?? null });
  }
  return { files, texts, diagnostics };
}
