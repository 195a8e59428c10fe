import type { EngineManifest, LanguageId } from '@benchbook/model';
import { lastSegment } from './uri.ts';

/** The language of a file by its name, as the engines' manifests tell it; undefined for files of no engine. */
export function languageOf(path: string, manifests: readonly EngineManifest[]): LanguageId | undefined {
  const name = lastSegment(path);
  for (const { files } of manifests) {
    const pattern = files.find(({ suffix, companion }) => !companion && name.endsWith(suffix));
    if (pattern) return pattern.language;
  }
  return undefined;
}

/** Globs of the files that hold policies or schemas of each language, for registering features by file. */
export function patternsOf(manifests: readonly EngineManifest[]): readonly {
  readonly language: LanguageId;
  readonly glob: string;
}[] {
  return manifests.flatMap(({ files }) =>
    files
      .filter(({ companion, role }) => !companion && role !== 'manifest')
      .map(({ suffix, language }) => ({ language, glob: `**/*${suffix}` })),
  );
}
