import type { SimulationReport } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html } from '../../html/markup.ts';
import type { Section } from '../../html/section.ts';
import { table } from '../../html/table.ts';
import { eventWords, reviewWords, shortTime } from '../words.ts';
import { timeLineChart } from './chart.ts';

/** What happened, as a picture and as a table: the same events. */
export function timeLineSection(report: SimulationReport): Section | undefined {
  const { events, eventsLeftOut, outages } = report;
  if (events.length === 0 && outages.length === 0) return undefined;
  const rows = events.map(({ ts, kind, agent, call, message }) => {
    const { word, sign, tone } = eventWords[kind];
    return {
      cells: [
        html`<span class="nowrap">${shortTime(ts)}</span>`,
        html`<b class="${tone}"><span aria-hidden="true">${sign}</span> ${word}</b>`,
        agent === null ? '' : html`<code>${visible(agent)}</code>`,
        call === null ? '' : html`<code>${visible(call)}</code>`,
        visible(message),
      ],
    };
  });
  const columns = ['time (UTC)', 'event', 'agent', 'call', 'what'].map((title) => ({ title }));
  const reviews = reviewWords(report);
  const outageColumns = [
    { title: 'outage from (UTC)' },
    { title: 'to' },
    ...['calls', 'blocked', 'unvalidated'].map((title) => ({ title, figures: true })),
  ];
  const outageRows = outages.map((one) => ({
    cells: [
      shortTime(one.from),
      shortTime(one.to),
      count(one.calls),
      count(one.blocked),
      count(one.unvalidated),
    ],
  }));
  return {
    id: 'time-line',
    title: 'Time line',
    badge: counted(events.length, 'event'),
    body: html`<figure>${timeLineChart(report)}</figure>
${outages.length > 0 && html`<div class="scroll">${table('Outages', outageColumns, outageRows)}</div>`}
${reviews !== '' && html`<p>${reviews}</p>`}
<details><summary>${counted(events.length, 'event')}${eventsLeftOut > 0 && `, ${count(eventsLeftOut)} more left out`}</summary>
<div class="scroll">${table('Events', columns, rows)}</div></details>`,
  };
}
