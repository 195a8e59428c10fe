/** A file that only grows, held by this process alone. */
export interface AppendFile {
  /** Bytes, all of them in whole lines. */
  readonly size: number;
  /** What stood after the last whole line at opening and was set aside; null: nothing. */
  readonly torn: { readonly bytes: number; readonly sha256: string } | null;
  /** Bytes from `start` on, fewer where the file ends. */
  read(start: number, length: number): Promise<Uint8Array>;
  /** Resolves once the text is on the disk; after a failure the file is as before, or takes no more. */
  append(text: string): Promise<void>;
}
