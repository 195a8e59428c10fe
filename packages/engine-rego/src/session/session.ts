import {
  type Diagnostic,
  digest,
  type EngineInput,
  type EngineOptions,
  type EngineSession,
  type Snapshot,
  type SourceFile,
  type TextDocument,
  textDocument,
} from '@benchbook/model';
import { createForward } from '../lanes/fast/forward.ts';
import { createLanguage } from '../language/features.ts';
import { suggestionFor } from '../language/suggest.ts';
import { runTests, type TestFiles, type UnderTest, unreadable } from '../tests/run.ts';
import type { Workbench } from '../workbench/workbench.ts';
import { toDiagnostics } from './diagnostics.ts';
import { createInputLint } from './input-lint.ts';
import { lintMetadata } from './metadata-lint.ts';
import { createBuilder } from './program.ts';
import { createSets, DEFAULT_BUDGET } from './sets.ts';
import { sourcesOf, testsOf } from './sources.ts';
import { readVersions } from './versions.ts';

/** What the files of the latest update came to. */
interface Loaded {
  readonly snapshot: Snapshot;
  readonly tests: TestFiles;
  /** Absent where no policy decides. */
  readonly under?: UnderTest;
  /** Texts of policies by path, and the files among them that do not parse. */
  readonly texts: ReadonlyMap<string, string>;
  readonly unparsed: ReadonlySet<string>;
}

/** A session over one toolchain. */
export function createSession(workbench: Workbench, options: EngineOptions): EngineSession {
  const forward = createForward(workbench.toolchain);
  let files: readonly SourceFile[] = [];
  const entrypoints = entrypointsOf(options);
  const builder = createBuilder(workbench, entrypoints);
  const lintInput = createInputLint();
  // What compiled last: a program that OPA's types are asked of, even while the text does not load.
  let typed: UnderTest['program'] | undefined;
  let last: { readonly key: string; readonly loaded: Loaded } | undefined;

  function load(): Loaded {
    const documents = new Map<string, TextDocument>();
    for (const file of files) documents.set(file.path, textDocument(file.text));
    const documentOf = (file: string) => documents.get(file);
    const versions = readVersions(files, options.settings);
    const sources = sourcesOf(files, versions);
    const tests = { files: testsOf(files, versions), documentOf };
    const unread = toDiagnostics(unreadable(workbench, tests.files), documentOf, '', false);
    const first = sources.files[0];
    const policies = files.filter(({ role }) => role === 'policy');
    const texts = new Map(policies.map(({ path, text }) => [path, text]));
    if (!first) {
      const diagnostics = [...versions.diagnostics, ...unread];
      return { snapshot: { diagnostics, sets: [] }, tests, texts, unparsed: new Set() };
    }
    const built = builder.build(sources);
    const unparsed = new Set(
      built.errors.flatMap(({ code, file }) => (code === 'rego_parse_error' ? [file] : [])),
    );
    const now = language.context();
    const errors = toDiagnostics(built.errors, documentOf, first.path, true).map((error) => {
      const meant = suggestionFor(now, error);
      return meant ? { ...error, message: `${error.message}; did you mean \`${meant.name}\`?` } : error;
    });
    const never = toDiagnostics(built.never, documentOf, first.path, false).map(
      (note): Diagnostic => ({ ...note, severity: 'warning' }),
    );
    const diagnostics: Diagnostic[] = [
      ...versions.diagnostics,
      ...errors,
      ...built.choice.unknown.map((name) => unknownEntrypoint(name, first.path)),
      ...unread,
      ...never,
      ...policies.flatMap(lintMetadata),
      ...lintInput(now),
    ];
    if (!built.compiled) return { snapshot: { diagnostics, sets: [] }, tests, texts, unparsed };
    const { program, facts, data } = built.compiled;
    typed = program;
    const context = { workbench, program, data, forward, options, documentOf };
    const sets = createSets(context, built.choice.sets, facts);
    const under = { program, choices: built.choice.sets, sets };
    return { snapshot: { diagnostics, sets }, tests, under, texts, unparsed };
  }

  const language = createLanguage({
    workbench,
    options,
    entrypoints,
    files: () => files,
    types(paths) {
      if (!typed) return [];
      try {
        return workbench.with(typed, (toolchain, handle) => toolchain.types(handle, paths));
      } catch {
        // Types are an addition: without them the rest is told.
        return [];
      }
    },
    parses({ path, text }) {
      if (last?.loaded.texts.get(path) !== text) return undefined;
      return !last.loaded.unparsed.has(path);
    },
  });

  async function current(signal: AbortSignal | undefined): Promise<Loaded> {
    const key = digest(
      files.map(({ path, rootPath, role, text }) => [path, rootPath, role, text].join('\0')).join('\0\0'),
    );
    if (last?.key === key) return last.loaded;
    signal?.throwIfAborted();
    last = { key, loaded: load() };
    return last.loaded;
  }

  return {
    update(input: EngineInput) {
      files = input.files;
    },
    async snapshot(signal) {
      return (await current(signal)).snapshot;
    },
    async test(signal) {
      const { tests, under } = await current(signal);
      return runTests(workbench, tests, under, options.budget ?? DEFAULT_BUDGET, signal);
    },
    language: language.features,
    close() {
      last = undefined;
      workbench.close();
    },
  };
}

function entrypointsOf(options: EngineOptions): string[] {
  const listed = options.settings?.entrypoints;
  if (!Array.isArray(listed)) return [];
  return (listed as readonly unknown[]).filter((entry) => typeof entry === 'string');
}

function unknownEntrypoint(name: string, file: string): Diagnostic {
  return {
    code: 'rego-unknown-entrypoint',
    severity: 'error',
    message: `The entrypoint ${name} names no rule, and no package with a decision rule; correct it or remove it.`,
    file,
    range: null,
    fatal: true,
  };
}
