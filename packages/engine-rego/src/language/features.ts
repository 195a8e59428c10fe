import type { EngineOptions, JsonObject, LanguageFeatures, SourceFile } from '@benchbook/model';
import { sourcesOf } from '../session/sources.ts';
import { readVersions, type Versions } from '../session/versions.ts';
import type { BuiltinInfo, DataFile } from '../toolchain/protocol.ts';
import type { Workbench } from '../workbench/workbench.ts';
import { complete } from './complete/complete.ts';
import type { Context } from './context.ts';
import { fixes } from './fixes/fixes.ts';
import { folding } from './folding.ts';
import { formatFile } from './format.ts';
import { hover } from './hover.ts';
import type { RegoFile } from './index/file.ts';
import { type Occurrence, occurrencesOf } from './index/occurrences.ts';
import { type RegoWorkspace, readWorkspace } from './index/workspace.ts';
import { definition, highlights, references } from './navigate.ts';
import { prepareRename, rename } from './rename.ts';
import { scaffold } from './scaffold.ts';
import { selections } from './selections.ts';
import { signature } from './signature.ts';
import { symbols } from './symbols.ts';
import { tokens } from './tokens.ts';
import { uses } from './uses.ts';

/** What the verbs need of the session. */
export interface LanguageHost {
  readonly workbench: Workbench;
  readonly options: EngineOptions;
  readonly entrypoints: readonly string[];
  files(): readonly SourceFile[];
  /** Types of rules of the latest version that compiled, by their paths below `data`. */
  types(paths: readonly (readonly string[])[]): readonly string[];
  /** The latest load found no error in the file's syntax; undefined where it has not seen this text. */
  parses(file: SourceFile): boolean | undefined;
}

/** Reads the files that the host has now, and answers verbs over them. */
export function createLanguage(host: LanguageHost): {
  readonly features: LanguageFeatures;
  context(): Context;
} {
  let state: { files: readonly SourceFile[]; context: Context } | undefined;
  let workspace: RegoWorkspace | undefined;
  let builtins: ReadonlyMap<string, BuiltinInfo> | undefined;
  let mounted: { readonly files: readonly DataFile[]; readonly data: JsonObject } | undefined;

  /** Data files change rarely: they are read again when they did. */
  function dataOf(files: readonly DataFile[]): JsonObject {
    const same =
      mounted?.files.length === files.length &&
      mounted.files.every(
        ({ path, text }, index) => path === files[index]!.path && text === files[index]!.text,
      );
    if (!mounted || !same) mounted = { files, data: host.workbench.toolchain().data(files) };
    return mounted.data;
  }

  function context(): Context {
    const files = host.files();
    if (state?.files === files) return state.context;
    builtins ??= new Map(
      host.workbench
        .toolchain()
        .builtins()
        .map((one) => [one.name, one]),
    );
    workspace = readWorkspace(files, workspace);
    state = { files, context: contextOf(host, files, workspace, builtins, dataOf) };
    return state.context;
  }

  function on<T>(path: string, none: T, answer: (file: RegoFile, on: Context) => T): T {
    const now = context();
    const file = now.workspace.file(path);
    return file ? answer(file, now) : none;
  }

  function parses(path: string): boolean {
    const file = host.files().find((one) => one.path === path);
    if (!file) return false;
    const version = context().version(path);
    return (
      host.parses(file) ?? host.workbench.toolchain().check([{ path, text: file.text, version }]).length === 0
    );
  }

  const features: LanguageFeatures = {
    format: (path) =>
      formatFile(host.workbench, host.files(), readVersions(host.files(), host.options.settings), path),
    scaffold,
    complete: (path, offset, known) =>
      on(path, { items: [] }, (file, now) => complete(now, file, offset, known)),
    hover: (path, offset, known) => on(path, null, (file, now) => hover(now, file, offset, known)),
    definition: (path, offset) => definition(context(), path, offset),
    references: (path, offset, include) => references(context(), path, offset, include),
    highlights: (path, offset) => highlights(context(), path, offset),
    prepareRename: (path, offset) => prepareRename(context(), path, offset),
    rename: (path, offset, newName) => rename(context(), path, offset, newName),
    symbols: (path) => on(path, [], symbols),
    folding: (path) => on(path, [], folding),
    selections: (path, offset) => on(path, [], (file) => selections(file, offset)),
    tokens: (path) => on(path, [], (file, now) => tokens(now, file)),
    signature: (path, offset) => on(path, null, (file, now) => signature(now, file, offset)),
    fixes: (path, range, diagnostics, known) =>
      on(path, [], (file, now) => fixes(now, file, range, diagnostics, known)),
    uses: (path) => on(path, [], (file, now) => (parses(path) ? uses(now, file) : [])),
  };
  return { features, context };
}

function contextOf(
  host: LanguageHost,
  files: readonly SourceFile[],
  workspace: RegoWorkspace,
  builtins: ReadonlyMap<string, BuiltinInfo>,
  dataOf: (files: readonly DataFile[]) => JsonObject,
): Context {
  const { mapping, settings } = host.options;
  let versions: Versions | undefined;
  let data: JsonObject | undefined;
  const occurrences = new Map<RegoFile, readonly Occurrence[]>();
  const types = new Map<string, string>();
  const key = (path: readonly string[]) => path.join('\0');
  const versionsOf = () => {
    versions ??= readVersions(files, settings);
    return versions;
  };
  return {
    workspace,
    builtins,
    mapping: mapping && Object.hasOwn(mapping, 'input') ? mapping.input : undefined,
    entrypoints: host.entrypoints,
    data() {
      data ??= dataOf(sourcesOf(files, versionsOf()).data);
      return data;
    },
    version(path) {
      const file = files.find((one) => one.path === path);
      return file ? versionsOf().of(file) : 1;
    },
    occurrences(file) {
      let known = occurrences.get(file);
      if (known) return known;
      known = occurrencesOf(workspace, file, builtins);
      occurrences.set(file, known);
      return known;
    },
    typeOf(path) {
      if (!types.has(key(path))) {
        const owner = path.slice(0, -1);
        const all = [...workspace.rules(owner).keys()].map((name) => [...owner, name]);
        const found = host.types(all);
        types.set(key(path), '');
        for (const [index, one] of all.entries()) types.set(key(one), found[index] ?? '');
      }
      return types.get(key(path))!;
    },
  };
}
