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
import type { Workbench } from '../workbench/workbench.ts';
import { toDiagnostics } from './diagnostics.ts';
import { buildProgram } from './program.ts';
import { createSets } from './sets.ts';
import { sourcesOf } from './sources.ts';
import { readVersions } from './versions.ts';

/** A session over one toolchain. */
export function createSession(workbench: Workbench, options: EngineOptions): EngineSession {
  const forward = createForward(workbench.toolchain);
  let files: readonly SourceFile[] = [];
  let last: { readonly key: string; readonly snapshot: Snapshot } | undefined;

  function load(): Snapshot {
    const documents = new Map<string, TextDocument>();
    for (const file of files) documents.set(file.path, textDocument(file.text));
    const documentOf = (file: string) => documents.get(file);
    const versions = readVersions(files, options.settings);
    const sources = sourcesOf(files, versions);
    if (sources.files.length === 0) return { diagnostics: versions.diagnostics, sets: [] };
    const built = buildProgram(workbench, sources, entrypointsOf(options));
    const diagnostics: Diagnostic[] = [
      ...versions.diagnostics,
      ...toDiagnostics(built.errors, documentOf, sources.files[0]!.path),
      ...built.choice.unknown.map((name) => unknownEntrypoint(name, sources.files[0]!.path)),
    ];
    if (!built.compiled) return { diagnostics, sets: [] };
    const { program, facts, data } = built.compiled;
    const context = { workbench, program, data, forward, options, documentOf };
    return { diagnostics, sets: createSets(context, built.choice.sets, facts) };
  }

  return {
    update(input: EngineInput) {
      files = input.files;
    },
    async snapshot(signal) {
      const key = digest(
        files.map(({ path, rootPath, role, text }) => [path, rootPath, role, text].join('\0')).join('\0\0'),
      );
      if (last?.key === key) return last.snapshot;
      signal?.throwIfAborted();
      last = { key, snapshot: load() };
      return last.snapshot;
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
