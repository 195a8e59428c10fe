import type { Flip } from '@benchbook/model';
import { visible } from '../../format/visible.ts';
import { interner } from '../../html/interner.ts';
import { isFeared } from '../kinds.ts';
import type { FlipData, FlipsData } from './data.ts';

/** The flips of the page, packed; `anchor` is that of a policy's group. */
export function encodeFlips(
  flips: readonly Flip[],
  anchor: (policy: string) => string | undefined,
): FlipsData {
  const kinds = interner<readonly [string, string, 0 | 1]>();
  const sessions = interner<string>();
  const tools = interner<string>();
  const files = interner<string>();
  const texts = interner<string>();
  const policies = interner<readonly [string, string]>();
  const text = (value: string | null) => (value === null ? -1 : texts.number(value, () => visible(value)));
  const policy = (id: string) => policies.number(id, () => [visible(id), anchor(id) ?? '']);

  const packed = flips.map((flip): FlipData => {
    const kind = `${flip.from}->${flip.to}`;
    return [
      visible(flip.call),
      sessions.number(flip.session, () => visible(flip.session)),
      tools.number(flip.tool, () => visible(flip.tool)),
      kinds.number(kind, () => [flip.from, flip.to, isFeared(kind) ? 1 : 0]),
      text(flip.agent),
      text(flip.user),
      text(flip.condition),
      text(flip.approved),
      flip.afterDivergence ? 1 : 0,
      files.number(flip.source.file, () => visible(flip.source.file)),
      flip.source.line ?? 0,
      flip.because.map(policy),
      flip.determining.base.map(policy),
      flip.determining.head.map(policy),
      flip.reasons.base.map(text),
      flip.reasons.head.map(text),
      flip.errors.base.map(text),
      flip.errors.head.map(text),
    ];
  });
  return {
    kinds: kinds.values,
    sessions: sessions.values,
    tools: tools.values,
    policies: policies.values,
    files: files.values,
    texts: texts.values,
    flips: packed,
  };
}
