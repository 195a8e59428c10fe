/** The language service of one workspace folder, as a language server sees it. Plain data, no LSP. */

import type { EngineEntry, Guard, PoisonedRequest } from '@benchbook/core';
import type {
  AgentEntry,
  ByteSource,
  CallEntry,
  CallFilter,
  CodeFix,
  Completion,
  Diagnostic,
  DocumentHighlight,
  DocumentSymbol,
  EngineAssets,
  Evaluation,
  FileEdit,
  FileTree,
  FoldingRange,
  Hover,
  Location,
  Outcome,
  PdpState,
  Preview,
  RecordingEntry,
  Refusal,
  ReplayReport,
  SemanticToken,
  SessionEntry,
  SignatureHelp,
  SimulationReport,
  TestReport,
  TextEdit,
  TextRange,
} from '@benchbook/model';

/** What the service needs of the outside. */
export interface ServicePorts {
  /** The folder's files, read only. */
  readonly tree: FileTree;
  readonly engines: readonly EngineEntry[];
  readonly assets: EngineAssets;
  /** A recording by its path in the folder. */
  recording(path: string): ByteSource | Promise<ByteSource>;
  /** The last committed version of the folder (git HEAD), or why there is none. Asked again after `baseChanged`. */
  base(): Promise<{ readonly name: string; readonly tree: FileTree } | Refusal>;
  /** Lets whatever waits go first; resolves soon after. Long work calls it every few milliseconds. */
  pause(): Promise<void>;
  /** Milliseconds, monotonic: only to know when to pause and to measure latency for the report. */
  now(): number;
  /** Milliseconds since 1970: ages of reviews and certificates are counted to it. */
  time(): number;
  /** Of Benchbook, which certificates state. */
  readonly version: string;
  /** Told around work that may get stuck inside an engine. */
  readonly guard?: Guard;
  /** Requests that ended an earlier worker, and sets to be kept off their fast lane. */
  readonly poisoned?: readonly PoisonedRequest[];
  readonly avoidFastLane?: readonly string[];
}

export interface ServiceSettings {
  /** Calls held in memory for the preview; the rest is left out and said so. Default 100,000. */
  readonly previewCalls?: number;
  /** Off: no recording is read unless asked for. Default true. */
  readonly preview?: boolean;
  /** The folder is trusted: else nothing outside it is read (git, links that lead out). Default true. */
  readonly trusted?: boolean;
}

export type ServiceEvent =
  /** All findings of these files, replacing what was told of them before; `unused`: to be faded. */
  | { readonly kind: 'diagnostics'; readonly files: ReadonlyMap<string, readonly EditorDiagnostic[]> }
  /** A new state of the preview; hints and lenses are to be asked for again. */
  | { readonly kind: 'preview'; readonly preview: Preview }
  /** Something that the user should know once. */
  | { readonly kind: 'message'; readonly severity: 'info' | 'warning' | 'error'; readonly message: string };

export interface EditorDiagnostic extends Diagnostic {
  /** The text does nothing (a policy that nothing exercises). */
  readonly unused?: boolean;
}

/** A hint in the text. `value`: of the chosen call. */
export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  /** Markdown; may be empty. */
  readonly tooltip: string;
  readonly kind: 'policy' | 'condition' | 'value';
}

export interface CodeLens {
  readonly range: TextRange;
  readonly title: string;
  readonly action:
    | { readonly kind: 'replay' }
    /** Show the calls that the filter lets through. */
    | { readonly kind: 'calls'; readonly filter: CallFilter; readonly title: string }
    /** Evaluate the policy now (against the chosen call, a file, an edited copy). */
    | { readonly kind: 'evaluate'; readonly policy: string };
}

export interface WorkspaceSymbol extends Location {
  readonly name: string;
  readonly detail: string;
  readonly kind: DocumentSymbol['kind'];
}

/** What a call is evaluated from: a recorded one, or text (a native call, or what a policy sees: an `input.json`). */
export type EvaluationSource = { readonly call: string } | { readonly text: string; readonly after?: string };

/** Every verb answers for the text as it stands, waits until it is loaded, and never rejects for what users wrote. */
export interface LanguageService {
  /** Starts reading the folder. Resolves when verbs answer; previews follow. */
  start(): Promise<void>;
  /** The text of an open document, which stands for the file's. */
  open(path: string, text: string): void;
  change(path: string, text: string): void;
  close(path: string): void;
  /** Files that came, changed or went on disk. */
  filesChanged(paths: readonly string[]): void;
  /** Another commit may be the base now. */
  baseChanged(): void;
  configure(settings: ServiceSettings): void;
  /** Listens to events; returns what ends it. */
  on(listener: (event: ServiceEvent) => void): () => void;
  /** Resolves when diagnostics (and with `preview` the complete preview) stand for the text as it is. For tests and benches. */
  settled(what: 'diagnostics' | 'preview'): Promise<void>;
  dispose(): void;

  complete(path: string, offset: number): Promise<Omit<Completion, 'control'>>;
  hover(path: string, offset: number): Promise<Hover | null>;
  definition(path: string, offset: number): Promise<readonly Location[]>;
  references(path: string, offset: number, includeDefinition: boolean): Promise<readonly Location[]>;
  highlights(path: string, offset: number): Promise<readonly DocumentHighlight[]>;
  prepareRename(
    path: string,
    offset: number,
  ): Promise<{ readonly range: TextRange; readonly name: string } | Refusal | null>;
  rename(path: string, offset: number, newName: string): Promise<readonly FileEdit[] | Refusal>;
  symbols(path: string): Promise<readonly DocumentSymbol[]>;
  /** At most 500. */
  workspaceSymbols(query: string): Promise<readonly WorkspaceSymbol[]>;
  folding(path: string): Promise<readonly FoldingRange[]>;
  selections(path: string, offset: number): Promise<readonly TextRange[]>;
  tokens(path: string): Promise<readonly SemanticToken[]>;
  signature(path: string, offset: number): Promise<SignatureHelp | null>;
  format(path: string): Promise<readonly TextEdit[] | null>;
  fixes(path: string, range: TextRange): Promise<readonly CodeFix[]>;
  inlayHints(path: string, range: TextRange): Promise<readonly InlayHint[]>;
  codeLenses(path: string): Promise<readonly CodeLens[]>;
  /** All findings of a file as told last. */
  diagnostics(path: string): readonly EditorDiagnostic[];
  /** The text that positions of `path` belong to: the open document's, else the file's; null where there is none. */
  text(path: string): Promise<string | null>;

  /** The latest state; null before the first. */
  preview(): Preview | null;
  /** Decides everything anew. */
  replay(): void;
  recordings(filter: CallFilter): readonly RecordingEntry[];
  sessions(file: string, filter: CallFilter): readonly SessionEntry[];
  /** In reading order; at most 1,000 from `from`, with how many there are. */
  calls(filter: CallFilter, from?: number): { readonly total: number; readonly calls: readonly CallEntry[] };
  /** Shows every condition's value on this call (null: none); false where there is no such call. */
  chooseCall(call: string | null): Promise<boolean>;
  chosenCall(): CallEntry | null;
  /** The recorded call as native JSON, for an edited copy; null where there is none. */
  callText(call: string): string | null;
  evaluate(source: EvaluationSource): Promise<Evaluation | Refusal>;
  /** One native line for a recording, from an edited call and the reviewer's word. */
  callLine(text: string, expect: Outcome): { readonly line: string } | Refusal;
  /** A report over all recordings as `benchbook replay --format json` gives it, without latency unless asked for. */
  report(latency: boolean): Promise<ReplayReport | Refusal>;
  /** The agents of the registry with how each stands with the gate. */
  agents(): Promise<readonly AgentEntry[]>;
  /** The recorded calls while the PDP is in this state for a third of their time, as `benchbook simulate` plays them. */
  simulate(state: PdpState): Promise<SimulationReport | Refusal>;
  /** The text of a policy file in base, for comparing side by side. */
  baseText(path: string): Promise<{ readonly text: string } | Refusal>;
  tests(): Promise<TestReport | Refusal>;
  /** Text of files that `init` would write. */
  scaffold(): Promise<readonly { readonly path: string; readonly text: string }[]>;
}
