import type {
  AgentCard,
  Engine,
  EngineAssets,
  EngineManifest,
  EngineOptions,
  EngineSession,
  LanguageFeatures,
  ObservedNumber,
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

/** All that one engine works on. Lists are compared by identity, files by what they say. */
export interface EngineSources {
  readonly files: readonly EngineFile[];
  readonly tools: readonly ToolDefinition[];
  readonly agents: readonly AgentCard[];
  readonly numbers: readonly ObservedNumber[];
}

/** With the files in audit mode, and without them; the same snapshot where there are none. */
export interface LoadedEngine {
  readonly everything: Snapshot;
  readonly enforced: Snapshot;
}

/** One engine, opened once with one set of options. What is asked of it is done one after the other. */
export interface EngineSlot {
  /** `closed`: nobody asked for it yet. */
  readonly state: 'closed' | 'opening' | 'open' | 'failed';
  /** Rejects where the engine cannot be had. */
  open(): Promise<void>;
  /** Loads; what was loaded lately is at hand. Rejects as {@link EngineSlot.open}, and where `signal` says so. */
  load(sources: EngineSources, signal?: AbortSignal): Promise<LoadedEngine>;
  /** Asks the editor verbs over `sources`, which need not be loaded; `verb` runs while nothing else can come between. */
  ask<Answer>(sources: EngineSources, verb: (features: Partial<LanguageFeatures>) => Answer): Promise<Answer>;
  /** Runs the language's own tests against `sources`. */
  test(sources: EngineSources): Promise<readonly TestResult[]>;
  close(): void;
}

/** Versions that are kept loaded: the one under edit and the one it is compared with. */
const KEPT = 2;

/** An engine that is opened when it is first asked. */
export function engineSlot(entry: EngineEntry, assets: EngineAssets, options: EngineOptions): EngineSlot {
  let state: EngineSlot['state'] = 'closed';
  let opening: Promise<EngineSession> | undefined;
  let tail: Promise<unknown> = Promise.resolve();
  let held: EngineSources | undefined;
  let snapshotOf: EngineSources | undefined;
  let recent: { readonly sources: EngineSources; readonly loaded: LoadedEngine }[] = [];

  function session(): Promise<EngineSession> {
    if (!opening) {
      state = 'opening';
      opening = entry.load().then((engine) => engine.open(assets, options));
      opening.then(
        () => {
          state = 'open';
        },
        () => {
          state = 'failed';
        },
      );
    }
    return opening;
  }

  function exclusive<Result>(work: (opened: EngineSession) => Promise<Result> | Result): Promise<Result> {
    const result = Promise.all([session(), tail]).then(([opened]) => work(opened));
    tail = result.catch(() => {});
    return result;
  }

  function give(opened: EngineSession, sources: EngineSources): void {
    if (held && isSame(held, sources)) return;
    held = sources;
    const { files, tools, agents, numbers } = sources;
    opened.update({ files: files.map(({ file }) => file), tools, agents, numbers });
  }

  function snapshot(
    opened: EngineSession,
    sources: EngineSources,
    signal: AbortSignal | undefined,
  ): Promise<Snapshot> {
    give(opened, sources);
    snapshotOf = sources;
    return opened.snapshot(signal);
  }

  return {
    get state() {
      return state;
    },
    async open() {
      await session();
    },
    load: (sources, signal) =>
      exclusive(async (opened) => {
        const known = recent.find((one) => isSame(one.sources, sources));
        if (known) return known.loaded;
        signal?.throwIfAborted();
        const audits = sources.files.some(({ audit }) => audit);
        const applied = { ...sources, files: sources.files.filter(({ audit }) => !audit) };
        const enforced = audits ? await snapshot(opened, applied, signal) : undefined;
        // The last one is what tests run against.
        const everything = await snapshot(opened, sources, signal);
        const loaded = { everything, enforced: enforced ?? everything };
        recent = [{ sources, loaded }, ...recent].slice(0, KEPT);
        return loaded;
      }),
    ask: (sources, verb) =>
      exclusive((opened) => {
        give(opened, sources);
        return verb(opened.language);
      }),
    test: (sources) =>
      exclusive(async (opened) => {
        if (!opened.test) return [];
        if (held !== snapshotOf || !isSame(snapshotOf!, sources)) await snapshot(opened, sources, undefined);
        return opened.test();
      }),
    close() {
      opening?.then((opened) => opened.close()).catch(() => {});
      opening = undefined;
      state = 'closed';
      held = snapshotOf = undefined;
      recent = [];
    },
  };
}

function isSame(a: EngineSources, b: EngineSources): boolean {
  return (
    a.tools === b.tools &&
    a.agents === b.agents &&
    a.numbers === b.numbers &&
    a.files.length === b.files.length &&
    a.files.every((one, index) => isSameFile(one, b.files[index]!))
  );
}

function isSameFile(a: EngineFile, b: EngineFile): boolean {
  const [one, other] = [a.file, b.file];
  if (a.audit !== b.audit) return false;
  if (one === other) return true;
  return (
    one.path === other.path &&
    one.rootPath === other.rootPath &&
    one.role === other.role &&
    one.language === other.language &&
    one.text === other.text
  );
}
