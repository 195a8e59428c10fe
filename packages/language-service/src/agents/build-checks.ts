import type { PolicyLoader, PreparedWorkspace, RequestTableOptions } from '@benchbook/core';
import { checkDiagnostics, decideBuildChecks, isUngoverned, readRegistry } from '@benchbook/governance';
import type { ByteSource, Diagnostic, FileTree } from '@benchbook/model';

/** Milliseconds without a change after which agents are checked: they are checked over all recordings. */
const QUIET_MS = 600;

interface AgentCheckPorts {
  readonly loader: PolicyLoader;
  readonly table: RequestTableOptions;
  readonly tree: FileTree;
  /** Milliseconds since 1970. */
  time(): number;
  recordings(): Promise<readonly ByteSource[]>;
  /** What is to be checked; null where that is not settled yet. */
  subject(): PreparedWorkspace | null;
  /** There are other findings now. */
  onFound(): void;
  onFailure(error: unknown): void;
}

interface AgentFindings {
  readonly diagnostics: readonly Diagnostic[];
  /** Texts that their places belong to. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Build checks on agents, run behind everything else. */
export interface AgentChecks {
  readonly found: () => AgentFindings;
  /** Something that they are about may have changed. */
  soon(): void;
  /** Files beside the workspace's own changed: evidence, recordings. */
  forget(): void;
  settled(): Promise<void>;
  stop(): void;
}

/** Before anything was checked, and where nothing is to be. */
export const NOTHING_FOUND: AgentFindings = { diagnostics: [], texts: new Map() };

export function createAgentChecks(ports: AgentCheckPorts): AgentChecks {
  let found = NOTHING_FOUND;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;
  let generation = 0;
  let done: { readonly prepared: PreparedWorkspace; readonly generation: number } | null = null;

  function start(): void {
    clearTimeout(timer);
    timer = undefined;
    if (isStopped) return;
    isWanted = true;
    running ??= run().finally(() => {
      running = undefined;
    });
  }

  async function run(): Promise<void> {
    while (isWanted && !isStopped) {
      isWanted = false;
      const prepared = ports.subject();
      if (!prepared) continue;
      if (done && done.generation === generation && isCheckedAlike(done.prepared, prepared)) continue;
      const now = generation;
      const isCurrent = () => !isStopped && !isWanted && timer === undefined && now === generation;
      try {
        const next = await check(prepared, isCurrent);
        if (!isCurrent()) continue;
        done = { prepared, generation: now };
        found = next;
        ports.onFound();
      } catch (error) {
        if (isCurrent()) ports.onFailure(error);
      }
    }
  }

  async function check(prepared: PreparedWorkspace, isCurrent: () => boolean): Promise<AgentFindings> {
    const { workspace } = prepared;
    const registry = readRegistry(workspace);
    if (registry.agents.length === 0 || isUngoverned(registry, workspace)) return NOTHING_FOUND;
    const sources = (await ports.recordings()).map((source) => droppable(source, isCurrent));
    const { findings } = await decideBuildChecks(prepared, registry, sources, {
      now: new Date(ports.time()).toISOString(),
      loader: ports.loader,
      tree: ports.tree,
      table: ports.table,
    });
    const files = [...workspace.agentFiles, ...workspace.checkFiles];
    return {
      diagnostics: checkDiagnostics(findings),
      texts: new Map(files.map(({ path, text }) => [path, text])),
    };
  }

  return {
    found: () => found,
    soon() {
      clearTimeout(timer);
      if (!isStopped) timer = setTimeout(start, QUIET_MS);
    },
    forget() {
      generation++;
    },
    async settled() {
      if (timer !== undefined) start();
      while (running) await running;
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/** A recording that ends where nobody waits for it any more. */
function droppable(source: ByteSource, isWanted: () => boolean): ByteSource {
  return {
    path: source.path,
    size: source.size,
    async *open() {
      for await (const bytes of source.open()) {
        if (!isWanted()) return;
        yield bytes;
      }
    },
  };
}

/** True where the checks would say the same of both. */
function isCheckedAlike(a: PreparedWorkspace, b: PreparedWorkspace): boolean {
  const one = a.policies.everything;
  const other = b.policies.everything;
  return (
    one.length === other.length && one.every((set, index) => set === other[index]) && keyOf(a) === keyOf(b)
  );
}

function keyOf({ workspace: { manifest, agentFiles, checkFiles, tools } }: PreparedWorkspace): string {
  const texts = [...agentFiles, ...checkFiles].map(({ path, text }) => [path, text]);
  return JSON.stringify([manifest, texts, tools], (_, value) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
}
