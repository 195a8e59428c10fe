import type { JsonObject } from '@benchbook/model';
import { createWasiHost, GuestExit } from '../wasi/host.ts';
import type {
  Answer,
  BrokenFile,
  BuiltinInfo,
  CompileResult,
  DataFile,
  FormatResult,
  LineRanges,
  LoadResult,
  PlanResult,
  QueryResult,
  SetSpec,
  TestRun,
  TestsResult,
  ToolchainDiagnostic,
  ToolchainFile,
} from './protocol.ts';

/** The toolchain module ended or trapped while it worked: out of memory, stack, or a bug. */
export class ToolchainCrash extends Error {}

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  alloc(size: number): number;
  call(): bigint;
  builtin(): bigint;
}

/** One instance of the toolchain module. After a {@link ToolchainCrash} it must not be used again. */
export interface Toolchain {
  version(): { readonly opa: string };
  /** Parses; modules that did not change since handle `from` are taken over. */
  load(handle: number, files: readonly ToolchainFile[], from: number): LoadResult;
  compile(handle: number, data: readonly DataFile[], sets: readonly SetSpec[]): CompileResult;
  plan(handle: number, entrypoints: readonly string[]): PlanResult;
  /** Evaluates a reference (`data.a.b`) for one input, given as JSON text. */
  decide(handle: number, ref: string, input: string | undefined, time: string, budget: number): Answer;
  /**
   * What a set's evaluation of one input exercises: a letter for each of its conditions (`t`, `f`, `e`, `u`: true,
   * false, error, unreached), then `1` (reached) or `0` for each of its statements.
   */
  cover(handle: number, set: number, input: string, time: string, budget: number): string;
  /** The errors of files that do not parse. */
  check(files: readonly ToolchainFile[]): readonly ToolchainDiagnostic[];
  /**
   * As many errors as can be had of a handle's files and of broken ones beside them: of every statement that does not
   * parse, and of every stage of the compiler.
   */
  diagnose(
    handle: number,
    data: readonly DataFile[],
    broken: readonly BrokenFile[],
  ): readonly ToolchainDiagnostic[];
  /** All functions by name. */
  builtins(): readonly BuiltinInfo[];
  /** Types of rules by their paths below `data`, '' where the checker knows none. */
  types(handle: number, paths: readonly (readonly string[])[]): readonly string[];
  /** Base data that files make. */
  data(files: readonly DataFile[]): JsonObject;
  /** Readies test files beside what a handle compiled. */
  tests(handle: number, files: readonly ToolchainFile[]): TestsResult;
  /** Runs one test by its number among those that `tests` told. */
  test(handle: number, test: number, budget: number): TestRun;
  /**
   * OPA's own coverage by file, with rule indexing and early exit off: of a set on inputs (JSON texts), or of all
   * tests that `tests` readied. Only tests ask it, to hold ours against.
   */
  lines(handle: number, of: LinesOf, budget: number): Readonly<Record<string, LineRanges>>;
  query(params: QueryParams): QueryResult;
  format(file: ToolchainFile): FormatResult;
  release(handle: number): void;
  /** Runs one builtin on a Rego array of arguments; see `toolchain/builtin.go` for the answer's first byte. */
  builtin(name: string, time: string, budget: number, args: string): string;
  /** Bytes of memory that the instance holds. */
  memory(): number;
}

export type LinesOf =
  | { readonly tests: true }
  | { readonly tests?: false; readonly set: number; readonly inputs: readonly string[] };

export interface QueryParams {
  /** RFC 3339: what the clock shows. */
  readonly time: string;
  readonly files: readonly ToolchainFile[];
  readonly query: string;
  readonly strict: boolean;
  readonly budget: number;
  /** JSON text. */
  readonly data?: string;
  /** JSON text. */
  readonly input?: string;
  readonly inputTerm?: string;
}

/** Starts an instance of a compiled toolchain module. Browsers allow that in workers only. */
export function startToolchainSync(module: WebAssembly.Module): Toolchain {
  const host = createWasiHost();
  return wrap(initialize(new WebAssembly.Instance(module, host.imports), host));
}

interface Guest {
  readonly exports: Exports;
  setTime(nanoseconds: bigint): void;
}

function initialize(instance: WebAssembly.Instance, host: ReturnType<typeof createWasiHost>): Guest {
  const exports = instance.exports as unknown as Exports;
  host.attach(exports.memory);
  exports._initialize();
  return { exports, setTime: host.setTime };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function wrap(guest: Guest): Toolchain {
  const { exports } = guest;

  function exchange(request: string, run: () => bigint): string {
    try {
      const bytes = encoder.encode(request);
      const at = exports.alloc(bytes.length) >>> 0;
      new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
      const packed = BigInt.asUintN(64, run());
      const address = Number(packed >> 32n);
      return decoder.decode(new Uint8Array(exports.memory.buffer, address, Number(packed & 0xffff_ffffn)));
    } catch (error) {
      throw new ToolchainCrash(crashMessage(error));
    }
  }

  function callText(method: string, params: string): unknown {
    const response = JSON.parse(exchange(`{"method":"${method}","params":${params}}`, exports.call)) as {
      result?: unknown;
      error?: string;
    };
    if (response.error !== undefined) throw new Error(`${method}: ${response.error}`);
    return response.result;
  }

  const call = (method: string, params: unknown) => callText(method, JSON.stringify(params));

  return {
    version: () => call('version', {}) as { opa: string },
    load: (handle, files, from) => call('load', { handle, files, from }) as LoadResult,
    compile: (handle, data, sets) => call('compile', { handle, data, sets }) as CompileResult,
    plan: (handle, entrypoints) => call('plan', { handle, entrypoints }) as PlanResult,
    decide(handle, ref, input, time, budget) {
      guest.setTime(nanoseconds(time));
      const given = input === undefined ? '' : `"input":${input},`;
      const row = `{${given}"time":${JSON.stringify(time)}}`;
      const params = `{"handle":${handle},"ref":${JSON.stringify(ref)},"budget":${budget},"rows":[${row}]}`;
      return (callText('decide', params) as [Answer])[0];
    },
    cover(handle, set, input, time, budget) {
      guest.setTime(nanoseconds(time));
      const row = `{"input":${input},"time":${JSON.stringify(time)}}`;
      return callText('cover', `{"handle":${handle},"set":${set},"budget":${budget},"row":${row}}`) as string;
    },
    check: (files) => call('check', { files }) as readonly ToolchainDiagnostic[],
    diagnose: (handle, data, broken) =>
      call('diagnose', { handle, data, broken }) as readonly ToolchainDiagnostic[],
    builtins: () => call('builtins', {}) as readonly BuiltinInfo[],
    types: (handle, paths) => call('types', { handle, paths }) as readonly string[],
    data: (files) => call('data', { files }) as JsonObject,
    tests: (handle, files) => call('tests', { handle, files }) as TestsResult,
    test(handle, test, budget) {
      guest.setTime(0n);
      return call('test', { handle, test, budget }) as TestRun;
    },
    lines(handle, of, budget) {
      if (of.tests) return call('lines', { handle, tests: true, budget }) as Record<string, LineRanges>;
      const rows = of.inputs.map((input) => `{"input":${input}}`).join(',');
      const params = `{"handle":${handle},"set":${of.set},"rows":[${rows}],"budget":${budget}}`;
      return callText('lines', params) as Record<string, LineRanges>;
    },
    query({ input, data, time, ...rest }) {
      guest.setTime(nanoseconds(time));
      const texts = [
        JSON.stringify(rest).slice(0, -1),
        ...(input === undefined ? [] : [`"input":${input}`]),
        ...(data === undefined ? [] : [`"data":${data}`]),
      ];
      return callText('query', `${texts.join(',')}}`) as QueryResult;
    },
    format: (file) => call('format', file) as FormatResult,
    release: (handle) => void call('release', { handle }),
    builtin(name, time, budget, args) {
      guest.setTime(nanoseconds(time));
      return exchange(`${name}\0${time}\0${budget}\0${args}`, exports.builtin);
    },
    memory: () => exports.memory.buffer.byteLength,
  };
}

/** Nanoseconds since 1970 of an RFC 3339 time to the millisecond, for the guest's wall clock; 0 if unknown. */
function nanoseconds(time: string): bigint {
  const milliseconds = time === '' ? Number.NaN : Date.parse(time);
  return Number.isFinite(milliseconds) && milliseconds > 0 ? BigInt(milliseconds) * 1_000_000n : 0n;
}

function crashMessage(error: unknown): string {
  if (error instanceof GuestExit) return error.message;
  return error instanceof Error ? error.message : String(error);
}
