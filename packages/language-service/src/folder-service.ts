import { controlsOf, type PreparedWorkspace, policyLoader, surveyRecordings } from '@benchbook/core';
import type { ByteSource, Refusal, ToolDefinition, ToolKnowledge } from '@benchbook/model';
import type { Workspace } from '@benchbook/workspace';
import { createAgentChecks, NOTHING_FOUND } from './agents/build-checks.ts';
import { cardVerbs } from './agents/card-verbs.ts';
import { createAgentEntries } from './agents/entries.ts';
import { cardDiagnostics } from './agents/registry.ts';
import type { EditorDiagnostic, LanguageService, ServicePorts, ServiceSettings } from './api.ts';
import { codeLenses } from './display/code-lenses.ts';
import { editMap } from './display/edit-map.ts';
import { inlayHints } from './display/inlay-hints.ts';
import { createEvents } from './events.ts';
import { megabytes } from './folder/editor-tree.ts';
import { openFolder } from './folder/folder.ts';
import { readFileText } from './folder/read-text.ts';
import { type LoadedBase, loadBase } from './loop/base.ts';
import { createLoop, type Loaded } from './loop/loop.ts';
import { publisher } from './loop/publish.ts';
import { manifestKeys } from './manifest/keys.ts';
import type { Previewer, PreviewerOptions } from './preview/previewer.ts';
import { pausingSource } from './report/pausing-source.ts';
import { reportOf, testsOf } from './report/report.ts';
import { scaffoldFiles } from './report/scaffold.ts';
import { simulationOf } from './report/simulation.ts';
import { complete } from './verbs/complete.ts';
import type { VerbContext } from './verbs/context.ts';
import { engineVerbs } from './verbs/engine-verbs.ts';
import { fixes } from './verbs/fixes.ts';
import { hover } from './verbs/hover.ts';
import { workspaceSymbols } from './verbs/workspace-symbols.ts';

const DEFAULT_PREVIEW_CALLS = 100_000;
const NO_TOOLS: readonly ToolDefinition[] = [];

/** The language service of one folder. `createPreviewer`: who decides the recorded calls. */
export function createFolderService(
  ports: ServicePorts,
  createPreviewer: (options: PreviewerOptions) => Previewer,
): LanguageService {
  const events = createEvents();
  const manifests = ports.engines.map(({ manifest }) => manifest);
  const keys = manifestKeys(manifests);
  const folder = openFolder(ports.tree, manifests, ports.avoidFastLane);
  const loader = policyLoader(ports.engines, ports.assets, () => ({}));
  const told = publisher((files) => events.emit({ kind: 'diagnostics', files }));
  const table = {
    ...(ports.guard && { guard: ports.guard }),
    ...(ports.poisoned && { poisoned: ports.poisoned }),
  };
  let settings: ServiceSettings = {};
  let base: LoadedBase | Refusal | undefined;
  let isBaseStale = true;
  let baseLoading: Promise<void> | undefined;
  let isDisposed = false;
  /** What the previewer was given last, unless it is stale. */
  let given: PreparedWorkspace | null = null;
  let begin: () => void = () => {};
  const started = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let traces: readonly string[] | undefined;
  let tracesChanged = false;
  /** What the list of agents was told for; null: files changed that certificates may be over. */
  let listedCards: Workspace['agentFiles'] | null = null;
  /** Joined once: asked for at every key stroke. */
  let surveyed: ToolKnowledge | null = null;
  let previewer = openPreviewer();

  const loop = createLoop({
    folder,
    loader,
    publisher: told,
    pause: ports.pause,
    knowledge,
    cards: cardDiagnostics(),
    exercised: () => {
      const checked = settings.preview === false ? NOTHING_FOUND : agentChecks.found();
      return {
        diagnostics: [...previewer.diagnostics(), ...checked.diagnostics],
        texts: new Map([...(previewer.latest()?.texts ?? []), ...checked.texts]),
      };
    },
    numbers: () =>
      settings.preview === false ? null : recordings().then((sources) => surveyRecordings(sources)),
    onLoaded,
    onFailure: (error) => failed('Checking the policies', error),
  });

  const agentChecks = createAgentChecks({
    loader,
    table,
    tree: folder.tree,
    time: ports.time,
    recordings,
    subject: () => (isDecided() ? (loop.latest()?.prepared ?? null) : null),
    onFound: () => loop.retell(),
    onFailure: (error) => failed('Checking the agents', error),
  });
  const agentEntries = createAgentEntries({
    tree: folder.tree,
    engines: manifests,
    assets: ports.assets,
    version: ports.version,
    time: ports.time,
    recordings,
  });

  /** The preview is complete for the text as it stands. */
  function isDecided(): boolean {
    const preview = previewer.latest();
    const loaded = loop.latest();
    return (
      !isDisposed &&
      settings.preview !== false &&
      !loop.isBusy() &&
      loaded !== null &&
      !loaded.fatal &&
      preview !== null &&
      !preview.stale &&
      preview.decided >= preview.total
    );
  }

  function openPreviewer(): Previewer {
    return createPreviewer({
      recordings: previewed,
      pause: ports.pause,
      now: ports.now,
      ...table,
      maxCalls: settings.previewCalls ?? DEFAULT_PREVIEW_CALLS,
      onPreview(preview) {
        if (isDisposed) return;
        events.emit({ kind: 'preview', preview });
        if (preview.decided < preview.total) return;
        loop.retell();
        agentChecks.soon();
      },
      onKnowledge() {
        surveyed = null;
        loop.touch();
      },
      onMessage: (severity, message) => events.once(severity, message),
    });
  }

  async function previewed(): Promise<readonly ByteSource[]> {
    await started;
    return settings.preview === false || isDisposed ? [] : rawRecordings();
  }

  /** The recordings as they are now; those that cannot be had are told and left out. */
  async function rawRecordings(): Promise<readonly ByteSource[]> {
    const { workspace } = await folder.current();
    const sources: ByteSource[] = [];
    for (const path of workspace.tracePaths) {
      try {
        sources.push(await ports.recording(path));
      } catch (error) {
        events.once('warning', `${path} cannot be read: ${messageOf(error)}`);
      }
    }
    return sources;
  }

  async function recordings(): Promise<readonly ByteSource[]> {
    return (await rawRecordings()).map((source) => pausingSource(source, ports));
  }

  function onLoaded({ state, prepared, fatal }: Loaded): void {
    tellLeftAlone();
    agentChecks.soon();
    tellAgents(state.workspace);
    const { tracePaths } = state.workspace;
    const isOther = traces !== undefined && JSON.stringify(traces) !== JSON.stringify(tracePaths);
    const mustReread = isOther || tracesChanged;
    traces = tracePaths;
    tracesChanged = false;
    if (mustReread) {
      agentEntries.forget();
      agentChecks.forget();
      previewer.recordingsChanged();
      if (state.sources.numbers) {
        // Types of numbers may be others now; the next pass asks for them.
        folder.setNumbers(null);
        isBaseStale = true;
        loop.touch();
        return;
      }
    }
    if (settings.preview === false) return;
    if (fatal) {
      given = null;
      previewer.markStale();
    } else if (!given || !isDecidedAlike(given, prepared)) {
      given = prepared;
      previewer.update(prepared);
      loader.keep([state.sources, ...(base && 'sources' in base ? [base.sources] : [])]);
    }
    refreshBase();
  }

  /** How agents stand with the gate is asked for with each preview. */
  function tellAgents({ agentFiles }: Workspace): void {
    const isOther = listedCards !== agentFiles;
    listedCards = agentFiles;
    const preview = previewer.latest();
    if (isOther && agentFiles.length > 0 && preview) events.emit({ kind: 'preview', preview });
  }

  function refreshBase(): void {
    if (!isBaseStale || baseLoading || isDisposed || settings.preview === false) return;
    isBaseStale = false;
    baseLoading = bringBase()
      .catch((error: unknown) => failed('Loading the base', error))
      .finally(() => {
        baseLoading = undefined;
        refreshBase();
      });
  }

  async function bringBase(): Promise<void> {
    const numbers = folder.latest()?.sources.numbers;
    const loaded: LoadedBase | Refusal =
      settings.trusted === false
        ? { refused: 'the folder is not trusted, so nothing is asked of git' }
        : await loadBase(ports, manifests, loader, numbers);
    if (isDisposed) return;
    base = loaded;
    previewer.setBase('refused' in loaded ? loaded : { name: loaded.name, prepared: loaded.prepared });
  }

  function tellLeftAlone(): void {
    for (const [path, size] of folder.tree.tooLarge)
      events.once(
        'warning',
        `${path} has ${megabytes(size)} and is left alone: the editor reads files up to 2 MB, \`benchbook check\` larger ones`,
      );
    for (const { file, code, message } of folder.latest()?.workspace.diagnostics ?? [])
      if (code === 'file-unreadable' && message.startsWith('the file is binary'))
        events.once('warning', `${file} is binary and is left alone`);
  }

  function failed(what: string, error: unknown): void {
    events.once('error', `${what} failed, which is a bug of Benchbook: ${messageOf(error).slice(0, 300)}`);
  }

  function knowledge(): ToolKnowledge {
    const tools = folder.latest()?.workspace.tools ?? NO_TOOLS;
    if (surveyed?.tools !== tools) {
      const { fields, calls } = surveyed ?? previewer.knowledge();
      surveyed = { tools, fields, calls };
    }
    return surveyed;
  }

  const context: VerbContext = {
    state: () => folder.current(),
    async file(path) {
      return (await folder.current()).workspace.policyFiles.find((file) => file.path === path);
    },
    async ask(path, verb) {
      const { workspace, sources } = await folder.current();
      const file = workspace.policyFiles.find((one) => one.path === path);
      return file && loader.ask(file.engine, sources, verb);
    },
    loaded: () => loop.latest(),
    knowledge,
    controls: async () => controlsOf((await folder.current()).workspace).context,
    previewer: () => previewer,
    diagnostics,
  };

  /** What was told last, at its places in the text as it stands. */
  function diagnostics(path: string): readonly EditorDiagnostic[] {
    const all = told.of(path);
    const { policyFiles = [], agentFiles = [] } = folder.latest()?.workspace ?? {};
    const now = [...policyFiles, ...agentFiles].find((file) => file.path === path)?.text;
    const then = loop.latest()?.prepared.texts(path).text;
    if (now === undefined || then === undefined || now === then) return all;
    const map = editMap(then, now);
    return all.flatMap((one) => {
      const range = one.range && map.range(one.range);
      return one.range && !range ? [] : [{ ...one, range }];
    });
  }

  const cards = cardVerbs(context);

  /** A verb that fails costs its own answer, and is told once. */
  async function verb<Answer>(name: string, fallback: Answer, work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      if (!isDisposed) failed(name, error);
      return fallback;
    }
  }

  const reportPorts = { loader, table, recordings, now: ports.now };

  /** The text as it stands, loaded; null where that failed. */
  async function loaded(): Promise<Loaded | null> {
    await loop.settled();
    const latest = loop.latest();
    return latest?.state === folder.latest() ? latest : null;
  }

  return {
    async start() {
      begin();
      await verb('Reading the folder', undefined, async () => {
        await folder.current();
      });
      loop.touch();
    },
    open(path, text) {
      folder.change(path, text);
      loop.touch(path);
    },
    change(path, text) {
      folder.change(path, text);
      loop.touch(path);
    },
    close(path) {
      folder.close(path);
      loop.touch();
    },
    filesChanged(paths) {
      const known = new Set(traces);
      tracesChanged ||= paths.some((path) => known.has(path));
      folder.forget(paths);
      agentChecks.forget();
      listedCards = null;
      loop.touch();
    },
    baseChanged() {
      isBaseStale = true;
      refreshBase();
    },
    configure(next) {
      const before = settings;
      settings = next;
      if (before.previewCalls !== next.previewCalls || before.preview !== next.preview) {
        previewer.dispose();
        previewer = openPreviewer();
        surveyed = null;
        given = null;
        isBaseStale = true;
      }
      if (before.trusted !== next.trusted) isBaseStale = true;
      loop.touch();
    },
    on: events.on,
    async settled(what) {
      do {
        await loop.settled();
        if (what === 'diagnostics') return;
        await baseLoading;
        await previewer.settled();
        if (!loop.isBusy()) await agentChecks.settled();
      } while (!isDisposed && (loop.isBusy() || baseLoading));
    },
    dispose() {
      isDisposed = true;
      loop.stop();
      agentChecks.stop();
      previewer.dispose();
      loader.close();
    },

    complete: (path, offset) =>
      verb(
        'Completion',
        { items: [] },
        async () => (await cards.complete(path, offset)) ?? complete(context, keys, path, offset),
      ),
    hover: (path, offset) =>
      verb('Hover', null, async () => {
        const answer = await cards.hover(path, offset);
        return answer === undefined ? hover(context, keys, path, offset) : answer;
      }),
    ...engineVerbs(context, verb),
    workspaceSymbols: (query) => verb('Workspace symbols', [], () => workspaceSymbols(context, query)),
    fixes: (path, range) =>
      verb('Quick fixes', [], async () => (await cards.fixes(path, range)) ?? fixes(context, path, range)),
    inlayHints: (path, range) =>
      verb('Inlay hints', [], async () => {
        const file = await context.file(path);
        const preview = previewer.latest();
        return file && preview ? inlayHints(file, preview, previewer.chosenValues(), range) : [];
      }),
    codeLenses: (path) =>
      verb('Code lenses', [], async () => {
        const file = await context.file(path);
        if (!file) return [];
        const { prepared } = loop.latest() ?? {};
        const map = prepared && editMap(prepared.texts(path).text, file.text);
        const policies = (prepared?.policies.everything ?? []).flatMap((set) =>
          set.policies.flatMap(({ id, name, file: of, range }) => {
            const at = of === path ? map?.range(range) : null;
            return at ? [{ id, name, range: at }] : [];
          }),
        );
        return codeLenses(file, policies, previewer.latest());
      }),
    diagnostics,
    text: (path) =>
      verb('Reading a text', null, async () => {
        const { workspace } = await folder.current();
        const known = [...workspace.policyFiles, ...workspace.otherTexts].find((file) => file.path === path);
        return folder.tree.opened(path) ?? known?.text ?? (await readFileText(ports.tree, path));
      }),

    preview: () => previewer.latest(),
    replay: () => previewer.recordingsChanged(),
    recordings: (filter) => previewer.recordings(filter),
    sessions: (file, filter) => previewer.sessions(file, filter),
    calls: (filter, from) => previewer.calls(filter, from),
    chooseCall: (call) =>
      verb('Choosing a call', false, async () => {
        const isThere = await previewer.chooseCall(call);
        const preview = previewer.latest();
        if (preview) events.emit({ kind: 'preview', preview });
        return isThere;
      }),
    chosenCall: () => previewer.chosenCall(),
    callText: (call) => previewer.callText(call),
    evaluate: (source) =>
      verb('Evaluating', { refused: 'the evaluation failed' }, () => previewer.evaluate(source)),
    callLine: (text, expect) => previewer.callLine(text, expect),
    report: (latency) =>
      verb('The report', { refused: 'the report failed' }, async () =>
        reportOf(await loaded(), latency, reportPorts),
      ),
    agents: () => verb('The agents', [], async () => agentEntries.of((await folder.current()).workspace)),
    simulate: (state) =>
      verb('The simulation', { refused: 'the simulation failed' }, async () =>
        simulationOf(await loaded(), state, reportPorts),
      ),
    baseText: (path) =>
      verb('Reading the base', { refused: `${path} cannot be read` }, async () => {
        if (settings.trusted === false) return { refused: 'the folder is not trusted' };
        const from = base && 'tree' in base ? base : await ports.base();
        if ('refused' in from) return from;
        const text = await readFileText(from.tree, path);
        return text === null ? { refused: `${path} is not in ${from.name}` } : { text };
      }),
    tests: () =>
      verb('Testing', { refused: 'the tests failed to run' }, async () =>
        testsOf(await loaded(), reportPorts),
      ),
    scaffold: () => verb('Scaffolding', [], async () => scaffoldFiles(ports, await folder.tree.list())),
  };
}

/** True where both decide the same, from texts that are the same. */
function isDecidedAlike(a: PreparedWorkspace, b: PreparedWorkspace): boolean {
  const same = <Item>(one: readonly Item[], other: readonly Item[]): boolean =>
    one.length === other.length && one.every((item, index) => item === other[index]);
  const rest = ({ workspace: { manifest, narrowings } }: PreparedWorkspace): string =>
    JSON.stringify([manifest.default, narrowings]);
  return (
    same(a.policies.everything, b.policies.everything) &&
    same(a.policies.enforced, b.policies.enforced) &&
    same(a.workspace.policyFiles, b.workspace.policyFiles) &&
    rest(a) === rest(b)
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
