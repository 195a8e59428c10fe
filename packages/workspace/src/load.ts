import type { AgentCard, Diagnostic, EngineManifest, FileTree, ToolDefinition } from '@benchbook/model';
import { finding, sortDiagnostics } from './diagnostics.ts';
import { readAgents } from './files/agents.ts';
import { type CatalogFile, readCatalogs } from './files/catalogs.ts';
import { readDataFiles, type SourceText } from './files/data-file.ts';
import { findPolicyFiles, type PolicyFile } from './files/policies.ts';
import { readText } from './files/read-text.ts';
import { readTools } from './files/tools.ts';
import { findTraces, TRACE_ENDINGS } from './files/traces.ts';
import { compileGlob, compileGlobs } from './globs.ts';
import { type LookedFor, policyEndings } from './looked-for.ts';
import { DEFAULT_MANIFEST, MANIFEST_FILE, type Manifest, type SetNarrowing } from './manifest/manifest.ts';
import { type ManifestResult, readManifest } from './manifest/read.ts';

/** A narrowing with the policy files that it is about. */
export interface FoundNarrowing extends SetNarrowing {
  readonly files: readonly string[];
}

/** Patterns that a caller puts in place of the manifest's. May lead out of the workspace if the tree does. */
export interface WorkspaceOverrides {
  readonly policies?: readonly string[];
  readonly traces?: readonly string[];
}

/** All that one folder says: manifest and found files. Plain data, fit for `structuredClone`. */
export interface Workspace {
  /** `benchbook.yaml`, or null where the conventions alone hold. */
  readonly manifestPath: string | null;
  /** With defaults filled in and overrides put in place. */
  readonly manifest: Manifest;
  /** Sorted. Those with `fatal` mean that decisions would not be the ones the user asked for. */
  readonly diagnostics: readonly Diagnostic[];
  /** Files of all engines, in path order. */
  readonly policyFiles: readonly PolicyFile[];
  /** Recordings, in path order. */
  readonly tracePaths: readonly string[];
  readonly tools: readonly ToolDefinition[];
  readonly agents: readonly AgentCard[];
  /** Texts of the files of `agents`, for what cards say beside attributes, and where. */
  readonly agentFiles: readonly SourceText[];
  /** Policies that check agents (`governance.checks`), of all engines; they decide no call. */
  readonly checkFiles: readonly PolicyFile[];
  readonly catalogs: readonly CatalogFile[];
  readonly narrowings: readonly FoundNarrowing[];
  /** Texts that are read but belong to no engine: for positions and `benchbook-ignore`. */
  readonly otherTexts: readonly SourceText[];
  readonly lookedFor: { readonly policies: LookedFor; readonly traces: LookedFor };
}

/** Reads a workspace: its manifest, or what the conventions say, and every file but the recordings. */
export async function loadWorkspace(
  tree: FileTree,
  engines: readonly EngineManifest[],
  overrides: WorkspaceOverrides = {},
): Promise<Workspace> {
  const diagnostics: Diagnostic[] = [];
  let paths: readonly string[] = [];
  try {
    paths = await tree.list();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    diagnostics.push(finding('workspace-unreadable', '.', null, message));
  }

  const { text, ...read } = await readManifestOf(tree, paths, engines);
  diagnostics.push(...read.diagnostics);
  const manifest: Manifest = {
    ...read.manifest,
    ...(overrides.policies ? { policies: overrides.policies } : {}),
    ...(overrides.traces ? { traces: overrides.traces } : {}),
  };
  diagnostics.push(...emptyGlobs(paths, read, overrides));

  const checkGlobs = manifest.governance?.checks ?? [];
  const checks = await findPolicyFiles(tree, paths, checkGlobs, [], engines);
  const isCheck = new Set(select(paths, checkGlobs));
  const others = paths.filter((path) => !isCheck.has(path));
  const policies = await findPolicyFiles(tree, others, manifest.policies, manifest.audit, engines);
  const traces = findTraces(paths, manifest.traces);
  const toolFiles = await readDataFiles(tree, select(paths, manifest.tools));
  const tools = readTools(toolFiles.files);
  const agentFiles = await readDataFiles(tree, select(paths, manifest.agents));
  const agents = readAgents(agentFiles.files);
  const catalogs = await readCatalogs(tree, select(paths, manifest.catalogs));
  for (const part of [policies, checks, toolFiles, tools, agentFiles, agents, catalogs])
    diagnostics.push(...part.diagnostics);

  const looked = (key: 'policies' | 'traces', endings: readonly string[], matched: number): LookedFor => ({
    patterns: manifest[key],
    endings,
    matched,
    listed: paths.length,
    from: overrides[key] ? 'caller' : isWritten(read.manifest, key) ? 'manifest' : 'convention',
  });
  return {
    manifestPath: text === undefined ? null : MANIFEST_FILE,
    manifest,
    diagnostics: sortDiagnostics(diagnostics),
    policyFiles: policies.files,
    tracePaths: traces.traces,
    tools: tools.tools,
    agents: agents.agents,
    agentFiles: agentFiles.texts,
    checkFiles: checks.files,
    catalogs: catalogs.catalogs,
    narrowings: manifest.sets.map((narrowing) => ({
      ...narrowing,
      files: select(
        policies.files.map(({ path }) => path),
        narrowing.policies,
      ),
    })),
    otherTexts: [
      ...(text === undefined ? [] : [{ path: MANIFEST_FILE, text, comment: '#' }]),
      ...[toolFiles, agentFiles, catalogs].flatMap(({ texts }) => texts),
      ...checks.files.map(({ path, text, comment }) => ({ path, text, comment })),
    ],
    lookedFor: {
      policies: looked('policies', policyEndings(engines), policies.matched),
      traces: looked('traces', TRACE_ENDINGS, traces.matched),
    },
  };
}

async function readManifestOf(
  tree: FileTree,
  paths: readonly string[],
  engines: readonly EngineManifest[],
): Promise<ManifestResult & { text?: string }> {
  if (paths.includes(MANIFEST_FILE)) {
    const result = await readText(tree, MANIFEST_FILE);
    if ('text' in result) return { ...readManifest(result.text, engines), text: result.text };
    return { manifest: DEFAULT_MANIFEST, diagnostics: [result.diagnostic] };
  }
  const other = ['benchbook.yml', 'benchbook.json', '.benchbook.yaml'].find((name) => paths.includes(name));
  const message = `this file is not read; rename it to ${MANIFEST_FILE}`;
  return {
    manifest: DEFAULT_MANIFEST,
    diagnostics: other ? [finding('manifest-name', other, null, message)] : [],
  };
}

/** Patterns written in the manifest that find nothing: most often misspelt. */
function emptyGlobs(
  paths: readonly string[],
  { manifest, document }: ManifestResult,
  overrides: WorkspaceOverrides,
): Diagnostic[] {
  if (!document) return [];
  const diagnostics: Diagnostic[] = [];
  const check = (path: readonly (string | number)[], globs: readonly string[]) => {
    for (const [index, glob] of globs.entries()) {
      const find = compileGlob(glob.replace(/^!/, ''));
      if (paths.some((candidate) => find(candidate))) continue;
      const message = `no file matches \`${glob}\` (${paths.length} in the workspace)`;
      const range = document.rangeOf([...path, index]);
      diagnostics.push(finding('glob-matches-nothing', MANIFEST_FILE, range, message));
    }
  };
  for (const key of ['policies', 'traces', 'agents', 'tools', 'catalogs', 'audit'] as const) {
    const overridden = (key === 'policies' || key === 'traces') && overrides[key] !== undefined;
    if (isWritten(manifest, key) && !overridden) check([key], manifest[key]);
  }
  check(['governance', 'checks'], manifest.governance?.checks ?? []);
  for (const [index, narrowing] of manifest.sets.entries())
    check(['sets', index, 'policies'], narrowing.policies);
  return diagnostics;
}

/** The manifest says it, and rightly: else the default stands there. */
function isWritten(manifest: Manifest, key: keyof Manifest): boolean {
  return manifest[key] !== DEFAULT_MANIFEST[key];
}

function select(paths: readonly string[], globs: readonly string[]): string[] {
  const find = compileGlobs(globs);
  return paths.filter((path) => find(path) !== undefined);
}
