import type { ControlContext } from '@benchbook/controls';
import type { LanguageFeatures, ToolKnowledge } from '@benchbook/model';
import type { PolicyFile } from '@benchbook/workspace';
import type { EditorDiagnostic } from '../api.ts';
import type { FolderState } from '../folder/folder.ts';
import type { Loaded } from '../loop/loop.ts';
import type { Previewer } from '../preview/previewer.ts';

/** What verbs work on. */
export interface VerbContext {
  /** The folder with the text that stands now. */
  state(): Promise<FolderState>;
  /** The policy file at `path`; undefined where it is none. */
  file(path: string): Promise<PolicyFile | undefined>;
  /** Asks the engine of `path`; undefined where it has none. */
  ask<Answer>(
    path: string,
    verb: (features: Partial<LanguageFeatures>) => Answer,
  ): Promise<Answer | undefined>;
  /** The version that was loaded last; null before the first. */
  loaded(): Loaded | null;
  knowledge(): ToolKnowledge;
  controls(): Promise<ControlContext>;
  readonly previewer: () => Previewer;
  /** As told last, at their places in the text as it stands. */
  diagnostics(path: string): readonly EditorDiagnostic[];
}
