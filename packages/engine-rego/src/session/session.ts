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
import { formatFile } from '../language/format.ts';
import { scaffold } from '../language/scaffold.ts';
import { runTests, type TestFiles, type UnderTest, unreadable } from '../tests/run.ts';
import type { Workbench } from '../workbench/workbench.ts';
import { toDiagnostics } from './diagnostics.ts';
import { lintMetadata } from './metadata-lint.ts';
import { buildProgram } from './program.ts';
import { createSets, DEFAULT_BUDGET } from './sets.ts';
import { sourcesOf, testsOf } from './sources.ts';
import { readVersions } from './versions.ts';

/** What the files of the latest update came to. */
interface Loaded {
  readonly snapshot: Snapshot;
  readonly tests: TestFiles;
  /** Absent where no policy decides. */
  readonly under?: UnderTest;
}

/** A session over one toolchain. */
export function createSession(workbench: Workbench, options: EngineOptions): EngineSession {
  const forward = createForward(workbench.toolchain);
  let files: readonly SourceFile[] = [];
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
    const notes = files.filter(({ role }) => role === 'policy').flatMap(lintMetadata);
    if (!first) return { snapshot: { diagnostics: [...versions.diagnostics, ...unread], sets: [] }, tests };
    const built = buildProgram(workbench, sources, entrypointsOf(options));
    const diagnostics: Diagnostic[] = [
      ...versions.diagnostics,
      ...toDiagnostics(built.errors, documentOf, first.path, true),
      ...built.choice.unknown.map((name) => unknownEntrypoint(name, first.path)),
      ...unread,
      ...notes,
    ];
    if (!built.compiled) return { snapshot: { diagnostics, sets: [] }, tests };
    const { program, facts, data } = built.compiled;
    const context = { workbench, program, data, forward, options, documentOf };
    const sets = createSets(context, built.choice.sets, facts);
    return { snapshot: { diagnostics, sets }, tests, under: { program, choices: built.choice.sets, sets } };
  }

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
    language: {
      format: (path) => formatFile(workbench, files, readVersions(files, options.settings), path),
      scaffold,
    },
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
