import type { Diagnostic, EngineManifest, FilePattern, FileTree, SourceFile } from '@benchbook/model';
import { finding } from '../diagnostics.ts';
import { compileGlobs } from '../globs.ts';
import { commentOf } from '../ignores/comment.ts';
import { readText } from './read-text.ts';

/** More files than a person writes policies in; a bound for folders taken by mistake. */
export const MAX_POLICY_FILES = 10_000;

/** A file of an engine, as the workspace found it. */
export interface PolicyFile extends SourceFile {
  /** The engine's name. */
  readonly engine: string;
  /** Its policies are decided and reported, not applied. */
  readonly audit: boolean;
  /** SHA-256 of the file's bytes. */
  readonly sha256: string;
  /** What starts a comment in it. */
  readonly comment: string;
}

interface Candidate extends Omit<PolicyFile, 'text' | 'sha256'> {
  readonly root: string;
  readonly companion: boolean;
}

export interface PolicyFiles {
  readonly files: readonly PolicyFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Files that the patterns find, of whatever kind. */
  readonly matched: number;
}

/** Finds and reads the files of all engines, in path order. */
export async function findPolicyFiles(
  tree: FileTree,
  paths: readonly string[],
  globs: readonly string[],
  auditGlobs: readonly string[],
  engines: readonly EngineManifest[],
): Promise<PolicyFiles> {
  const find = compileGlobs(globs);
  const isAudit = compileGlobs(auditGlobs);
  const candidates: Candidate[] = [];
  let matched = 0;
  for (const path of paths) {
    const found = find(path);
    if (!found) continue;
    matched++;
    const kind = kindOf(path, engines);
    if (!kind) continue;
    const { engine, pattern } = kind;
    candidates.push({
      path,
      rootPath: found.base === '' ? path : path.slice(found.base.length + 1),
      root: found.base,
      role: pattern.role,
      language: pattern.language,
      engine: engine.name,
      audit: isAudit(path) !== undefined,
      comment: pattern.comment ?? commentOf(path),
      companion: pattern.companion === true,
    });
  }

  const taken = withoutStrayCompanions(candidates);
  const diagnostics: Diagnostic[] = [];
  if (taken.length > MAX_POLICY_FILES) {
    const message = `${taken.length} policy files; at most ${MAX_POLICY_FILES} are loaded: narrow \`policies\``;
    diagnostics.push(finding('too-many-files', taken[MAX_POLICY_FILES]!.path, null, message));
  }
  const files: PolicyFile[] = [];
  for (const { root: _, companion: __, ...file } of taken.slice(0, MAX_POLICY_FILES)) {
    const result = await readText(tree, file.path);
    if ('text' in result) files.push({ ...file, text: result.text, sha256: result.sha256 });
    else diagnostics.push(result.diagnostic);
  }
  return { files, diagnostics, matched };
}

/** A `data.json` is policy data only where its engine has files under the same policy root. */
function withoutStrayCompanions(candidates: readonly Candidate[]): Candidate[] {
  const key = (candidate: Candidate) => `${candidate.engine}\n${candidate.root}`;
  const roots = new Set(candidates.filter(({ companion }) => !companion).map(key));
  return candidates.filter((candidate) => !candidate.companion || roots.has(key(candidate)));
}

function kindOf(
  path: string,
  engines: readonly EngineManifest[],
): { engine: EngineManifest; pattern: FilePattern } | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  for (const engine of engines) {
    const pattern = engine.files.find(({ suffix }) => fits(name, suffix));
    if (pattern) return { engine, pattern };
  }
  return undefined;
}

/** `.cel.yaml` and `_test.rego` are endings; `.manifest` and `data.json` are whole names as well. */
function fits(name: string, suffix: string): boolean {
  if (name === suffix) return true;
  return /^[._-]/.test(suffix) && name.endsWith(suffix) && name.length > suffix.length;
}
