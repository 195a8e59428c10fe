import { digest, getOwn, type Incident, isObject, type Json, writeJson } from '@benchbook/model';
import { readIncident } from '../read-incident.ts';
import type { Records } from './ports.ts';

/** What waits to be sent. Of one key there is one at most: what is told later is merged into it. */
export interface Waiting {
  readonly incident: Incident;
  /** Lower goes first. */
  readonly order: number;
  /** Milliseconds since 1970 before which the sink asked not to be called. */
  readonly notBefore: number | null;
}

/** What was given up, and why. */
export interface Buried {
  readonly incident: Incident;
  readonly reason: string;
}

/** One sink's part of the spool. */
export interface Spool {
  /** In the order in which they came. */
  waiting(): Promise<readonly Waiting[]>;
  putWaiting(one: Waiting): Promise<void>;
  dropWaiting(key: string): Promise<void>;
  /** As it was when it was last sent. */
  sent(key: string): Promise<Incident | undefined>;
  markSent(incident: Incident): Promise<void>;
  buried(): Promise<readonly Buried[]>;
  bury(one: Buried): Promise<void>;
  unbury(key: string): Promise<void>;
  /** Records that could not be read; they are left where they are. */
  readonly unreadable: ReadonlySet<string>;
}

const SCHEMA = 'benchbook.spool/v1';

/** The spool of a sink over `records`. */
export function openSpool(records: Records, sink: string): Spool {
  const unreadable = new Set<string>();
  const nameOf = (key: string) => `${digest(key)}.json`;
  const write = (box: string, incident: Incident, rest: { readonly [member: string]: Json }) =>
    records.write(
      `${sink}/${box}`,
      nameOf(incident.key),
      `${writeJson({ schema: SCHEMA, ...rest, incident: { ...incident } })}\n`,
    );

  async function read(box: string, name: string): Promise<StoredRecord | undefined> {
    const text = await records.read(`${sink}/${box}`, name);
    if (text === undefined) return undefined;
    const stored = parse(text);
    if (stored && nameOf(stored.incident.key) === name) return stored;
    unreadable.add(`${sink}/${box}/${name}`);
    return undefined;
  }

  async function all(box: string): Promise<StoredRecord[]> {
    const names = await records.list(`${sink}/${box}`);
    const found: StoredRecord[] = [];
    for (const name of names) {
      const stored = name.endsWith('.json') ? await read(box, name) : undefined;
      if (stored) found.push(stored);
    }
    return found;
  }

  return {
    unreadable,
    async waiting() {
      const found = await all('waiting');
      return found
        .map(({ incident, order, notBefore }) => ({ incident, order, notBefore }))
        .sort((a, b) => a.order - b.order || (a.incident.key < b.incident.key ? -1 : 1));
    },
    putWaiting: ({ incident, order, notBefore }) => write('waiting', incident, { order, notBefore }),
    dropWaiting: (key) => records.remove(`${sink}/waiting`, nameOf(key)),
    sent: async (key) => (await read('sent', nameOf(key)))?.incident,
    markSent: (incident) => write('sent', incident, {}),
    async buried() {
      return (await all('dead')).map(({ incident, reason }) => ({ incident, reason }));
    },
    bury: ({ incident, reason }) => write('dead', incident, { reason }),
    unbury: (key) => records.remove(`${sink}/dead`, nameOf(key)),
  };
}

interface StoredRecord extends Waiting, Buried {}

function parse(text: string): StoredRecord | undefined {
  try {
    const value: Json = JSON.parse(text);
    if (!isObject(value) || getOwn(value, 'schema') !== SCHEMA) return undefined;
    const incident = readIncident(getOwn(value, 'incident'));
    const order = getOwn(value, 'order');
    const notBefore = getOwn(value, 'notBefore');
    const reason = getOwn(value, 'reason');
    return (
      incident && {
        incident,
        order: typeof order === 'number' ? order : 0,
        notBefore: typeof notBefore === 'number' ? notBefore : null,
        reason: typeof reason === 'string' ? reason : '',
      }
    );
  } catch {
    return undefined;
  }
}
