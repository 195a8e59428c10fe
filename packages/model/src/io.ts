/** The narrow ports through which code below `host` sees the outside. */

/** The files of one folder, read only. */
export interface FileTree {
  /** Paths of all regular files below the root, relative, with `/`, sorted; tool and dot folders left out. */
  list(): Promise<readonly string[]>;
  /** Rejects with a message for the user where the file cannot be read. */
  read(path: string): Promise<Uint8Array>;
  /** In bytes, so that a file too large is never read; left out where reading is the only way to know. */
  size?(path: string): Promise<number>;
}

/** A recording as bytes that can be read more than once. */
export interface ByteSource {
  /** As reports print it: relative to the workspace, with `/`. */
  readonly path: string;
  /** In bytes, as stored (compressed where it is). */
  readonly size: number;
  /** Opens it from the start. */
  open(): AsyncIterable<Uint8Array>;
}

/** A monotonic clock in milliseconds. */
export interface Clock {
  now(): number;
}
