/** A reviewed list of expected flips, kept in the repository. */
import { type Flip, getOwn, isObject, type Json, textDocument } from '@benchbook/model';
import { parseData } from '@benchbook/workspace';
import { kindOf } from './flips.ts';

/** Approves one call, or every flip that all stated members fit. */
interface Approval {
  readonly line: number;
  readonly call?: string;
  readonly policy?: string;
  readonly tool?: string;
  readonly kind?: string;
  /** Flips that it may approve; more are unexpected. */
  readonly max?: number;
  readonly reason: string;
  readonly text: string;
}

export interface Approvals {
  readonly file: string;
  readonly entries: readonly Approval[];
}

/** The list, or why the text is none (one line, with its place). */
export type ApprovalsResult = { readonly approvals: Approvals } | { readonly error: string };

/** Most entries that are read. */
const MAX_ENTRIES = 10_000;

const MEMBERS = ['call', 'policy', 'tool', 'kind'] as const;

/** Reads `version: 1` and `flips:`, a list of entries with `reason` and what they approve. Never throws. */
export function readApprovals(file: string, text: string): ApprovalsResult {
  const document = parseData(text);
  const lines = textDocument(text);
  const at = (path: readonly (string | number)[]): string =>
    `${file}:${lines.lineColumn(document.rangeOf(path).start).line}`;
  const [problem] = document.problems;
  if (problem) return { error: `${file}:${lines.lineColumn(problem.range.start).line}: ${problem.message}` };
  const root = document.value ?? null;
  const flips = isObject(root) ? getOwn(root, 'flips') : undefined;
  if (!isObject(root) || getOwn(root, 'version') !== 1 || !Array.isArray(flips))
    return { error: `${file}: a list of approvals has \`version: 1\` and \`flips:\`, a list` };
  const items = flips as readonly Json[];
  if (items.length > MAX_ENTRIES) return { error: `${file}: more than ${MAX_ENTRIES} entries` };
  const entries: Approval[] = [];
  for (const [index, item] of items.entries()) {
    const entry = readEntry(item, lines.lineColumn(document.rangeOf(['flips', index]).start).line);
    if (typeof entry === 'string') return { error: `${at(['flips', index])}: ${entry}` };
    entries.push(entry);
  }
  return { approvals: { file, entries } };
}

function readEntry(item: Json, line: number): Approval | string {
  if (!isObject(item)) return 'an approval is a map of `call` or of `policy`, `tool`, `kind`, with `reason`';
  const unknown = Object.keys(item).find(
    (key) => ![...MEMBERS, 'reason', 'by', 'max'].includes(key as (typeof MEMBERS)[number]),
  );
  if (unknown !== undefined)
    return `unknown key \`${unknown.slice(0, 40)}\`; known are ${MEMBERS.join(', ')}, max, reason, by`;
  const text = (key: string): string | undefined => {
    const value = getOwn(item, key);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const reason = text('reason');
  if (reason === undefined) return 'an approval needs a `reason`';
  const stated = MEMBERS.flatMap((key) => {
    const value = text(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  if (stated.length === 0) return 'an approval names a `call`, or a `policy`, `tool` or `kind`';
  const max = getOwn(item, 'max');
  if (max !== undefined && !(typeof max === 'number' && Number.isInteger(max) && max > 0))
    return '`max` must be a whole number above 0';
  return {
    line,
    ...Object.fromEntries(stated),
    ...(typeof max === 'number' && { max }),
    reason,
    text: stated.map(([key, value]) => `${key}: ${value}`).join(', '),
  };
}

/** Flips with what approves them, and the entries that approve none. */
export function applyApprovals(
  flips: readonly Flip[],
  { entries }: Approvals,
): { readonly flips: readonly Flip[]; readonly stale: readonly { line: number; text: string }[] } {
  const used = new Map<Approval, number>();
  const judged = flips.map((flip): Flip => {
    const entry = entries.find((one) => fits(one, flip) && (used.get(one) ?? 0) < (one.max ?? Infinity));
    if (!entry) return flip;
    used.set(entry, (used.get(entry) ?? 0) + 1);
    return { ...flip, approved: entry.reason };
  });
  const stale = entries.filter((entry) => !used.has(entry)).map(({ line, text }) => ({ line, text }));
  return { flips: judged, stale };
}

function fits({ call, policy, tool, kind }: Approval, flip: Flip): boolean {
  return (
    (call === undefined || call === flip.call) &&
    (policy === undefined || flip.because.includes(policy)) &&
    (tool === undefined || tool === flip.tool) &&
    (kind === undefined || kind.replaceAll(' ', '') === kindOf(flip))
  );
}
