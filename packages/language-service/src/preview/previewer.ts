import type { Guard, PoisonedRequest, PreparedWorkspace } from '@benchbook/core';
import type {
  ByteSource,
  CallEntry,
  CallFilter,
  ConditionValue,
  Evaluation,
  Outcome,
  Preview,
  RecordingEntry,
  Refusal,
  SessionEntry,
  ToolKnowledge,
} from '@benchbook/model';
import type { EditorDiagnostic, EvaluationSource } from '../api.ts';

export interface PreviewerOptions {
  /** The recordings as they are now. */
  recordings(): Promise<readonly ByteSource[]>;
  /** Lets whatever waits go first; called every few milliseconds of work. */
  pause(): Promise<void>;
  /** Milliseconds, monotonic: only to know when to pause. */
  now(): number;
  readonly guard?: Guard;
  readonly poisoned?: readonly PoisonedRequest[];
  /** Calls held in memory; the rest is left out and counted. */
  readonly maxCalls: number;
  /** Every new state: first parts soon, then the complete one. */
  onPreview(preview: Preview): void;
  /** Recordings were read anew: `knowledge` changed. */
  onKnowledge(): void;
  onMessage(severity: 'info' | 'warning' | 'error', message: string): void;
}

/**
 * Decides the recorded calls under the policies as they are typed, in small steps between which the editor's requests
 * go first. Work for a superseded version is dropped.
 */
export interface Previewer {
  /** Policies that load. The sets of `prepared` must stay valid until the next update. */
  update(prepared: PreparedWorkspace): void;
  /** The texts do not load: the last preview stays, marked stale. */
  markStale(): void;
  /** What flips are counted against. */
  setBase(base: { readonly name: string; readonly prepared: PreparedWorkspace } | Refusal): void;
  /** Reads the recordings anew. */
  recordingsChanged(): void;
  latest(): Preview | null;
  /** Resolves when the preview of what was given last is complete (at once where there is nothing to do). */
  settled(): Promise<void>;
  /** What the recordings show of tools and their arguments; empty until they were read. */
  knowledge(): ToolKnowledge;
  /** Policies that nothing exercises (`policy-never-exercised`, hint, `unused`) and that err (`policy-errs`, warning). */
  diagnostics(): readonly EditorDiagnostic[];

  recordings(filter: CallFilter): readonly RecordingEntry[];
  sessions(file: string, filter: CallFilter): readonly SessionEntry[];
  calls(filter: CallFilter, from?: number): { readonly total: number; readonly calls: readonly CallEntry[] };
  chooseCall(call: string | null): Promise<boolean>;
  chosenCall(): CallEntry | null;
  /** Every condition's value on the chosen call, under the policies that loaded last. */
  chosenValues(): readonly ConditionValue[];
  callText(call: string): string | null;
  evaluate(source: EvaluationSource): Promise<Evaluation | Refusal>;
  callLine(text: string, expect: Outcome): { readonly line: string } | Refusal;
  dispose(): void;
}
