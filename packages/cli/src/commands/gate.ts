import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { keyRingEntry, privateKeyPem, signingKeyOf } from '@benchbook/governance';
import { gateReporters, verifyReporters, visible } from '@benchbook/reports';
import { timeOf } from '../at.ts';
import { CannotRun, EXIT } from '../errors.ts';
import { readSmall, writeSecret, writeWhole } from '../gate/files.ts';
import { keyText } from '../gate/signing-key.ts';
import { doJob } from '../jobs/do-job.ts';
import { type OutputOptions, reporterOf, writeOutput } from '../output.ts';
import { placeOf } from '../place.ts';
import { startProgress } from '../progress.ts';

export interface GateFlags extends OutputOptions {
  readonly key?: string;
  readonly certificate?: string;
  readonly expires?: string;
  readonly verify?: string | true;
  readonly at?: string;
}

/** A certificate is far smaller, in bytes. */
const MAX_CERTIFICATE = 8 * 1024 * 1024;

/** Certifies an agent, or holds its certificate against what is there; 1 where it is refused. */
export async function gateCommand(agent: string, dir: string, flags: GateFlags): Promise<number> {
  if (flags.verify !== undefined) return verify(agent, dir, flags);
  const report = reporterOf(gateReporters, flags);
  const place = placeOf(dir);
  const key = flags.key === undefined ? undefined : await keyText(flags.key);
  const validDays = daysOf(flags.expires);
  const result = await doJob(
    {
      kind: 'gate',
      ...place,
      agent,
      now: Date.parse(timeOf(flags)),
      ...(key !== undefined && { key }),
      ...(validDays !== undefined && { validDays }),
    },
    startProgress('gating'),
  );
  const named = flags.certificate ?? result.path;
  if (result.certificate !== null) {
    const file = flags.certificate === undefined ? resolve(place.root, result.path) : flags.certificate;
    await writeWhole(file, result.certificate);
  }
  const certificate = result.certificate === null ? null : named;
  await writeOutput(report({ ...result.report, certificate }), flags.out);
  return result.report.outcome === 'refused' ? EXIT.findings : EXIT.ok;
}

async function verify(agent: string, dir: string, flags: GateFlags): Promise<number> {
  const report = reporterOf(verifyReporters, flags);
  if (flags.key !== undefined || flags.expires !== undefined)
    throw new CannotRun('--verify issues nothing: leave --key and --expires out');
  const place = placeOf(dir);
  const file = typeof flags.verify === 'string' ? flags.verify : flags.certificate;
  const now = Date.parse(timeOf(flags));
  // Where the manifest keeps certificates is known once the workspace is read.
  const job = { kind: 'gate-verify', ...place, agent, now } as const;
  const certificate =
    file === undefined ? undefined : await readSmall(file, MAX_CERTIFICATE, 'the certificate');
  const { report: result } = await doJob({ ...job, ...(certificate !== undefined && { certificate }) });
  await writeOutput(report(result), flags.out);
  return result.state === 'valid' ? EXIT.ok : EXIT.findings;
}

function daysOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value < 1)
    throw new CannotRun(`--expires is no whole number of days: ${text}`);
  return value;
}

export interface KeygenFlags {
  readonly id: string;
  readonly holder: string;
  readonly key: string;
}

/** Makes a pair of keys: the private one goes to a file, the entry for the key ring to standard output. */
export async function keygenCommand({ id, holder, key: file }: KeygenFlags): Promise<number> {
  const seed = Uint8Array.from(randomBytes(32));
  const made = await signingKeyOf(seed);
  if ('error' in made) throw new Error(made.error);
  await writeSecret(file, privateKeyPem(seed));
  await writeOutput(keyRingEntry(id, holder, made.key.publicKey), undefined);
  return EXIT.ok;
}

export interface SignOffFlags {
  readonly role: string;
  readonly key: string;
  readonly envelope?: string;
  readonly at?: string;
}

/** Signs off an agent as it is; prints the entry for `reviews.signOffs` of its card. */
export async function signOffCommand(agent: string, dir: string, flags: SignOffFlags): Promise<number> {
  const place = placeOf(dir);
  const key = await keyText(flags.key);
  const now = Date.parse(timeOf(flags));
  const result = await doJob({ kind: 'sign-off', ...place, agent, role: flags.role, now, key });
  const path = flags.envelope ?? result.path;
  await writeWhole(resolve(place.root, path), result.envelope);
  const { role, by, date } = result;
  // A card states days; the time stands in what was signed.
  const entry = { role, by, date: date.slice(0, 10), envelope: path };
  const lines = Object.entries(entry).map(([name, value]) => `${name}: ${JSON.stringify(visible(value))}`);
  await writeOutput(`- ${lines.join('\n  ')}\n`, undefined);
  return EXIT.ok;
}
