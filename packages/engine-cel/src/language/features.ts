import type { LanguageFeatures } from '@benchbook/model';
import { scaffold } from '../scaffold.ts';
import { complete } from './complete/complete.ts';
import { fixes } from './fixes/fixes.ts';
import { format } from './format.ts';
import { hover } from './hover.ts';
import { definition, highlights, references } from './navigate/navigate.ts';
import { prepareRename, rename } from './navigate/rename.ts';
import { signature } from './signature.ts';
import { folding } from './structure/folding.ts';
import { selections } from './structure/selections.ts';
import { symbols } from './structure/symbols.ts';
import { tokens } from './structure/tokens.ts';
import { uses } from './uses.ts';
import type { LanguageWorkspace } from './workspace.ts';

/** All editor verbs over the files of a session. */
export function languageFeatures(workspace: LanguageWorkspace): LanguageFeatures {
  return {
    scaffold,
    format: (path) => format(workspace, path),
    complete: (path, offset, known) => complete(workspace, path, offset, known),
    hover: (path, offset, known) => hover(workspace, path, offset, known),
    definition: (path, offset) => definition(workspace, path, offset),
    references: (path, offset, includeDefinition) => references(workspace, path, offset, includeDefinition),
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
