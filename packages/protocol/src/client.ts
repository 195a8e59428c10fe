/** What a client tells the server at the start and in its settings, and what the server asks it to do. */

import type { CallFilter } from '@benchbook/model';
import type { FolderParams } from './server.ts';

/** `initializationOptions`. */
export interface InitializationOptions {
  /** Nothing outside an untrusted folder is read. Default true. */
  readonly trusted?: boolean;
  /** The server cannot read files itself and asks the client (virtual folders, browsers). */
  readonly filesFromClient?: boolean;
  /** Where the engines' binary assets lie: URL of a folder. Only browsers need it. */
  readonly assets?: string;
  /** URL of the inner worker's script, where it does not lie beside the server's. Only browsers need it. */
  readonly worker?: string;
  /**
   * The client knows LSP alone: the server carries out the commands of lenses as well as it can, and sends nothing
   * beside LSP. Default false.
   */
  readonly plainClient?: boolean;
}

/** The section `benchbook` of the client's settings, as far as the server reads it. */
export interface ServerSettings {
  readonly preview?: { readonly enabled?: boolean; readonly calls?: number; readonly conditions?: boolean };
  readonly codeLens?: { readonly enabled?: boolean };
  /** Features by language id that another extension gives already. */
  readonly leaveToOthers?: {
    readonly [language: string]: readonly ('completion' | 'formatting' | 'rename')[];
  };
}

/** The argument of {@link CLIENT_COMMANDS}.showCalls. `position` counts as LSP does. */
export interface ShowCallsArguments extends FolderParams {
  readonly filter: CallFilter;
  readonly title: string;
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

/** Commands of code lenses, which the client carries out; arguments as named. */
export const CLIENT_COMMANDS = {
  /** `{ folder }` */
  replay: 'benchbook.replay',
  /** {@link ShowCallsArguments}: shows the calls in a peek, or in the Recordings view. */
  showCalls: 'benchbook.showCalls',
  /** `{ folder, policy, uri }` */
  evaluate: 'benchbook.evaluate',
} as const;
