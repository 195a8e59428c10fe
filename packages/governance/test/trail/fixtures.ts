import {
  type HeadSigner,
  type KeyRing,
  openTrail,
  signingKeyOf,
  type TrailItem,
  type TrailOptions,
  verifyTrail,
} from '@benchbook/governance';
import type { AuditEntry, TrailReport } from '@benchbook/model';
import { type MemoryFile, memoryFile } from './memory-file.ts';

async function signer(id: string, seed: number): Promise<HeadSigner> {
  const made = await signingKeyOf(new Uint8Array(32).fill(seed));
  if ('error' in made) throw new Error(made.error);
  return { id, key: made.key };
}

export const auditor = await signer('auditor-2026', 1);
export const stranger = await signer('stranger', 2);

export const ring: KeyRing = {
  keys: [{ id: auditor.id, holder: 'Ada', publicKey: auditor.key.publicKey, roles: null, revokedAt: null }],
  problems: [],
};

export const NOW = '2026-06-01T12:00:00Z';

export function entry(index: number, more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    ts: new Date(Date.parse('2026-05-01T10:00:00Z') + index * 60_000).toISOString(),
    kind: 'decision',
    actor: { agent: 'treasury-bot', user: index % 3 === 0 ? 'alice' : null },
    action: { tool: index % 2 ? 'pay' : 'approve_order', server: 'bank', call: `s1#${index}`, session: 's1' },
    outcome: index % 5 === 0 ? 'deny' : 'allow',
    enforced: index % 5 === 0 ? 'blocked' : 'permitted',
    by: 'policy',
    determining: ['policies/pay.cedar#limit'],
    context: 'c'.repeat(64),
    certificate: null,
    ...(index % 7 === 0 && { note: `Überweisung ${index}, "geprüft"` }),
    ...more,
  };
}

export function items(count: number, from = 0): TrailItem[] {
  return Array.from({ length: count }, (_, index) => ({ entry: entry(from + index) }));
}

export function options(
  trail: MemoryFile,
  heads: MemoryFile | null,
  more: Partial<TrailOptions> = {},
): TrailOptions {
  return {
    trail,
    heads,
    signer: heads && auditor,
    signEvery: 100,
    id: 'trail-0001',
    retentionMonths: 12,
    redaction: { rules: [], keep: [], key: new Uint8Array(32).fill(7) },
    now: () => NOW,
    ...more,
  };
}

/** Opens the trail, or fails with why not. */
export async function opened(given: TrailOptions) {
  const result = await openTrail(given);
  if ('error' in result) throw new Error(result.error);
  return result.trail;
}

export interface Written {
  readonly trail: Uint8Array;
  readonly heads: Uint8Array;
}

/** A closed trail of so many decisions; its records are more by its own marks. */
export async function write(decisions: number, more: Partial<TrailOptions> = {}): Promise<Written> {
  const trail = memoryFile();
  const heads = memoryFile();
  const open = await opened(options(trail, heads, more));
  await open.write(items(decisions));
  await open.close();
  return { trail: trail.bytes(), heads: heads.bytes() };
}

export function verify(
  trail: Uint8Array,
  heads: Uint8Array | null,
  keys: KeyRing | null = ring,
): Promise<TrailReport> {
  return verifyTrail({
    file: 'trail.jsonl',
    trail: chunks(trail),
    heads: heads && chunks(heads),
    keys,
    requiredMonths: 6,
  });
}

/** The lines of a file, without line feeds. */
export function linesOf(bytes: Uint8Array): string[] {
  return new TextDecoder().decode(bytes).split('\n').slice(0, -1);
}

export function bytesOf(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
}

export async function* chunks(bytes: Uint8Array, size = 5000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
