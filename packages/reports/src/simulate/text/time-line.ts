import type { SimulationReport } from '@benchbook/model';
import { count } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutMiddle, pad } from '../../format/width.ts';
import { heading, more, type Section } from '../../text/section.ts';
import { foldEvents } from '../fold-events.ts';
import { eventWords, shortTime } from '../words.ts';

const SHOWN = 60;
const WORD = Math.max(...Object.values(eventWords).map(({ word }) => word.length));

/** What happened, one line an event; like ones in a row are one line with their number. */
export const timeLine: Section<SimulationReport> = ({ events, eventsLeftOut }, page) => {
  if (events.length === 0) return [];
  const folded = foldEvents(events);
  const shown = folded.slice(0, SHOWN);
  const tones = {
    bad: page.paint.red,
    warn: page.paint.yellow,
    good: page.paint.green,
    plain: page.paint.dim,
  };
  const left = eventsLeftOut > 0 ? `, ${count(eventsLeftOut)} more left out` : '';
  return [
    heading(page, 'Time line', `${count(events.length)} events${left}; times in UTC`),
    ...shown.map(({ event, times, last }) => {
      const { word, sign, tone } = eventWords[event.kind];
      const start = `  ${shortTime(event.ts).slice(0, 19)}  ${sign} `;
      const message = times > 1 ? `${count(times)} calls until ${shortTime(last)}` : visible(event.message);
      const call = event.call === null || times > 1 ? '' : `${visible(event.call)}  `;
      const rest = cutMiddle(`${call}${message}`, page.width - 27 - WORD);
      return `${start}${tones[tone](pad(word, WORD))}  ${rest}`.trimEnd();
    }),
    ...more(page, shown.length, folded.length, '; --format html shows them all'),
  ];
};
