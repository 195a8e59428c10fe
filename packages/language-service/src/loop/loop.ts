import {
  type ArgumentIndex,
  argumentIndex,
  assembleWorkspace,
  checkTools,
  type PolicyLoader,
  type PreparedWorkspace,
  type ToolFinding,
  usesOf,
} from '@benchbook/core';
import type { Diagnostic, ObservedNumber, ToolKnowledge } from '@benchbook/model';
import type { Workspace } from '@benchbook/workspace';
import type { EditorDiagnostic } from '../api.ts';
import { type EditMap, editMap } from '../display/edit-map.ts';
import type { Folder, FolderState } from '../folder/folder.ts';
import type { Publisher } from './publish.ts';

/** What the loop reports to. */
export interface LoopPorts {
  readonly folder: Folder;
  readonly loader: PolicyLoader;
  readonly publisher: Publisher;
  pause(): Promise<void>;
  /** What is known of tools; another object where it changed. */
  knowledge(): ToolKnowledge;
  /** What is wrong with agent cards as they stand. */
  cards(workspace: Workspace): readonly Diagnostic[];
  /** Findings of the replay, with the texts that their places belong to. */
  exercised(): {
    readonly diagnostics: readonly EditorDiagnostic[];
    readonly texts: ReadonlyMap<string, string>;
  };
  /** Reads the recordings for the types of numbers; null where nothing is to be read. */
  numbers(): Promise<readonly ObservedNumber[]> | null;
  /** A version whose engines are all open: `fatal` if it would not decide what was meant. */
  onLoaded(loaded: Loaded): void;
  /** A pass failed for a reason that is none of the user's. */
  onFailure(error: unknown): void;
}

/** One version of the folder, loaded. */
export interface Loaded {
  readonly state: FolderState;
  readonly prepared: PreparedWorkspace;
  readonly tools: readonly ToolFinding[];
  readonly fatal: Diagnostic | undefined;
}

/** From a change of text to its findings, over and over. */
export interface Loop {
  /** Something changed: what is being done for what was before is dropped. `path`: its engine goes first. */
  touch(path?: string): void;
  /** Tells the findings anew, with those of the replay as they are now. */
  retell(): void;
  /** The last version that was loaded, at least in part; null before the first. */
  latest(): Loaded | null;
  isBusy(): boolean;
  /** Resolves when nothing is left to do. */
  settled(): Promise<void>;
  stop(): void;
}

/** Starts with the first {@link Loop.touch}. */
export function createLoop(ports: LoopPorts): Loop {
  const { folder, loader } = ports;
  let latest: Loaded | null = null;
  let isDirty = false;
  let isStopped = false;
  let first: string | undefined;
  let running: Promise<void> | undefined;
  let controller = new AbortController();
  /** Engines that the last pass did not wait for. */
  let opening: ReadonlySet<string> = new Set();
  let index: { readonly known: ToolKnowledge; readonly of: ArgumentIndex } | undefined;
  const waiting = new Set<() => void>();

  function touch(path?: string): void {
    if (isStopped) return;
    if (path !== undefined) first = path;
    isDirty = true;
    controller.abort();
    running ??= run().finally(() => {
      running = undefined;
      for (const wake of waiting) wake();
    });
  }

  async function run(): Promise<void> {
    while (isDirty && !isStopped) {
      isDirty = false;
      controller = new AbortController();
      const { signal } = controller;
      try {
        // What was typed meanwhile comes in first, and is one version with this.
        await ports.pause();
        if (!signal.aborted) await pass(signal);
      } catch (error) {
        if (!signal.aborted) ports.onFailure(error);
      }
    }
  }

  async function pass(signal: AbortSignal): Promise<void> {
    const state = await folder.current();
    if (signal.aborted) return;
    const { workspace, sources } = state;
    const edited = workspace.policyFiles.find(({ path }) => path === first)?.engine;
    const policies = await loader.load(sources, {
      signal,
      pause: ports.pause,
      ...(edited !== undefined && { first: edited }),
      // Another pass finds it open.
      onOpened: () => touch(),
    });
    const pending = new Set(policies.opening);
    opening = pending;
    if (signal.aborted) return;
    const engines = [...new Set(workspace.policyFiles.map(({ engine }) => engine))];
    const files = await usesOf(
      workspace,
      loader,
      sources,
      engines.filter((engine) => !pending.has(engine)),
    );
    if (signal.aborted) return;
    const tools = checkTools(files, indexOf(ports.knowledge()), policies.diagnostics);
    const prepared = assembleWorkspace(workspace, policies, tools);
    const fatal = prepared.diagnostics.find((one) => one.fatal && !folder.tree.tooLarge.has(one.file));
    latest = { state, prepared, tools, fatal };
    retell();
    if (pending.size > 0) return;
    if (policies.wantsNumbers && !sources.numbers) {
      const numbers = await ports.numbers();
      if (numbers) {
        folder.setNumbers(numbers);
        touch();
        return;
      }
    }
    if (!signal.aborted) ports.onLoaded(latest);
  }

  function indexOf(known: ToolKnowledge): ArgumentIndex {
    if (index?.known !== known) index = { known, of: argumentIndex(known.tools, known.fields, known.calls) };
    return index.of;
  }

  function retell(): void {
    if (!latest) return;
    const { prepared } = latest;
    const texts = new Map(
      [...prepared.workspace.policyFiles, ...prepared.workspace.otherTexts].map(({ path, text }) => [
        path,
        text,
      ]),
    );
    const found = [...ports.cards(prepared.workspace), ...carried(ports.exercised(), texts)];
    const all = found.length === 0 ? prepared.diagnostics : prepared.diagnoseWith(found);
    ports.publisher.publish(all, (file) => texts.get(file));
  }

  return {
    touch,
    retell,
    latest: () => latest,
    isBusy: () => !isStopped && (running !== undefined || opening.size > 0),
    async settled() {
      while (!isStopped && (running || opening.size > 0)) {
        if (running) await running;
        else await new Promise<void>((resolve) => waiting.add(resolve)).finally(() => waiting.clear());
      }
    },
    stop() {
      isStopped = true;
      controller.abort();
      for (const wake of waiting) wake();
    },
  };
}

/** Findings of the replay at their places in the texts as they stand; what was edited since is left out. */
function carried(
  { diagnostics, texts }: ReturnType<LoopPorts['exercised']>,
  now: ReadonlyMap<string, string>,
): readonly EditorDiagnostic[] {
  const maps = new Map<string, EditMap | null>();
  const mapOf = (file: string): EditMap | null => {
    let map = maps.get(file);
    if (map === undefined) {
      const text = now.get(file);
      map = text === undefined ? null : editMap(texts.get(file) ?? text, text);
      maps.set(file, map);
    }
    return map;
  };
  return diagnostics.flatMap((diagnostic) => {
    const map = mapOf(diagnostic.file);
    if (!map) return [];
    const { range } = diagnostic;
    if (!range) return [diagnostic];
    const moved = map.range(range);
    return moved ? [{ ...diagnostic, range: moved }] : [];
  });
}
