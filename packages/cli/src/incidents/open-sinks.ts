import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DeliveryPorts,
  deliver,
  previewDelivery,
  readSinks,
  type SinkDelivery,
  type SinkPreview,
  seededRandom,
} from '@benchbook/governance';
import { appendLine, exchangeHttp, nodeSpool } from '@benchbook/host/node';
import type { Incident, Json } from '@benchbook/model';

export interface SinkOptions {
  /** The workspace. */
  readonly root: string;
  /** Folder of the spool, relative to the workspace. */
  readonly spool?: string;
  /** Without it nothing is sent or written. */
  readonly send: boolean;
  /** Tries anew what sinks refused before. */
  readonly retryDead?: boolean;
  /** Makes the pauses between attempts the same in every run. */
  readonly seed?: number;
  /** Milliseconds for one exchange. */
  readonly timeoutMs?: number;
  /** Milliseconds in which each sink is served. */
  readonly budgetMs?: number;
}

/** What became of the incidents of a run. `ok`: nothing is left to be sent. */
export type SinkRun =
  | { readonly kind: 'preview'; readonly sinks: readonly SinkPreview[]; readonly ok: true }
  | { readonly kind: 'delivery'; readonly sinks: readonly SinkDelivery[]; readonly ok: boolean }
  | { readonly kind: 'busy'; readonly message: string; readonly ok: false };

export interface OpenSinks {
  /** What is wrong with the manifest's sinks, a sentence each; those sinks are left out. */
  readonly problems: readonly string[];
  readonly names: readonly string[];
  run(incidents: readonly Incident[]): Promise<SinkRun>;
}

const SPOOL = '.benchbook/spool';
/** Milliseconds that one run waits for another one to be done with the spool. */
const PATIENCE = 5000;
const LOOK = 100;

/**
 * The sinks of `governance.sinks`. Secrets are looked up in `env` by their names and get no further than into requests.
 * With `send` incidents are spooled and delivered, what earlier runs left first; without it a run tells what it would
 * send.
 */
export function openSinks(
  config: Json | undefined,
  env: Readonly<Record<string, string | undefined>>,
  options: SinkOptions,
): OpenSinks {
  const { sinks, problems } = readSinks(config);
  const spool = nodeSpool(join(options.root, options.spool ?? SPOOL));
  const { timeoutMs, budgetMs, retryDead } = options;
  const ports: DeliveryPorts = {
    records: spool,
    exchange: (request) => exchangeHttp(request, timeoutMs === undefined ? {} : { timeoutMs }),
    append: (path, line) => appendLine(options.root, path, line),
    secret: (name) => (Object.hasOwn(env, name) ? env[name] || undefined : undefined),
    now: () => Date.now(),
    sleep: async (ms) => {
      await sleep(ms);
    },
    random: seededRandom(options.seed ?? randomInt(2 ** 32)),
  };

  async function send(incidents: readonly Incident[]): Promise<SinkRun> {
    const lock = await patientLock(spool);
    if (!lock)
      return { kind: 'busy', message: 'another run works on the spool; nothing was sent or kept', ok: false };
    try {
      const done = await deliver(sinks, incidents, ports, {
        ...(budgetMs !== undefined && { budgetMs }),
        ...(retryDead !== undefined && { retryDead }),
      });
      const ok = done.every((one) => one.problem === null && one.dead.length === 0 && one.waiting === 0);
      return { kind: 'delivery', sinks: done, ok };
    } finally {
      await lock.release();
    }
  }

  return {
    problems,
    names: sinks.map((sink) => sink.name),
    run: async (incidents) =>
      options.send
        ? send(incidents)
        : { kind: 'preview', sinks: await previewDelivery(sinks, incidents, ports), ok: true },
  };
}

async function patientLock(spool: ReturnType<typeof nodeSpool>) {
  for (let waited = 0; ; waited += LOOK) {
    const lock = await spool.lock();
    if (lock || waited >= PATIENCE) return lock;
    await sleep(LOOK);
  }
}
