import { existsSync, readFileSync, statSync } from 'node:fs';
import {
  DEFAULT_EVIDENCE,
  DEFAULT_LABELS,
  durationOf,
  parseBreaker,
  parseLatency,
  parseOutage,
  parseResets,
  parseSamples,
  readState,
  type SimulationOptions,
  writeState,
} from '@benchbook/governance';
import type { FailMode, Json, PdpState } from '@benchbook/model';
import { simulateReporters } from '@benchbook/reports';
import { timeOf } from '../at.ts';
import { openTrail } from '../audit/open-trail.ts';
import { CannotRun, EXIT, messageOf } from '../errors.ts';
import { sinkLines } from '../incidents/lines.ts';
import { openSinks } from '../incidents/open-sinks.ts';
import { doJob } from '../jobs/do-job.ts';
import type { JobResult } from '../jobs/job.ts';
import { type OutputOptions, reporterOf, writeOutput } from '../output.ts';
import { type PlaceOptions, placeOf } from '../place.ts';
import { startProgress } from '../progress.ts';
import { noCalls } from './no-calls.ts';

export interface SimulateFlags extends OutputOptions, PlaceOptions {
  readonly pdp: string;
  readonly latency?: string;
  readonly timeout?: string;
  readonly flap?: string;
  readonly outage?: readonly string[];
  readonly failMode?: string;
  readonly breaker?: readonly string[];
  readonly resets?: string;
  readonly state?: string;
  readonly critical?: readonly string[];
  readonly benignLabel?: readonly string[];
  readonly maliciousLabel?: readonly string[];
  readonly minLabelled?: string;
  readonly minDays?: string;
  readonly seed?: string;
  readonly audit?: string;
  readonly keep?: readonly string[];
  readonly at?: string;
  readonly sinks?: boolean;
  readonly send?: boolean;
}

const STATES: readonly PdpState[] = ['up', 'slow', 'timing-out', 'crashing', 'erroring', 'flapping'];
const FAIL_MODES: readonly FailMode[] = ['closed', 'open'];
/** Larger files of resets, states and samples are a mistake, in bytes. */
const MAX_FILE = 64 * 1024 * 1024;

/** Plays the recordings with a PDP in trouble; 1 for a finding of severity `error`, or incidents left unsent. */
export async function simulateCommand(dir: string, flags: SimulateFlags): Promise<number> {
  const report = reporterOf(simulateReporters, flags);
  const options = optionsOf(flags);
  const now = timeOf(flags);
  const place = placeOf(dir, flags);
  const result = await doJob(
    {
      kind: 'simulate',
      ...place,
      options,
      trail: flags.audit === undefined ? null : { withCalls: (flags.keep ?? []).length > 0 },
    },
    startProgress('simulating'),
  );
  if (result.report.summary.calls === 0) throw noCalls(result.read);
  if (flags.audit !== undefined) await writeTrail(flags.audit, result, flags.keep ?? [], now);
  if (flags.state !== undefined) await writeOutput(writeState(result.after), flags.state);
  await writeOutput(report(result.report), flags.out);
  const delivered = await tellSinks(result, place.root, flags);
  const failed = result.report.findings.some(({ severity }) => severity === 'error');
  return failed || !delivered ? EXIT.findings : EXIT.ok;
}

type Simulated = Extract<JobResult, { kind: 'simulate' }>;

/** Appends to the trail, and signs its head where the environment holds a key. */
async function writeTrail(
  file: string,
  { trail, governance }: Simulated,
  keep: readonly string[],
  now: string,
): Promise<void> {
  const opened = await openTrail(file, {
    retentionMonths: governance?.retentionMonths ?? null,
    redact: governance?.redact ?? [],
    keep,
    now: () => now,
  });
  try {
    await opened.write(trail);
  } finally {
    await opened.close();
  }
}

/** Shows on stderr what sinks would get (`--sinks`), or sends it (`--send`). False where something is left unsent. */
async function tellSinks(
  { report, governance }: Simulated,
  root: string,
  { sinks, send }: SimulateFlags,
): Promise<boolean> {
  if (!sinks && !send) return true;
  const opened = openSinks(governance?.sinks as Json | undefined, process.env, { root, send: send === true });
  for (const problem of opened.problems) process.stderr.write(`benchbook: ${problem}\n`);
  const run = await opened.run(report.incidents);
  for (const line of sinkLines(run)) process.stderr.write(`${line}\n`);
  return run.ok && opened.problems.length === 0;
}

function optionsOf(flags: SimulateFlags): SimulationOptions {
  const { critical, benignLabel, maliciousLabel, failMode } = flags;
  const before = stateOf(flags.state);
  return {
    state: wordOf('--pdp', flags.pdp, STATES),
    ...(flags.latency !== undefined && { latency: latencyOf(flags.latency) }),
    ...(flags.timeout !== undefined && { timeoutMs: milliseconds('--timeout', flags.timeout) }),
    ...(flags.flap !== undefined && { flapMs: milliseconds('--flap', flags.flap) }),
    outages: (flags.outage ?? []).map((text) => readOr('--outage', parseOutage(text))),
    ...(failMode !== undefined && { failMode: wordOf('--fail-mode', failMode, FAIL_MODES) }),
    breakers: (flags.breaker ?? []).map((text) => readOr('--breaker', parseBreaker(text))),
    ...(flags.resets !== undefined && {
      resets: readOr(flags.resets, parseResets(textOf(flags.resets))),
    }),
    ...(before && { before }),
    ...(critical && { critical }),
    labels: {
      benign: benignLabel ?? DEFAULT_LABELS.benign,
      malicious: maliciousLabel ?? DEFAULT_LABELS.malicious,
    },
    evidence: {
      labelled: numberOf('--min-labelled', flags.minLabelled, DEFAULT_EVIDENCE.labelled),
      days: numberOf('--min-days', flags.minDays, DEFAULT_EVIDENCE.days),
    },
    seed: numberOf('--seed', flags.seed, 1),
  };
}

/** What an earlier run left; none where the file is not there yet. */
function stateOf(file: string | undefined): SimulationOptions['before'] {
  return file === undefined || !existsSync(file) ? undefined : readOr(file, readState(textOf(file)));
}

/** Percentiles, or the file that is there of that name. */
function latencyOf(text: string): NonNullable<SimulationOptions['latency']> {
  const isFile = !text.includes('=') || statSync(text, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? readOr(text, parseSamples(textOf(text))) : readOr('--latency', parseLatency(text));
}

function readOr<Value extends object>(where: string, read: Value | { readonly error: string }): Value {
  if ('error' in read) throw new CannotRun(`${where}: ${read.error}`);
  return read;
}

function wordOf<Word extends string>(flag: string, text: string, words: readonly Word[]): Word {
  const word = words.find((one) => one === text);
  if (word === undefined) throw new CannotRun(`${flag} takes ${words.join(', ')}: ${text}`);
  return word;
}

function milliseconds(flag: string, text: string): number {
  const found = durationOf(text);
  if (found === undefined || found <= 0)
    throw new CannotRun(`${flag} takes a time such as 500ms or 30s: ${text}`);
  return found;
}

function numberOf(flag: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text)) throw new CannotRun(`${flag} takes a whole number: ${text}`);
  return Number(text);
}

function textOf(file: string): string {
  try {
    if (statSync(file).size > MAX_FILE) throw new Error('it is larger than 64 MB');
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CannotRun(`cannot read ${file}: ${messageOf(error)}`);
  }
}
