import type {
  AgentCard,
  Diagnostic,
  Engine,
  EngineAssets,
  EngineManifest,
  EngineOptions,
  EngineSession,
  ObservedNumber,
  PolicySet,
  Snapshot,
  SourceFile,
  TestResult,
  ToolDefinition,
} from '@benchbook/model';

/** An engine that is imported when a workspace needs it. */
export interface EngineEntry {
  readonly manifest: EngineManifest;
  load(): Promise<Engine>;
}

/** A file with the engine it belongs to. */
export interface EngineFile {
  readonly engine: string;
  readonly file: SourceFile;
  /** Decided and reported, not applied. */
  readonly audit: boolean;
}

export interface PolicySources {
  readonly files: readonly EngineFile[];
  readonly tools: readonly ToolDefinition[];
  readonly agents: readonly AgentCard[];
}

/** Policies that are ready to decide. Sets stay valid until `close`. */
export interface LoadedPolicies {
  readonly diagnostics: readonly Diagnostic[];
  /** Without the files in audit mode. */
  readonly enforced: readonly PolicySet[];
  /** With them; the same array where there are none. */
  readonly everything: readonly PolicySet[];
  /** Types of numbers must be observed in the recordings before deciding: see {@link PolicyLoader.load}. */
  readonly wantsNumbers: boolean;
}

export interface PolicyLoader {
  /** Loads the policies; `numbers` is what recordings show of numbers that no schema types. */
  load(sources: PolicySources, numbers?: readonly ObservedNumber[]): Promise<LoadedPolicies>;
  /** Runs the languages' own tests against what was loaded last, audit files included. */
  test(): Promise<readonly TestResult[]>;
  close(): void;
}

/** Opens engines as they are needed and keeps them open. */
export function policyLoader(
  engines: readonly EngineEntry[],
  assets: EngineAssets,
  optionsOf: (engine: string) => EngineOptions,
): PolicyLoader {
  const sessions = new Map<string, Promise<EngineSession>>();

  function open(entry: EngineEntry): Promise<EngineSession> {
    const { name } = entry.manifest;
    let session = sessions.get(name);
    if (!session) {
      session = entry.load().then((engine) => engine.open(assets, optionsOf(name)));
      sessions.set(name, session);
    }
    return session;
  }

  async function loadEngine(
    entry: EngineEntry,
    sources: PolicySources,
    numbers: readonly ObservedNumber[],
  ): Promise<{ everything: Snapshot; enforced: Snapshot }> {
    const own = sources.files.filter(({ engine }) => engine === entry.manifest.name);
    const first = own.find(({ file }) => file.role === 'policy');
    if (!first) return { everything: NOTHING, enforced: NOTHING };
    let session: EngineSession;
    try {
      session = await open(entry);
    } catch (error) {
      const failed = { diagnostics: [unavailable(entry.manifest, first.file.path, error)], sets: [] };
      return { everything: failed, enforced: failed };
    }
    const snapshot = (files: readonly EngineFile[]): Promise<Snapshot> => {
      const { tools, agents } = sources;
      session.update({ files: files.map(({ file }) => file), tools, agents, numbers });
      return session.snapshot();
    };
    const audits = own.some(({ audit }) => audit);
    const enforced = audits ? await snapshot(own.filter(({ audit }) => !audit)) : undefined;
    // The last one is what tests run against.
    const everything = await snapshot(own);
    return { everything, enforced: enforced ?? everything };
  }

  return {
    async load(sources, numbers = []) {
      const snapshots = [];
      for (const entry of engines) snapshots.push(await loadEngine(entry, sources, numbers));
      const everything = snapshots.flatMap((snapshot) => snapshot.everything.sets);
      const audited = snapshots.some((snapshot) => snapshot.enforced !== snapshot.everything);
      return {
        diagnostics: distinct(
          snapshots.flatMap((snapshot) => [
            ...snapshot.everything.diagnostics,
            ...snapshot.enforced.diagnostics,
          ]),
        ),
        everything,
        enforced: audited ? snapshots.flatMap((snapshot) => snapshot.enforced.sets) : everything,
        wantsNumbers: snapshots.some((snapshot) => snapshot.everything.wantsNumbers === true),
      };
    },
    async test() {
      const results: TestResult[] = [];
      for (const { manifest } of engines) {
        const session = await sessions.get(manifest.name)?.catch(() => undefined);
        if (session?.test) results.push(...(await session.test()));
      }
      return results;
    },
    close() {
      for (const session of sessions.values()) session.then((opened) => opened.close()).catch(() => {});
      sessions.clear();
    },
  };
}

const NOTHING: Snapshot = { diagnostics: [], sets: [] };

function unavailable(manifest: EngineManifest, file: string, error: unknown): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'engine-unavailable',
    severity: 'error',
    message: `${manifest.title} policies cannot be decided: ${reason}`,
    file,
    range: null,
    fatal: true,
  };
}

function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, file, range, message }) => {
    const key = JSON.stringify([code, file, range, message]);
    return !seen.has(key) && seen.add(key);
  });
}
