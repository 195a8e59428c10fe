import { readFileSync } from 'node:fs';
import type {
  Diagnostic,
  EngineInput,
  EngineOptions,
  EngineSession,
  Facts,
  FileRole,
  JsonObject,
  PolicySet,
  SetDecision,
  SourceFile,
} from '@benchbook/model';
import { engine } from '../src/index.ts';

const bytes = readFileSync(
  new URL('../../../node_modules/@cedar-policy/cedar-wasm/web/cedar_wasm_bg.wasm', import.meta.url),
);

export function wasmModule(): WebAssembly.Module {
  return new WebAssembly.Module(bytes);
}

export function openSession(options: EngineOptions = {}): Promise<EngineSession> {
  return engine.open({ read: async () => bytes }, options);
}

export function sourceFiles(texts: Readonly<Record<string, string>>): SourceFile[] {
  return Object.entries(texts).map(([path, text]) => {
    const pattern = engine.manifest.files.find(({ suffix }) => path.endsWith(suffix));
    const role: FileRole = pattern?.role ?? 'data';
    return { path, rootPath: path, role, language: 'cedar', text };
  });
}

export interface Loaded {
  readonly session: EngineSession;
  readonly diagnostics: readonly Diagnostic[];
  /** The set; throws where there is none. */
  readonly set: PolicySet;
  decide(facts: Partial<Facts>): SetDecision;
  missing(facts: Partial<Facts>): readonly string[];
}

/** Loads files by path; `mapping` is `mapping.cedar` of the manifest. */
export async function load(
  texts: Readonly<Record<string, string>>,
  input: Partial<EngineInput> = {},
  mapping?: JsonObject,
): Promise<Loaded> {
  const session = await openSession(mapping ? { mapping } : {});
  session.update({ tools: [], agents: [], numbers: [], ...input, files: sourceFiles(texts) });
  const { diagnostics, sets } = await session.snapshot();
  const prepare = (facts: Partial<Facts>) => loaded.set.prepare([call(facts)]);
  const loaded: Loaded = {
    session,
    diagnostics,
    get set() {
      if (!sets[0]) throw new Error(`no set: ${JSON.stringify(diagnostics)}`);
      return sets[0];
    },
    decide: (facts) => loaded.set.decide(prepare(facts), 0),
    missing: (facts) => prepare(facts).missing(0),
  };
  return loaded;
}

/** A refund by `support-bot`, changed as told. */
export function call(facts: Partial<Facts> = {}): Facts {
  return {
    agent: { id: 'support-bot' },
    tool: { name: 'refund', server: 'payments' },
    args: { amount: 40 },
    session: { calls: 3, tools: ['lookup'] },
    ...facts,
  };
}

/** `code file:text-under-the-range`, with `!` for fatal ones. */
export function told(
  diagnostics: readonly Diagnostic[],
  texts: Readonly<Record<string, string>>,
): readonly string[] {
  return diagnostics.map(({ code, file, range, fatal }) => {
    const under = range ? (texts[file] ?? '').slice(range.start, range.end) : '*';
    return `${fatal ? '!' : ''}${code} ${file}: ${under}`;
  });
}
