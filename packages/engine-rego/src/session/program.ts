import { type Choice, chooseSets } from '../sets/choose.ts';
import type { SetFacts, SetSpec, ToolchainDiagnostic } from '../toolchain/protocol.ts';
import type { Program, Sources, Workbench } from '../workbench/workbench.ts';

/** What a workspace compiled to; without `compiled`, nothing of it decides. */
export interface Built {
  readonly errors: readonly ToolchainDiagnostic[];
  readonly choice: Choice;
  readonly compiled?: {
    readonly program: Program;
    readonly facts: readonly SetFacts[];
    /** Base data as JSON text. */
    readonly data: string;
  };
}

/**
 * Compiles all files together. A file that does not parse or compile is told and left out, once, so that the rest
 * can be replayed when the user asks for that.
 */
export function buildProgram(workbench: Workbench, sources: Sources, entrypoints: readonly string[]): Built {
  const first = attempt(workbench, sources, entrypoints);
  if (first.compiled || first.errors.length === 0) return first;
  const bad = new Set(first.errors.map(({ file }) => file));
  const rest = {
    files: sources.files.filter(({ path }) => !bad.has(path)),
    data: sources.data.filter(({ path }) => !bad.has(path)),
  };
  if (
    rest.files.length === 0 ||
    rest.files.length + rest.data.length === sources.files.length + sources.data.length
  ) {
    return first;
  }
  // What only fails for want of a file left out is no error of its own.
  const second = attempt(workbench, rest, entrypoints);
  return { ...second, errors: first.errors };
}

function attempt(workbench: Workbench, sources: Sources, entrypoints: readonly string[]): Built {
  const { diagnostics, modules } = workbench.parse(sources);
  const choice = chooseSets(modules, entrypoints);
  if (diagnostics.length > 0) return { errors: diagnostics, choice };
  const program: Program = { sources, sets: choice.sets.map(specOf) };
  const { ok, diagnostics: errors, sets, data } = workbench.compile(program);
  if (!ok || !sets) return { errors, choice };
  return { errors, choice, compiled: { program, facts: sets, data: JSON.stringify(data ?? {}) } };
}

function specOf(set: Choice['sets'][number]): SetSpec {
  return {
    rules: set.rules.map(({ path, clauses }) => ({
      path,
      clauses: clauses.map(({ file, index }) => ({ file, rule: index })),
    })),
  };
}
