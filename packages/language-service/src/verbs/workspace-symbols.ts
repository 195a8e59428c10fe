import type { DocumentSymbol } from '@benchbook/model';
import type { WorkspaceSymbol } from '../api.ts';
import type { VerbContext } from './context.ts';

/** As the interface promises. */
const MOST = 500;

/** Symbols of all policy files whose name holds the letters of `query` in their order; by file and place. */
export async function workspaceSymbols(
  context: VerbContext,
  query: string,
): Promise<readonly WorkspaceSymbol[]> {
  const { workspace } = await context.state();
  const letters = [...query.toLowerCase().replace(/\s+/g, '').slice(0, 200)];
  const found: WorkspaceSymbol[] = [];
  const walk = (file: string, symbols: readonly DocumentSymbol[]): void => {
    for (const { name, detail, kind, selection, children } of symbols) {
      if (found.length >= MOST) return;
      if (holdsInOrder(name.toLowerCase(), letters))
        found.push({ name, detail, kind, file, range: selection });
      walk(file, children);
    }
  };
  for (const { path, role } of workspace.policyFiles) {
    if (found.length >= MOST) break;
    if (role === 'policy' || role === 'schema' || role === 'test')
      walk(path, (await context.ask(path, (features) => features.symbols?.(path))) ?? []);
  }
  return found;
}

function holdsInOrder(name: string, letters: readonly string[]): boolean {
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
