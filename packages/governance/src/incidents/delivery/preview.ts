import type { Incident } from '@benchbook/model';
import { eventJson } from '../payload/file.ts';
import { placeOf, type Sink, secretsOf } from '../sink.ts';
import { offer } from './offer.ts';
import type { DeliveryPorts } from './ports.ts';
import { requestsFor } from './send.ts';
import { openSpool, type Waiting } from './spool.ts';

/** What a delivery would send to one sink. No secret is in it, only names of secrets. */
export interface SinkPreview {
  readonly sink: string;
  readonly kind: Sink['kind'];
  readonly place: string;
  readonly unchanged: number;
  /** Names of environment variables that are needed and not set. */
  readonly unset: readonly string[];
  readonly events: readonly {
    readonly key: string;
    readonly update: boolean;
    /** Requests, or the line of a file. */
    readonly requests: readonly PreviewedRequest[];
  }[];
}

export interface PreviewedRequest {
  /** `POST https://events.pagerduty.com`; of an address the origin alone. */
  readonly to: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** What would be sent, without writing or sending anything. */
export async function previewDelivery(
  sinks: readonly Sink[],
  incidents: readonly Incident[],
  ports: Pick<DeliveryPorts, 'records' | 'secret'>,
): Promise<readonly SinkPreview[]> {
  const previews: SinkPreview[] = [];
  for (const sink of sinks) previews.push(await previewOf(sink, incidents, ports));
  return previews;
}

async function previewOf(
  sink: Sink,
  incidents: readonly Incident[],
  { records, secret }: Pick<DeliveryPorts, 'records' | 'secret'>,
): Promise<SinkPreview> {
  const reading = { list: records.list, read: records.read };
  const spool = openSpool({ ...reading, write: nothing, remove: nothing }, sink.name);
  const queue = new Map<string, Waiting>((await spool.waiting()).map((one) => [one.incident.key, one]));
  const { unchanged } = await offer(spool, incidents, async (one) => {
    queue.set(one.incident.key, one);
  });
  const events: SinkPreview['events'][number][] = [];
  for (const { incident } of [...queue.values()].sort((a, b) => a.order - b.order)) {
    const event = { incident, update: (await spool.sent(incident.key)) !== undefined };
    const requests: PreviewedRequest[] =
      sink.kind === 'file'
        ? [{ to: `append to ${sink.path}`, headers: {}, body: JSON.stringify(eventJson(event)) }]
        : (await requestsFor(sink, event)).map(({ method, url, headers, body }) => ({
            to: `${method} ${new URL(url).origin}`,
            headers,
            body,
          }));
    events.push({ key: incident.key, update: event.update, requests });
  }
  const unset = secretsOf(sink).filter((name) => !secret(name));
  return { sink: sink.name, kind: sink.kind, place: placeOf(sink), unchanged, unset, events };
}

const nothing = async () => {};
