import { type Diagnostic, isObject, type Json, type JsonObject, type SourceFile } from '@benchbook/model';

/** Rego version of each policy file, and what is wrong with how it is told. */
export interface Versions {
  of(file: SourceFile): number;
  readonly diagnostics: readonly Diagnostic[];
}

interface Told {
  /** Folder below the policy root that the manifest speaks for, '' or with a `/` at its end. */
  readonly folder: string;
  readonly version: number | undefined;
  readonly files: readonly { readonly pattern: RegExp; readonly version: number }[];
}

const DEFAULT_VERSION = 1;
const KNOWN: readonly Json[] = [0, 1];

/** Reads Rego versions: a `.manifest` of a bundle first, then `rego: { version }` of the workspace, else 1. */
export function readVersions(files: readonly SourceFile[], settings: JsonObject | undefined): Versions {
  const diagnostics: Diagnostic[] = [];
  const told: Told[] = [];
  for (const file of files) {
    if (file.role !== 'manifest') continue;
    const read = readManifest(file);
    if (typeof read === 'string') diagnostics.push(broken(file.path, read));
    else told.push(read);
  }
  // The closest folder speaks first.
  told.sort((a, b) => b.folder.length - a.folder.length);
  const general = settings?.version === 0 ? 0 : DEFAULT_VERSION;
  return {
    diagnostics,
    of(file) {
      for (const manifest of told) {
        if (!file.rootPath.startsWith(manifest.folder)) continue;
        const path = file.rootPath.slice(manifest.folder.length);
        const own = manifest.files.find(({ pattern }) => pattern.test(`/${path}`));
        const version = own?.version ?? manifest.version;
        if (version !== undefined) return version;
      }
      return general;
    },
  };
}

function readManifest(file: SourceFile): Told | string {
  let value: Json;
  try {
    value = JSON.parse(file.text) as Json;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (!isObject(value)) return 'a bundle manifest is a JSON object';
  const folder = file.rootPath.slice(0, file.rootPath.lastIndexOf('/') + 1);
  const version = Object.hasOwn(value, 'rego_version') ? value.rego_version : undefined;
  if (version !== undefined && !KNOWN.includes(version)) return '`rego_version` is 0 or 1';
  const perFile = Object.hasOwn(value, 'file_rego_versions') ? value.file_rego_versions : {};
  if (!isObject(perFile ?? null)) return '`file_rego_versions` maps paths to 0 or 1';
  const files: Told['files'][number][] = [];
  for (const [glob, each] of Object.entries(perFile as JsonObject)) {
    if (!KNOWN.includes(each)) return `\`file_rego_versions\` of ${glob} is 0 or 1`;
    files.push({ pattern: globPattern(glob), version: each as number });
  }
  return { folder, version: version as number | undefined, files };
}

/** `*` stays within a folder, `**` does not; a path may leave out its leading `/`. */
function globPattern(glob: string): RegExp {
  const source = glob
    .split(/(\*\*|\*|\?)/)
    .map((part) => {
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      return part === '?' ? '[^/]' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^/?${source.startsWith('/') ? source.slice(1) : source}$`);
}

function broken(file: string, why: string): Diagnostic {
  return {
    code: 'rego-manifest-error',
    severity: 'error',
    message: `${why}.`,
    file,
    range: null,
    fatal: true,
  };
}
