/** What a client tells the server at the start and in its settings, and what the server asks it to do. */

/** `initializationOptions`. */
export interface InitializationOptions {
  /** Nothing outside an untrusted folder is read. Default true. */
  readonly trusted?: boolean;
  /** The server cannot read files itself and asks the client (virtual folders, browsers). */
  readonly filesFromClient?: boolean;
  /** Where the engines' binary assets lie: URL of a folder. Only browsers need it. */
  readonly assets?: string;
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

/** Commands of code lenses, which the client carries out; arguments as named. */
export const CLIENT_COMMANDS = {
  /** `{ folder }` */
  replay: 'benchbook.replay',
  /** `{ folder, filter, title, uri, position }`: shows the calls in a peek, or in the Recordings view. */
  showCalls: 'benchbook.showCalls',
  /** `{ folder, policy, uri }` */
  evaluate: 'benchbook.evaluate',
} as const;
