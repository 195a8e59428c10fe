import { type Choice, chooseSets } from '../sets/choose.ts';
import type { SetFacts, SetSpec, ToolchainDiagnostic } from '../toolchain/protocol.ts';
import type { Program, Sources, Workbench } from '../workbench/workbench.ts';
import { cutFile } from './cut.ts';

/** What a workspace compiled to; without `compiled`, nothing of it decides. */
export interface Built {
  readonly errors: readonly ToolchainDiagnostic[];
  /** Bodies that cannot hold, in the files that parse. */
  readonly never: readonly ToolchainDiagnostic[];
  readonly choice: Choice;
  readonly compiled?: {
    readonly program: Program;
    readonly facts: readonly SetFacts[];
    /** Base data as JSON text. */
    readonly data: string;
  };
}

/** Compiles versions of a workspace, one after the other. */
export interface Builder {
  /**
   * Compiles all files together. A file that does not parse or compile is told and left out, once, so that the rest
   * can be replayed when the user asks for that.
   */
  build(sources: Sources): Built;
}

export function createBuilder(workbench: Workbench, entrypoints: readonly string[]): Builder {
  // While one file is being edited and does not load, the rest stays as it was.
  let rest: { readonly sources: Sources; readonly built: Built } | undefined;

  function build(sources: Sources): Built {
    const first = attempt(workbench, sources, entrypoints);
    if (first.compiled || first.errors.length === 0) return first;
    const errors = allErrors(workbench, sources, first.errors);
    const bad = new Set(errors.map(({ file }) => file));
    const others = {
      files: sources.files.filter(({ path }) => !bad.has(path)),
      data: sources.data.filter(({ path }) => !bad.has(path)),
    };
    const left = sources.files.length + sources.data.length - others.files.length - others.data.length;
    if (others.files.length === 0 || left === 0) return { ...first, errors };
    // What only fails for want of a file left out is no error of its own.
    if (!rest || !same(rest.sources, others)) {
      rest = { sources: others, built: attempt(workbench, others, entrypoints) };
    }
    return { ...rest.built, errors };
  }

  return { build };
}

function attempt(workbench: Workbench, sources: Sources, entrypoints: readonly string[]): Built {
  const { diagnostics, modules } = workbench.parse(sources);
  const choice = chooseSets(modules, entrypoints);
  const never = modules.flatMap((module) => module.never);
  if (diagnostics.length > 0) return { errors: diagnostics, never, choice };
  const program: Program = { sources, sets: choice.sets.map(specOf) };
  const { ok, diagnostics: errors, sets, data } = workbench.compile(program);
  if (!ok || !sets) return { errors, never, choice };
  return { errors, never, choice, compiled: { program, facts: sets, data: JSON.stringify(data ?? {}) } };
}

/** OPA stops at the first error of a file, and after the first stage with errors: asks again for what they hide. */
function allErrors(
  workbench: Workbench,
  sources: Sources,
  first: readonly ToolchainDiagnostic[],
): readonly ToolchainDiagnostic[] {
  const unparsed = new Set(first.flatMap(({ file, code }) => (code === 'rego_parse_error' ? [file] : [])));
  const broken = sources.files.filter(({ path }) => unparsed.has(path)).map(cutFile);
  const more = workbench.diagnose(sources, broken);
  const mended = new Set(more.flatMap(({ file, code }) => (code === 'rego_parse_error' ? [file] : [])));
  const kept = first.filter(({ file, code }) => code !== 'rego_parse_error' || !mended.has(file));
  const seen = new Map([...kept, ...more].reverse().map((error) => [keyOf(error), error]));
  return [...seen.values()].reverse();
}

/** What the parser says of one place after the first follows from it. */
function keyOf({ file, offset, message, code }: ToolchainDiagnostic): string {
  return `${file}\0${offset}\0${code === 'rego_parse_error' ? '' : message}`;
}

function same(a: Sources, b: Sources): boolean {
  if (a.files.length !== b.files.length || a.data.length !== b.data.length) return false;
  const files = a.files.every(({ path, text, version }, index) => {
    const other = b.files[index]!;
    return path === other.path && version === other.version && text === other.text;
  });
  return (
    files &&
    a.data.every(({ path, text }, index) => path === b.data[index]!.path && text === b.data[index]!.text)
  );
}

function specOf(set: Choice['sets'][number]): SetSpec {
  return {
    rules: set.rules.map(({ path, clauses }) => ({
      path,
      clauses: clauses.map(({ file, index }) => ({ file, rule: index })),
    })),
  };
}
