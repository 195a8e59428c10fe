import type { PreviewedRequest, SinkDelivery, SinkPreview } from '@benchbook/governance';
import { visible } from '@benchbook/reports';
import type { SinkRun } from './open-sinks.ts';

/** Events and dead letters that are listed; the rest is counted. */
const LISTED = 20;

/** What became of the incidents, or what would, in lines for a terminal. */
export function sinkLines(run: SinkRun): string[] {
  if (run.kind !== 'busy' && run.sinks.length === 0)
    return ['no sink to tell of incidents: add governance.sinks to the manifest'];
  switch (run.kind) {
    case 'busy':
      return [run.message];
    case 'preview':
      return run.sinks.flatMap(previewLines);
    case 'delivery':
      return run.sinks.flatMap(deliveryLines);
  }
}

function previewLines({ sink, place, events, unchanged, unset }: SinkPreview): string[] {
  const told = unchanged > 0 ? `, ${unchanged} told before` : '';
  return [
    `${sink} (${visible(place)}): ${events.length} would be sent${told}; --send sends`,
    ...unset.map((name) => `  ! ${name} is not set in the environment`),
    ...events
      .slice(0, LISTED)
      .flatMap(({ key, update, requests }) => [
        `  ${update ? 'update' : 'open'} ${visible(key)}`,
        ...requests.flatMap(requestLines),
      ]),
    ...rest(events.length),
  ];
}

function requestLines({ to, headers, body }: PreviewedRequest): string[] {
  return [
    `    ${visible(to)}`,
    ...Object.entries(headers).map(([name, value]) => `      ${name}: ${visible(value)}`),
    ...(body === '' ? [] : [`      ${visible(body)}`]),
  ];
}

function deliveryLines(one: SinkDelivery): string[] {
  const counts = [
    `${one.opened} opened`,
    `${one.updated} updated`,
    ...(one.unchanged > 0 ? [`${one.unchanged} told before`] : []),
    ...(one.waiting > 0 ? [`${one.waiting} waiting for the next run`] : []),
    ...(one.dead.length > 0 ? [`${one.dead.length} given up`] : []),
    ...(one.refused.length > 0 ? [`${one.refused.length} not kept`] : []),
  ];
  return [
    `${one.sink} (${visible(one.place)}): ${counts.join(', ')}`,
    ...(one.problem === null ? [] : [`  ! ${visible(one.problem)}`]),
    ...one.dead.slice(0, LISTED).map(({ key, reason }) => `  ! given up ${visible(key)}: ${visible(reason)}`),
    ...rest(one.dead.length),
  ];
}

function rest(total: number): string[] {
  return total > LISTED ? [`  ... and ${total - LISTED} more`] : [];
}
