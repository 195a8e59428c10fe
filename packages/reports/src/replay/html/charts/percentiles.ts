import type { LatencyFigures } from '@benchbook/model';
import { milliseconds } from '../../../format/numbers.ts';
import { visible } from '../../../format/visible.ts';
import { html, type Markup } from '../../../html/markup.ts';

const WIDTH = 720;
const LEFT = 110;
const RIGHT = 30;
const ROW = 38;
const POINTS = ['p50', 'p95', 'p99', 'max'] as const;

/** Told apart without colour: a circle, a square, a diamond, a triangle, drawn around the point. */
const shapes = {
  p50: 'm-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z',
  p95: 'm-4.5 -4.5h9v9h-9z',
  p99: 'm0 -6.5l6.5 6.5l-6.5 6.5l-6.5 -6.5z',
  max: 'm0 -6.5l6 11h-12z',
};

/** Percentiles as points on a logarithmic axis of milliseconds, a row per language; `floor` as a line. */
export function percentileChart(
  rows: readonly { readonly name: string; readonly figures: LatencyFigures }[],
  floor: number,
): Markup {
  const values = [floor, ...rows.flatMap(({ figures }) => POINTS.map((point) => figures[point]))];
  const positive = values.filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.min(...positive, 0.1)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...positive, 0.1))));
  const x = (value: number) => {
    const at = value > 0 ? (Math.log10(value) - low) / (high - low) : 0;
    return (LEFT + at * (WIDTH - LEFT - RIGHT)).toFixed(1);
  };
  const height = rows.length * ROW + 34;
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  const told = rows.map(({ name, figures }) => `${visible(name)}: ${words(figures)}`).join('; ');
  return html`<svg class="percentiles" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="latency-t latency-d"><title id="latency-t">Time of one decision, logarithmic, in milliseconds</title><desc id="latency-d">${told}; floor ${milliseconds(floor)}</desc>
${ticks.map(
  (
    tick,
  ) => html`<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="6" y2="${height - 22}"/><text class="tick" x="${x(tick)}" y="${height - 6}">${tickLabel(tick)}</text>
`,
)}<line class="floor" x1="${x(floor)}" x2="${x(floor)}" y1="6" y2="${height - 22}"/>
${rows.map(({ name, figures }, index) => chartRow(visible(name), figures, 30 + index * ROW, x))}</svg>`;
}

function chartRow(name: string, figures: LatencyFigures, y: number, x: (value: number) => string): Markup {
  return html`<text class="name" x="${LEFT - 14}" y="${y + 4}">${name}</text><line class="reach" x1="${x(figures.p50)}" x2="${x(figures.max)}" y1="${y}" y2="${y}"/>${POINTS.map(
    (point) => html`<path class="${point}" d="M${x(figures[point])} ${y}${shapes[point]}"/>`,
  )}
`;
}

function words(figures: LatencyFigures): string {
  return POINTS.map((point) => `${point} ${milliseconds(figures[point])}`).join(', ');
}

/** `0.001 ms`, `100 ms`: powers of ten without digits that mean nothing. */
function tickLabel(value: number): string {
  return `${value >= 1 ? value.toFixed(0) : value.toFixed(Math.max(0, -Math.round(Math.log10(value))))} ms`;
}
