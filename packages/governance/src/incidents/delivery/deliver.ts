import type { Incident } from '@benchbook/model';
import { sameIncident } from '../merge.ts';
import { heldCredentials } from '../payload/request.ts';
import { placeOf, type Sink, secretsOf } from '../sink.ts';
import { hideSecrets } from './hide-secrets.ts';
import { offer } from './offer.ts';
import type { DeliveryPorts, Exchanged } from './ports.ts';
import { backOff, verdictOf } from './retry.ts';
import { sendTo, sendToFile } from './send.ts';
import { openSpool, type Spool, type Waiting } from './spool.ts';

/** Bounds of one delivery; each has a default. */
export interface DeliveryOptions {
  /** Attempts for one incident. */
  readonly attempts?: number;
  /** Milliseconds in which a sink is served; what is left then waits for the next run. */
  readonly budgetMs?: number;
  /** Incidents that may wait for one sink. */
  readonly mostWaiting?: number;
  /** Tries anew what was given up. */
  readonly retryDead?: boolean;
}

/** What became of a run's incidents at one sink. */
export interface SinkDelivery {
  readonly sink: string;
  readonly kind: Sink['kind'];
  readonly place: string;
  readonly opened: number;
  readonly updated: number;
  /** Told before, just as they are. */
  readonly unchanged: number;
  /** Spooled for the next run. */
  readonly waiting: number;
  /** Given up in this run, with why; kept among the dead letters. */
  readonly dead: readonly { readonly key: string; readonly reason: string }[];
  /** Not even spooled, since the spool is full. */
  readonly refused: readonly string[];
  /** Why not all was sent; null where all was. */
  readonly problem: string | null;
}

const ATTEMPTS = 5;
const BUDGET_MS = 60_000;
/** Incidents that fail one after the other before a sink counts as down. */
const STRIKES = 3;

/**
 * Spools a run's incidents, then sends what waits, oldest first. Nothing leaves the spool before the sink has taken
 * it, so that a run that is killed anywhere is completed by the next one: each incident is sent at least once, under
 * the same key. Sinks do not wait for each other.
 */
export function deliver(
  sinks: readonly Sink[],
  incidents: readonly Incident[],
  ports: DeliveryPorts,
  options: DeliveryOptions = {},
): Promise<readonly SinkDelivery[]> {
  return Promise.all(sinks.map((sink) => deliverTo(sink, incidents, ports, options)));
}

async function deliverTo(
  sink: Sink,
  incidents: readonly Incident[],
  ports: DeliveryPorts,
  options: DeliveryOptions,
): Promise<SinkDelivery> {
  const spool = openSpool(ports.records, sink.name);
  const again = options.retryDead ? (await spool.buried()).map((one) => one.incident) : [];
  const { unchanged, refused } = await offer(
    spool,
    [...again, ...incidents],
    (one) => spool.putWaiting(one),
    options.mostWaiting,
  );
  const drained = await drain(sink, spool, ports, options);
  const unreadable = [...spool.unreadable].sort();
  const problems = [
    ...(refused.length > 0 ? [`the spool is full: ${refused.length} incidents were not kept`] : []),
    ...(drained.problem === null ? [] : [drained.problem]),
    ...(unreadable.length > 0 ? [`records of the spool that cannot be read: ${unreadable.join(', ')}`] : []),
  ];
  return {
    sink: sink.name,
    kind: sink.kind,
    place: placeOf(sink),
    ...drained,
    unchanged,
    refused,
    problem: problems.length === 0 ? null : problems.join('; '),
  };
}

type Drained = Pick<SinkDelivery, 'opened' | 'updated' | 'waiting' | 'dead' | 'problem'>;

async function drain(
  sink: Sink,
  spool: Spool,
  ports: DeliveryPorts,
  { attempts = ATTEMPTS, budgetMs = BUDGET_MS }: DeliveryOptions,
): Promise<Drained> {
  const queue = await spool.waiting();
  const done = { opened: 0, updated: 0, dead: [] as { key: string; reason: string }[] };
  const left = (problem: string | null): Drained => ({
    ...done,
    waiting: queue.length - done.opened - done.updated - done.dead.length - already,
    problem,
  });
  let already = 0;
  if (queue.length === 0) return left(null);
  const secrets = new Map(secretsOf(sink).map((name) => [name, ports.secret(name) ?? '']));
  const unset = [...secrets].filter(([, value]) => value === '').map(([name]) => name);
  if (unset.length > 0) return left(`not set in the environment: ${unset.join(', ')}`);

  const credentials = heldCredentials(secrets);
  const deadline = ports.now() + budgetMs;
  const held = Math.max(...queue.map((one) => one.notBefore ?? 0));
  if (held > deadline) return left(`the sink asked not to be called before ${isoTime(held)}`);
  if (held > ports.now()) await ports.sleep(held - ports.now());

  let strikes = 0;
  let problem: string | null = null;
  for (const one of queue) {
    if (ports.now() >= deadline) return left(problem ?? 'out of time');
    const tried = await tryOne(one, strikes === 0 ? attempts : 1);
    if (tried === null) strikes = 0;
    else {
      problem = tried.problem;
      if (tried.stop || ++strikes >= STRIKES) return left(problem);
    }
  }
  return left(problem);

  /** Null where the sink took or refused it for good. */
  async function tryOne(one: Waiting, most: number): Promise<{ problem: string; stop: boolean } | null> {
    const { incident } = one;
    const before = await spool.sent(incident.key);
    const event = { incident, update: before !== undefined };
    if (before && sameIncident(before, incident)) {
      // A run that was killed had sent it already.
      await spool.dropWaiting(incident.key);
      already++;
      return null;
    }
    for (let attempt = 0; ; attempt++) {
      const verdict = verdictOf(await send(event), ports.now());
      if (verdict.kind === 'sent') {
        await spool.markSent(incident);
        await spool.dropWaiting(incident.key);
        if (event.update) done.updated++;
        else done.opened++;
        return null;
      }
      const message = hideSecrets(verdict.message, secrets);
      if (verdict.kind === 'refused') {
        await spool.bury({ incident, reason: message });
        await spool.dropWaiting(incident.key);
        done.dead.push({ key: incident.key, reason: message });
        return null;
      }
      const wait = Math.max(verdict.retryAfter ?? 0, backOff(attempt, ports.random()));
      const until = ports.now() + wait;
      const asked = verdict.retryAfter !== null && verdict.retryAfter > 0;
      if (until >= deadline) {
        if (asked) await spool.putWaiting({ ...one, notBefore: until });
        return { problem: asked ? `${message}; not before ${isoTime(until)}` : message, stop: true };
      }
      if (attempt + 1 >= most) return { problem: message, stop: false };
      await ports.sleep(wait);
    }
  }

  function send(event: { readonly incident: Incident; readonly update: boolean }): Promise<Exchanged> {
    return sink.kind === 'file'
      ? sendToFile(sink, event, ports.append)
      : sendTo(sink, event, credentials, ports.exchange, ports.now());
  }
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
