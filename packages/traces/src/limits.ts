/** What reading may take. Larger input is told as a problem, never held. */
export interface Limits {
  /** Bytes of one line. */
  readonly line: number;
  /** Bytes of a single JSON document, unpacked. */
  readonly document: number;
  /** Calls that one recording may hold back for their order or their results. */
  readonly held: number;
  /** Calls after which a batch goes out. */
  readonly batch: number;
}

const MB = 1024 * 1024;

export const DEFAULT_LIMITS: Limits = { line: 64 * MB, document: 256 * MB, held: 4_096, batch: 512 };
