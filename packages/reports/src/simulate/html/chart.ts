import type { SimulationEvent, SimulationReport } from '@benchbook/model';
import { counted } from '../../format/numbers.ts';
import { html, type Markup } from '../../html/markup.ts';
import { shortTime } from '../words.ts';

const WIDTH = 960;
const LEFT = 150;
const RIGHT = 60;
const TOP = 8;
const LANE = 26;
const TICKS = 4;
/** Steps of the axis: events that would stand on one another are drawn once. */
const STEPS = 400;

/** One row of the picture: which events stand in it. */
interface Lane {
  readonly title: string;
  readonly kinds: readonly SimulationEvent['kind'][];
}

const lanes: readonly Lane[] = [
  { title: 'passed unvalidated', kinds: ['passed-unvalidated'] },
  { title: 'stopped, no answer', kinds: ['blocked-by-fail-mode'] },
  { title: 'circuit breakers', kinds: ['breaker-tripped', 'breaker-reset', 'breaker-blocked'] },
  { title: 'reviews', kinds: ['review-requested', 'review-granted', 'review-rejected', 'review-expired'] },
  { title: 'incidents', kinds: ['incident'] },
];

/** The time line as a picture: outages and open breakers as bars, events as dots. The table says the same. */
export function timeLineChart({ events, outages, breakers }: SimulationReport): Markup {
  const times = [
    ...events.map(({ ts }) => ts),
    ...outages.flatMap(({ from, to }) => [from, to]),
    ...breakers.map(({ trippedAt }) => trippedAt),
  ]
    .map(Date.parse)
    .filter(Number.isFinite);
  const first = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const last = times.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  const span = Math.max(1, last - first);
  const place = (ts: string) => {
    const time = Date.parse(ts);
    return Number.isFinite(time) ? Math.min(1, Math.max(0, (time - first) / span)) : 0;
  };
  const x = (share: number) => (LEFT + share * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const width = (from: number, to: number) => Math.max(2, (to - from) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const bottom = TOP + lanes.length * LANE;
  const laneY = (lane: number) => TOP + lane * LANE + LANE / 2;
  const ticks = times.length === 0 ? [] : Array.from({ length: TICKS + 1 }, (_, tick) => tick / TICKS);
  const breakerLane = lanes.findIndex(({ kinds }) => kinds.includes('breaker-tripped'));

  return html`<svg class="time-line" viewBox="0 0 ${WIDTH} ${bottom + 28}" role="img" aria-labelledby="time-line-t time-line-d"><title id="time-line-t">Time line</title><desc id="time-line-d">${counted(outages.length, 'outage')}, ${counted(breakers.length, 'breaker trip')}, ${counted(events.length, 'event')}</desc>
${outages.map(({ from, to, calls, unvalidated }) => {
  const [start, end] = [place(from), place(to)];
  return html`<rect class="outage" x="${x(start)}" y="${TOP}" width="${width(start, end)}" height="${lanes.length * LANE}"><title>outage ${shortTime(from)} to ${shortTime(to)}: ${counted(calls, 'call')}, ${unvalidated} unvalidated</title></rect>`;
})}${breakers.map(({ trippedAt, reset }) => {
  const [start, end] = [place(trippedAt), reset === null ? 1 : place(reset.at)];
  return html`<rect class="tripped" x="${x(start)}" y="${laneY(breakerLane) - 4}" width="${width(start, end)}" height="8"/>`;
})}
${lanes.map(
  (
    { title, kinds },
    lane,
  ) => html`<text class="lane" x="0" y="${laneY(lane) + 4}">${title}</text><line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${laneY(lane)}" y2="${laneY(lane)}"/>${dots(
    events,
    kinds,
    place,
  ).map(
    ({ kind, share, count, ts }) =>
      html`<circle class="${kind}" cx="${x(share)}" cy="${laneY(lane)}" r="${count > 1 ? 5 : 4}"><title>${shortTime(ts)} ${kind.replaceAll('-', ' ')}${count > 1 && ` (${count})`}</title></circle>`,
  )}
`,
)}${ticks.map((share) => html`<text class="tick" x="${x(share)}" y="${bottom + 18}">${tickText(first + share * span)}</text>`)}</svg>`;
}

interface Dot {
  readonly kind: SimulationEvent['kind'];
  readonly share: number;
  readonly ts: string;
  count: number;
}

/** Events of some kinds by place; those of one kind at one place are one dot. */
function dots(
  events: readonly SimulationEvent[],
  kinds: readonly SimulationEvent['kind'][],
  place: (ts: string) => number,
): readonly Dot[] {
  const found = new Map<string, Dot>();
  for (const { ts, kind } of events) {
    if (!kinds.includes(kind)) continue;
    const step = Math.round(place(ts) * STEPS);
    const key = `${kind} ${step}`;
    const known = found.get(key);
    if (known) known.count++;
    else found.set(key, { kind, share: step / STEPS, ts, count: 1 });
  }
  return [...found.values()];
}

/** To the minute. */
function tickText(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
