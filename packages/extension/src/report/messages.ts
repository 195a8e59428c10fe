/** What the report panel and its page say to each other. */

/** From the panel: show this. */
export interface ShowMessage {
  readonly kind: 'show';
  readonly html: string;
  readonly css: string;
}

/** From the page. */
export type PageMessage =
  /** It is loaded, perhaps again: what is to be shown? */
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly file: string; readonly line?: number; readonly column?: number }
  | { readonly kind: 'call'; readonly call: string };

/** The page's message, or null for anything else. */
export function readMessage(value: unknown): PageMessage | null {
  if (typeof value !== 'object' || value === null) return null;
  const { kind, file, line, column, call } = value as Partial<Record<string, unknown>>;
  if (kind === 'ready') return { kind };
  if (kind === 'call' && typeof call === 'string') return { kind, call };
  if (kind !== 'open' || typeof file !== 'string') return null;
  return {
    kind,
    file,
    ...(isPlace(line) ? { line } : {}),
    ...(isPlace(column) ? { column } : {}),
  };
}

function isPlace(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1;
}
