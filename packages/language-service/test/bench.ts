/** A service over files in memory, with the real engines. */
import { engines } from '@benchbook/engines';
import type { FileTree, Preview, Refusal, ToolKnowledge } from '@benchbook/model';
import { memorySource, memoryTree, sourceAssets } from '@benchbook/testkit';
import { createFolderService } from '../src/folder-service.ts';
import type { LanguageService, ServiceEvent, ServicePorts } from '../src/index.ts';
import type { Previewer, PreviewerOptions } from '../src/preview/previewer.ts';

/** A previewer that decides nothing: it gives out what a test says, and remembers what it was told. */
export interface PlainPreviewer extends Previewer {
  readonly told: string[];
  show(preview: Preview): void;
  know(knowledge: ToolKnowledge): void;
}

export interface Bench {
  readonly service: LanguageService;
  readonly files: Record<string, string | Uint8Array>;
  readonly events: ServiceEvent[];
  readonly previewer: () => PlainPreviewer;
  /** Paths read from disk so far. */
  readonly reads: string[];
  /** Findings as `path:start-end code message`, fully settled. */
  findings(path: string): Promise<string[]>;
}

export const NOTHING_KNOWN: ToolKnowledge = { tools: [], fields: [], calls: new Map() };

export async function openBench(
  files: Record<string, string | Uint8Array>,
  parts: Partial<ServicePorts> & { base?: () => Promise<{ name: string; tree: FileTree } | Refusal> } = {},
): Promise<Bench> {
  const tree = memoryTree(files);
  const reads: string[] = [];
  const events: ServiceEvent[] = [];
  let current: PlainPreviewer | undefined;
  const service = createFolderService(
    {
      tree: {
        list: tree.list,
        read(path) {
          reads.push(path);
          return tree.read(path);
        },
      },
      engines,
      assets: sourceAssets(),
      recording: (path) => memorySource(path, files[path]!),
      base: async () => ({ refused: 'no repository' }),
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      now: () => performance.now(),
      time: () => Date.parse('2026-06-01T12:00:00Z'),
      version: '0.1.0',
      ...parts,
    },
    (options) => {
      current = plainPreviewer(options);
      return current;
    },
  );
  service.on((event) => events.push(event));
  await service.start();
  return {
    service,
    files,
    events,
    reads,
    previewer: () => current!,
    async findings(path) {
      await service.settled('diagnostics');
      return service
        .diagnostics(path)
        .map(
          ({ range, code, message }) =>
            `${range ? `${range.start}-${range.end}` : 'file'} ${code}: ${message}`,
        );
    },
  };
}

function plainPreviewer(options: PreviewerOptions): PlainPreviewer {
  const told: string[] = [];
  let latest: Preview | null = null;
  let knowledge = NOTHING_KNOWN;
  return {
    told,
    show(preview) {
      latest = preview;
      options.onPreview(preview);
    },
    know(found) {
      knowledge = found;
      options.onKnowledge();
    },
    update: (prepared) => {
      const ids = prepared.policies.everything.flatMap((set) => set.policies.map(({ id }) => id));
      told.push(`update ${ids.join(' ')}`);
    },
    markStale: () => told.push('stale'),
    setBase: (base) =>
      told.push(
        'refused' in base
          ? `no base: ${base.refused}`
          : `base ${base.name}: ${base.prepared.policies.everything.map(({ id }) => id)}`,
      ),
    recordingsChanged: () => told.push('recordings'),
    latest: () => latest,
    settled: async () => {},
    knowledge: () => knowledge,
    diagnostics: () => [],
    recordings: () => [],
    sessions: () => [],
    calls: () => ({ total: 0, calls: [] }),
    chooseCall: async () => false,
    chosenCall: () => null,
    chosenValues: () => [],
    callText: () => null,
    evaluate: async () => ({ refused: 'not here' }),
    callLine: () => ({ refused: 'not here' }),
    dispose: () => told.push('disposed'),
  };
}
