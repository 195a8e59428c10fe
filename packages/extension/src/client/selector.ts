/** Which documents the language server is told of. */

/** Languages that have policies in them, by VS Code's language ids. */
export const LANGUAGES = ['cedar', 'cedarschema', 'rego', 'cel', 'cel-policy'] as const;

/** Files beside the policies whose unsaved text counts too. */
const COMPANIONS = [
  '**/{benchbook.yaml,*.cedarschema.json,*.entities.json,*.links.json,*.controls.yaml}',
  '**/agents/**/*.{yaml,yml,json}',
] as const;

export interface DocumentFilter {
  readonly scheme: string;
  readonly language?: string;
  readonly pattern?: string;
}

/**
 * A filter for every language and scheme. Only schemes of folders and new documents: the sides of a diff and
 * git's own documents are old versions, of which nothing is to be said.
 */
export function documentSelector(folderSchemes: readonly string[]): DocumentFilter[] {
  const schemes = [...new Set(['file', 'untitled', ...folderSchemes])].sort();
  return schemes.flatMap((scheme) => [
    ...LANGUAGES.map((language) => ({ scheme, language })),
    ...(scheme === 'untitled' ? [] : COMPANIONS.map((pattern) => ({ scheme, pattern }))),
  ]);
}
