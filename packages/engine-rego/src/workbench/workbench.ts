import type {
  BrokenFile,
  CompileResult,
  DataFile,
  LoadResult,
  SetSpec,
  ToolchainDiagnostic,
  ToolchainFile,
} from '../toolchain/protocol.ts';
import { startToolchainSync, type Toolchain, ToolchainCrash } from '../toolchain/toolchain.ts';

/** All that one version of the workspace is made from: enough to load it again after a crash. */
export interface Sources {
  readonly files: readonly ToolchainFile[];
  readonly data: readonly DataFile[];
}

/** A compiled version. It is loaded into the toolchain when asked, and again after it had to make room. */
export interface Program {
  readonly sources: Sources;
  readonly sets: readonly SetSpec[];
}

/** Versions that stay loaded; older ones are loaded again when somebody still asks them. */
const MAX_LOADED = 6;

/** Runs programs in one instance of the toolchain, which is replaced when it crashes. */
export interface Workbench {
  toolchain(): Toolchain;
  parse(sources: Sources): LoadResult;
  /** Compiles what `parse` saw last, or parses it again. */
  compile(program: Program): CompileResult;
  /** Looks for more errors than `parse` and `compile` told of what they saw last. */
  diagnose(sources: Sources, broken: readonly BrokenFile[]): readonly ToolchainDiagnostic[];
  /** Runs `work` with the handle of a program. Rejects with {@link ToolchainCrash} after replacing the instance. */
  with<T>(program: Program, work: (toolchain: Toolchain, handle: number) => T): T;
  close(): void;
}

/** Wraps a compiled toolchain module. The first instance is started at once. */
export function createWorkbench(module: WebAssembly.Module): Workbench {
  let instance: Toolchain | undefined;
  let nextHandle = 1;
  let lastParse = { sources: undefined as Sources | undefined, handle: 0 };
  // Insertion order is age of use.
  const loaded = new Map<Program, number>();

  function toolchain(): Toolchain {
    instance ??= startToolchainSync(module);
    return instance;
  }

  function discard(): void {
    instance = undefined;
    loaded.clear();
    lastParse = { sources: undefined, handle: 0 };
  }

  function guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof ToolchainCrash) discard();
      throw error;
    }
  }

  function load(sources: Sources): { result: LoadResult; handle: number } {
    const handle = nextHandle++;
    const result = toolchain().load(handle, sources.files, lastParse.handle);
    const stale = lastParse.handle;
    lastParse = { sources, handle };
    if (stale !== 0 && ![...loaded.values()].includes(stale)) toolchain().release(stale);
    return { result, handle };
  }

  function compile(program: Program): { result: CompileResult; handle: number } {
    const parsed = lastParse.sources === program.sources && ![...loaded.values()].includes(lastParse.handle);
    const handle = parsed ? lastParse.handle : load(program.sources).handle;
    const result = toolchain().compile(handle, program.sources.data, program.sets);
    if (result.ok) remember(program, handle);
    return { result, handle };
  }

  function remember(program: Program, handle: number): void {
    loaded.set(program, handle);
    for (const [old, oldHandle] of loaded) {
      if (loaded.size <= MAX_LOADED) break;
      loaded.delete(old);
      if (oldHandle !== lastParse.handle) toolchain().release(oldHandle);
    }
  }

  toolchain();
  return {
    toolchain,
    parse: (sources) => guarded(() => load(sources).result),
    compile: (program) => guarded(() => compile(program).result),
    diagnose: (sources, broken) =>
      guarded(() => {
        if (lastParse.sources !== sources) load(sources);
        return toolchain().diagnose(lastParse.handle, sources.data, broken);
      }),
    with: (program, work) =>
      guarded(() => {
        const known = loaded.get(program);
        if (known !== undefined) {
          loaded.delete(program);
          loaded.set(program, known);
        }
        return work(toolchain(), known ?? compile(program).handle);
      }),
    close: discard,
  };
}
