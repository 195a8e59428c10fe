import { type Diagnostic, digest, type FileTree, getOwn, isObject, type Json } from '@benchbook/model';
import { finding } from '../diagnostics.ts';
import { type DataFiles, readDataFiles } from './data-file.ts';

/** A company's own catalog, parsed; `controls` says whether it is one. */
export interface CatalogFile {
  readonly path: string;
  readonly value: Json;
}

/**
 * Reads the company's catalogs. Where one names the document that its clauses come from, the document lies in the
 * workspace, and its digest is another, that is told: the clauses may no longer be what the document says.
 */
export async function readCatalogs(
  tree: FileTree,
  paths: readonly string[],
): Promise<Pick<DataFiles, 'texts' | 'diagnostics'> & { readonly catalogs: readonly CatalogFile[] }> {
  const { files, texts, diagnostics } = await readDataFiles(tree, paths);
  const changed: Diagnostic[] = [];
  for (const { path, value, document } of files) {
    const named = memberOf(value, 'document');
    const stated = memberOf(value, 'sha256')
      ?.replace(/^sha256:/i, '')
      .toLowerCase();
    const actual = named === undefined || stated === undefined ? undefined : await digestOf(tree, named);
    if (actual === undefined || actual === stated) continue;
    const message = `${named} is not the document that these clauses were taken from (its digest is ${actual}): compare them, then state the new digest`;
    changed.push(finding('catalog-document-changed', path, document.rangeOf(['sha256']), message));
  }
  return {
    catalogs: files.map(({ path, value }) => ({ path, value })),
    texts,
    diagnostics: [...diagnostics, ...changed],
  };
}

function memberOf(value: Json, key: string): string | undefined {
  const member = isObject(value) ? getOwn(value, key) : undefined;
  return typeof member === 'string' ? member : undefined;
}

/** Undefined where it is no file of the workspace: a document may live elsewhere. */
async function digestOf(tree: FileTree, path: string): Promise<string | undefined> {
  if (path.startsWith('/') || path.split('/').includes('..')) return undefined;
  try {
    return digest(await tree.read(path));
  } catch {
    return undefined;
  }
}
