import type { DiffLatency } from '@benchbook/model';
import { html, type Markup } from '../../html/markup.ts';
import { ratio } from '../latency-sentence.ts';

const WIDTH = 640;
const EDGE = 40;
const TICKS = [0.1, 0.2, 0.5, 0.8, 1, 1.2, 1.5, 2, 3, 5, 10];

/** A ratio with its interval on a logarithmic axis; the line at 1 parts slower (right) from faster. */
export function intervalChart({ ratio: middle, interval: [low, high], verdict }: DiffLatency['p99']): Markup {
  const reach = Math.max(0.3, ...[low, middle, high].map((value) => Math.abs(log(value)))) * 1.15;
  const x = (value: number) =>
    (WIDTH / 2 + (Math.max(-reach, Math.min(reach, log(value))) / reach) * (WIDTH / 2 - EDGE)).toFixed(1);
  const ticks = TICKS.filter((tick) => Math.abs(log(tick)) <= reach);
  return html`<svg class="interval ${verdict}" viewBox="0 0 ${WIDTH} 64" role="img" aria-labelledby="interval-t interval-d"><title id="interval-t">Ratio of the p99 of both versions</title><desc id="interval-d">${ratio(middle)}, interval ${ratio(low)} to ${ratio(high)}: ${verdict}</desc>
${ticks.map((tick) => html`<text x="${x(tick)}" y="60">${tick}</text>`)}<text x="${EDGE}" y="12">faster</text><text x="${WIDTH - EDGE}" y="12">slower</text><line class="one" x1="${x(1)}" x2="${x(1)}" y1="4" y2="46"/><line class="reach" x1="${x(low)}" x2="${x(high)}" y1="30" y2="30"/><circle cx="${x(middle)}" cy="30" r="7"/></svg>`;
}

function log(value: number): number {
  return value > 0 ? Math.log(value) : -Infinity;
}
