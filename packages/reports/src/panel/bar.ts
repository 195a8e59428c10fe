import { html, type Markup } from '../html/markup.ts';

/** A part of a bar: its kind is a class of ours. */
export interface BarPart {
  readonly kind: string;
  readonly value: number;
}

/** Parts of `total` side by side. For the eye alone: the figures stand beside it as text. */
export function bar(parts: readonly BarPart[], total: number): Markup {
  const shown = parts.filter((part) => part.value > 0);
  let start = 0;
  const rects = shown.map(({ kind, value }) => {
    // What happened at all stays to be seen: never thinner than one per cent.
    const width = Math.max(1, (100 * value) / Math.max(total, 1));
    const rect = html`<rect class="${kind}" x="${start.toFixed(2)}" width="${width.toFixed(2)}" height="8"/>`;
    start += width;
    return rect;
  });
  const width = Math.max(100, start).toFixed(2);
  return html`<svg class="bar" viewBox="0 0 ${width} 8" preserveAspectRatio="none" aria-hidden="true"><rect class="ground" width="${width}" height="8"/>${rects}</svg>`;
}
