import {
  certificatePath,
  type Dependencies,
  gateStatus,
  readDependencies,
  readRegistry,
  readSuite,
  type TestSuite,
} from '@benchbook/governance';
import {
  type AgentEntry,
  type ByteSource,
  type EngineAssets,
  type EngineManifest,
  type FileTree,
  type GateStatus,
  textDocument,
} from '@benchbook/model';
import type { Workspace } from '@benchbook/workspace';

interface AgentEntryPorts {
  /** Open documents stand for their files, so that a certificate ceases to hold as one types. */
  readonly tree: FileTree;
  readonly engines: readonly EngineManifest[];
  readonly assets: EngineAssets;
  readonly version: string;
  time(): number;
  recordings(): Promise<readonly ByteSource[]>;
}

/** The agents of a workspace with how each stands with the gate. */
interface AgentEntries {
  of(workspace: Workspace): Promise<readonly AgentEntry[]>;
  /** Recordings changed. */
  forget(): void;
}

const NEVER_GATED: GateStatus = { state: 'none', reasons: [], expires: null };

/** Reads the recordings and digests the engines once, and only where there is a certificate to hold against them. */
export function createAgentEntries(ports: AgentEntryPorts): AgentEntries {
  let suite: Promise<TestSuite> | undefined;
  const dependencies = new Map<string, Promise<Dependencies>>();

  function suiteNow(): Promise<TestSuite> {
    if (!suite) {
      const reading = ports.recordings().then(readSuite);
      suite = reading;
      reading.catch(() => {
        if (suite === reading) suite = undefined;
      });
    }
    return suite;
  }

  function dependenciesOf(workspace: Workspace): Promise<Dependencies> {
    const key = [...new Set(workspace.policyFiles.map(({ engine }) => engine))].sort().join(' ');
    let read = dependencies.get(key);
    if (!read) {
      read = readDependencies(workspace, ports.engines, ports.assets, ports.version);
      dependencies.set(key, read);
      read.catch(() => dependencies.delete(key));
    }
    return read;
  }

  return {
    async of(workspace) {
      const { agents } = readRegistry(workspace);
      const { governance } = workspace.manifest;
      const paths = new Set(governance ? await ports.tree.list() : []);
      const entries: AgentEntry[] = [];
      for (const agent of agents) {
        let gate = NEVER_GATED;
        if (governance && paths.has(certificatePath(governance, agent.id))) {
          const [read, needed] = await Promise.all([suiteNow(), dependenciesOf(workspace)]);
          const sources = { workspace, tree: ports.tree, agent, suite: read, dependencies: needed };
          gate = await gateStatus(sources, ports.time());
        }
        const { id, name, tier, file, range } = agent;
        const text = workspace.agentFiles.find(({ path }) => path === file)?.text ?? '';
        const { line } = textDocument(text).lineColumn(range.start);
        entries.push({ id, name, tier: tier.effective, file, line, gate });
      }
      return entries;
    },
    forget() {
      suite = undefined;
    },
  };
}
