import type { LanguageFeatures } from '@benchbook/model';
import type { Cedar } from '../runtime/cedar.ts';
import { complete } from './complete/complete.ts';
import { fixes } from './fixes/fixes.ts';
import { folding } from './folding.ts';
import { formatFile } from './format.ts';
import { hover } from './hover.ts';
import { definition, highlights, references } from './navigate/find.ts';
import { prepareRename, rename } from './navigate/rename.ts';
import { scaffold } from './scaffold.ts';
import { selections } from './selections.ts';
import { signature } from './signature.ts';
import { symbols } from './symbols.ts';
import { tokens } from './tokens.ts';
import { uses } from './uses.ts';
import type { LanguageWorkspace } from './workspace.ts';

/** Every editor verb over a workspace. */
export function languageFeatures(cedar: Cedar, workspace: LanguageWorkspace): LanguageFeatures {
  return {
    format: (path) => formatFile(cedar, workspace.ofRole('policy'), path),
    scaffold,
    complete: (path, offset, known) => complete(workspace, path, offset, known),
    hover: (path, offset, known) => hover(workspace, path, offset, known),
    definition: (path, offset) => definition(workspace, path, offset),
    references: (path, offset, withDefinition) => references(workspace, path, offset, withDefinition),
    highlights: (path, offset) => highlights(workspace, path, offset),
    prepareRename: (path, offset) => prepareRename(workspace, path, offset),
    rename: (path, offset, newName) => rename(workspace, path, offset, newName),
    symbols: (path) => symbols(workspace, path),
    folding: (path) => folding(workspace, path),
    selections: (path, offset) => selections(workspace, path, offset),
    tokens: (path) => tokens(workspace, path),
    signature: (path, offset) => signature(workspace, path, offset),
    fixes: (path, range, diagnostics, known) => fixes(workspace, path, range, diagnostics, known),
    uses: (path) => uses(workspace, path),
  };
}
