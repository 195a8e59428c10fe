import { visible } from '../../format/visible.ts';
import { cutMiddle } from '../../format/width.ts';
import { html, type Markup } from '../../html/markup.ts';
import { nameOf, type Series, type Trend } from './trend.ts';

const WIDTH = 720;
const HEIGHT = 120;
const LEFT = 84;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 24;
/** Of a version's name, below the chart. */
const LONGEST_NAME = 24;

/** Lines over the entries, one per series, in a range from `low` to `high`, with both written beside. */
export function lineChart(
  trend: Trend,
  id: string,
  title: string,
  lines: readonly Series[],
  { low, high }: { readonly low: number; readonly high: number },
): Markup {
  const n = trend.entries.length;
  const x = (index: number) => LEFT + (n === 1 ? 0.5 : index / (n - 1)) * (WIDTH - LEFT - RIGHT);
  const range = high > low ? high - low : 1;
  const y = (value: number) => TOP + (1 - (value - low) / range) * (HEIGHT - TOP - BOTTOM);
  const write = lines[0]!.write;
  return html`<svg class="trend-chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${title}</title><desc id="${id}-d">${lines.map(words).join('; ')}</desc>
<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(high).toFixed(1)}" y2="${y(high).toFixed(1)}"/><line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(low).toFixed(1)}" y2="${y(low).toFixed(1)}"/>
<text class="end" x="${LEFT - 8}" y="${(y(high) + 4).toFixed(1)}">${write(high)}</text><text class="end" x="${LEFT - 8}" y="${(y(low) + 4).toFixed(1)}">${write(low)}</text>
${lines.map((series) => lineOf(series, x, y))}<text x="${LEFT}" y="${HEIGHT - 6}">${shortName(trend, 0)}</text>${
    n > 1 && html`<text class="end" x="${WIDTH - RIGHT}" y="${HEIGHT - 6}">${shortName(trend, n - 1)}</text>`
  }</svg>`;
}

/** From nothing to the highest value. */
export function rangeOf(lines: readonly Series[]): { readonly low: number; readonly high: number } {
  const known = lines.flatMap((one) => one.values.filter((value) => value !== null));
  return { low: 0, high: Math.max(0, ...known) || 1 };
}

/** Segments between entries that have a value, and a point at each: one entry alone is seen too. */
function lineOf(series: Series, x: (index: number) => number, y: (value: number) => number): Markup {
  let path = '';
  series.values.forEach((value, index) => {
    if (value === null) return;
    const joined = index > 0 && series.values[index - 1] !== null;
    path += `${joined ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
  });
  const points = series.values.map((value, index) =>
    value === null
      ? null
      : html`<circle class="${series.id}" cx="${x(index).toFixed(1)}" cy="${y(value).toFixed(1)}" r="2.5"/>`,
  );
  return html`<path class="line ${series.id}" d="${path}"/>${points}
`;
}

function words({ title, values, write }: Series): string {
  return `${title}: ${values.map((value) => (value === null ? 'none' : write(value))).join(', ')}`;
}

function shortName({ entries }: Trend, index: number): string {
  return cutMiddle(visible(nameOf(entries[index]!)), LONGEST_NAME);
}
