import type {
  AgentCard,
  Diagnostic,
  EngineAssets,
  EngineManifest,
  EngineOptions,
  LanguageFeatures,
  ObservedNumber,
  PolicySet,
  Snapshot,
  TestResult,
  ToolDefinition,
} from '@benchbook/model';
import {
  type EngineEntry,
  type EngineFile,
  type EngineSlot,
  type EngineSources,
  engineSlot,
  type LoadedEngine,
} from './engine-slot.ts';

export type { EngineEntry, EngineFile };

/** What a version of the policies is loaded from. Equal lists should be the same ones: they are compared by identity. */
export interface PolicySources {
  readonly files: readonly EngineFile[];
  readonly tools: readonly ToolDefinition[];
  readonly agents: readonly AgentCard[];
  /** What recordings show of numbers that no schema types; none where absent. */
  readonly numbers?: readonly ObservedNumber[];
  /** What engines are opened with for this version; the loader's own where absent. */
  readonly optionsOf?: (engine: string) => EngineOptions;
}

export interface LoadOptions {
  readonly signal?: AbortSignal;
  /** An engine that is not open yet is not waited for: it is opened behind, and told when that is done or has failed. */
  readonly onOpened?: (engine: string) => void;
  /** The engine that goes first. */
  readonly first?: string;
  /** Awaited before each engine. */
  readonly pause?: () => Promise<void>;
}

/** Policies that are ready to decide. Sets stay valid until `close`. */
export interface LoadedPolicies {
  readonly diagnostics: readonly Diagnostic[];
  /** Without the files in audit mode. */
  readonly enforced: readonly PolicySet[];
  /** With them; the same array where there are none. */
  readonly everything: readonly PolicySet[];
  /** Types of numbers must be observed in the recordings before deciding: see {@link PolicySources.numbers}. */
  readonly wantsNumbers: boolean;
  /** Engines that are still being opened: what they decide is not in it. Absent where there are none. */
  readonly opening?: readonly string[];
}

export interface PolicyLoader {
  load(sources: PolicySources, options?: LoadOptions): Promise<LoadedPolicies>;
  /**
   * Asks the editor verbs of an engine over `sources`, loaded or not; undefined where the engine cannot be had. Waits
   * for an engine that is being opened.
   */
  ask<Answer>(
    engine: string,
    sources: PolicySources,
    verb: (features: Partial<LanguageFeatures>) => Answer,
  ): Promise<Answer | undefined>;
  /** Runs the languages' own tests against `sources` (default: what was loaded last), audit files included. */
  test(sources?: PolicySources): Promise<readonly TestResult[]>;
  /** Closes the engines that none of these versions needs. */
  keep(versions: readonly PolicySources[]): void;
  close(): void;
}

const NO_NUMBERS: readonly ObservedNumber[] = [];

/** Opens engines as they are needed and keeps them open. Versions of the same options share them. */
export function policyLoader(
  engines: readonly EngineEntry[],
  assets: EngineAssets,
  optionsOf: (engine: string) => EngineOptions,
): PolicyLoader {
  const slots = new Map<string, EngineSlot>();
  let last: PolicySources | undefined;

  function keyOf(engine: string, sources: PolicySources): string {
    return `${engine}\n${JSON.stringify((sources.optionsOf ?? optionsOf)(engine))}`;
  }

  function slotOf(entry: EngineEntry, sources: PolicySources): EngineSlot {
    const { name } = entry.manifest;
    const key = keyOf(name, sources);
    let slot = slots.get(key);
    if (!slot) {
      slot = engineSlot(entry, assets, (sources.optionsOf ?? optionsOf)(name));
      slots.set(key, slot);
    }
    return slot;
  }

  async function loadEngine(
    entry: EngineEntry,
    sources: PolicySources,
    { signal, onOpened, pause }: LoadOptions,
  ): Promise<LoadedEngine | 'opening'> {
    const { name } = entry.manifest;
    const own = engineSources(name, sources);
    const first = own.files.find(({ file }) => file.role === 'policy');
    if (!first) return { everything: NOTHING, enforced: NOTHING };
    const slot = slotOf(entry, sources);
    if (onOpened && slot.state !== 'open' && slot.state !== 'failed') {
      // A verb may have begun to open it: whoever loads must hear of it all the same.
      const tell = () => onOpened(name);
      slot.open().then(tell, tell);
      return 'opening';
    }
    try {
      await slot.open();
    } catch (error) {
      const failed = { diagnostics: [unavailable(entry.manifest, first.file.path, error)], sets: [] };
      return { everything: failed, enforced: failed };
    }
    await pause?.();
    signal?.throwIfAborted();
    return slot.load(own, signal);
  }

  return {
    async load(sources, options = {}) {
      last = sources;
      const loaded = new Map<string, LoadedEngine>();
      const opening: string[] = [];
      const isFirst = ({ manifest }: EngineEntry): boolean => manifest.name === options.first;
      for (const entry of [...engines.filter(isFirst), ...engines.filter((one) => !isFirst(one))]) {
        const { name } = entry.manifest;
        const result = await loadEngine(entry, sources, options);
        if (result === 'opening') opening.push(name);
        else loaded.set(name, result);
      }
      const snapshots = engines.flatMap(({ manifest }) => loaded.get(manifest.name) ?? []);
      const everything = snapshots.flatMap((snapshot) => snapshot.everything.sets);
      const audited = snapshots.some((snapshot) => snapshot.enforced !== snapshot.everything);
      return {
        diagnostics: snapshots.flatMap(findingsOf),
        everything,
        enforced: audited ? snapshots.flatMap((snapshot) => snapshot.enforced.sets) : everything,
        wantsNumbers: snapshots.some((snapshot) => snapshot.everything.wantsNumbers === true),
        ...(opening.length > 0 && { opening }),
      };
    },
    async ask(engine, sources, verb) {
      const entry = engines.find(({ manifest }) => manifest.name === engine);
      if (!entry) return undefined;
      const slot = slotOf(entry, sources);
      try {
        await slot.open();
      } catch {
        return undefined;
      }
      return slot.ask(engineSources(engine, sources), verb);
    },
    async test(sources = last) {
      const results: TestResult[] = [];
      if (!sources) return results;
      for (const entry of engines) {
        const own = engineSources(entry.manifest.name, sources);
        if (!own.files.some(({ file }) => file.role === 'policy')) continue;
        const slot = slotOf(entry, sources);
        const isOpen = await slot.open().then(
          () => true,
          () => false,
        );
        if (isOpen) results.push(...(await slot.test(own)));
      }
      return results;
    },
    keep(versions) {
      const kept = new Set(
        versions.flatMap((sources) => engines.map(({ manifest }) => keyOf(manifest.name, sources))),
      );
      for (const [key, slot] of slots) {
        if (kept.has(key)) continue;
        slot.close();
        slots.delete(key);
      }
    },
    close() {
      for (const slot of slots.values()) slot.close();
      slots.clear();
    },
  };
}

const NOTHING: Snapshot = { diagnostics: [], sets: [] };

function engineSources(
  engine: string,
  { files, tools, agents, numbers = NO_NUMBERS }: PolicySources,
): EngineSources {
  return { files: files.filter((one) => one.engine === engine), tools, agents, numbers };
}

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

/** What both snapshots tell is told once. */
function findingsOf({ everything, enforced }: LoadedEngine): readonly Diagnostic[] {
  if (enforced === everything) return distinct(everything.diagnostics);
  return distinct([...everything.diagnostics, ...enforced.diagnostics]);
}

function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, file, range, message }) => {
    const key = JSON.stringify([code, file, range, message]);
    return !seen.has(key) && seen.add(key);
  });
}
