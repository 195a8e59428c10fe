import { readFile } from 'node:fs/promises';
import type {
  EngineInput,
  EngineOptions,
  EngineSession,
  Facts,
  Snapshot,
  SourceFile,
} from '@benchbook/model';
import { engine } from '../src/index.ts';
import { createWorkbench, type Workbench } from '../src/workbench/workbench.ts';

const TOOLCHAIN = new URL('../dist/toolchain.wasm', import.meta.url);

/** Opens the engine over the toolchain built in `dist`. */
export function openEngine(options: EngineOptions = {}): Promise<EngineSession> {
  return engine.open({ read: async () => new Uint8Array(await readFile(TOOLCHAIN)) }, options);
}

/** A workbench over the same toolchain. */
export async function openWorkbench(): Promise<Workbench> {
  return createWorkbench(await WebAssembly.compile(new Uint8Array(await readFile(TOOLCHAIN))));
}

const ROLES: readonly [RegExp, SourceFile['role']][] = [
  [/_test\.rego$/, 'test'],
  [/\.rego$/, 'policy'],
  [/\.manifest$/, 'manifest'],
  [/data\.(json|ya?ml)$/, 'data'],
];

/** Files below the policy root `policies`, by their path in it. */
export function sourceFiles(texts: Readonly<Record<string, string>>): SourceFile[] {
  return Object.entries(texts).map(([rootPath, text]) => {
    const role = ROLES.find(([pattern]) => pattern.test(rootPath))![1];
    return { path: `policies/${rootPath}`, rootPath, role, language: 'rego', text };
  });
}

export function inputOf(texts: Readonly<Record<string, string>>): EngineInput {
  return { files: sourceFiles(texts), tools: [], agents: [], numbers: [] };
}

/** Loads files into a session. */
export function load(session: EngineSession, texts: Readonly<Record<string, string>>): Promise<Snapshot> {
  session.update(inputOf(texts));
  return session.snapshot();
}

/** Facts of a call of `refund`. */
export function call(args: Facts['args'], more: Partial<Facts> = {}): Facts {
  return {
    agent: { id: 'support-bot' },
    tool: { name: 'refund', server: 'payments' },
    args,
    session: {},
    ...more,
  };
}
