import { getOwn, isObject, type Json, type JsonObject } from '@benchbook/model';
import { addressProblem } from './address.ts';
import type { Sink } from './sink.ts';

/** The sinks that can be used, and what is wrong with the others, a sentence each. */
export interface SinksRead {
  readonly sinks: readonly Sink[];
  readonly problems: readonly string[];
}

const MOST = 20;
const KINDS = ['file', 'webhook', 'pagerduty', 'servicenow'] as const;
type Kind = (typeof KINDS)[number];

const MEMBERS: { readonly [kind in Kind]: readonly string[] } = {
  file: ['path'],
  webhook: ['url', 'secret'],
  pagerduty: ['url', 'secret', 'source'],
  servicenow: ['url', 'secret', 'user'],
};

/** Reads `governance.sinks` of the manifest. No message ever repeats a value that may be a secret. */
export function readSinks(value: Json | undefined): SinksRead {
  if (value === undefined || value === null) return { sinks: [], problems: [] };
  if (!Array.isArray(value)) return { sinks: [], problems: ['governance.sinks must be a list'] };
  const sinks: Sink[] = [];
  const problems: string[] = [];
  value.slice(0, MOST).forEach((one: Json, index) => {
    const at = `governance.sinks[${index}]`;
    const read = readSink(one, at);
    if ('problems' in read) problems.push(...read.problems);
    else if (sinks.some((other) => other.name === read.name))
      problems.push(`${at}: there is a sink '${read.name}' already; give each a name of its own`);
    else sinks.push(read);
  });
  if (value.length > MOST) problems.push(`governance.sinks: more than ${MOST}; the others are left out`);
  return { sinks, problems };
}

function readSink(value: Json, at: string): Sink | { readonly problems: readonly string[] } {
  if (!isObject(value)) return { problems: [`${at} must be an object with a kind`] };
  const kind = KINDS.find((one) => one === getOwn(value, 'kind'));
  if (!kind) return { problems: [`${at}: kind must be one of ${KINDS.join(', ')}`] };
  const problems = unknownMembers(value, kind, at);
  const name = getOwn(value, 'name') ?? kind;
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]{0,39}$/.test(name))
    problems.push(`${at}: name must be of small letters, digits and hyphens, at most 40`);
  const text = (member: string): string => {
    const found = getOwn(value, member);
    return typeof found === 'string' ? found : '';
  };
  const base = { name: String(name) };
  if (kind === 'file') {
    const path = text('path');
    if (!isInnerPath(path)) problems.push(`${at}: path must be a file inside the workspace`);
    return problems.length > 0 ? { problems } : { ...base, kind, path };
  }
  const secret = text('secret');
  problems.push(...secretProblems(secret, 'secret', at));
  const url = kind === 'pagerduty' && text('url') === '' ? PAGERDUTY : text('url');
  const wrong = addressProblem(url);
  if (wrong !== null) problems.push(`${at}: ${wrong}`);
  if (kind === 'servicenow') {
    const user = getOwn(value, 'user') === undefined ? null : text('user');
    if (user !== null) problems.push(...secretProblems(user, 'user', at));
    if (problems.length > 0) return { problems };
    return { ...base, kind, url: new URL(url).origin, secret, user };
  }
  if (problems.length > 0) return { problems };
  if (kind === 'webhook') return { ...base, kind, url, secret };
  return { ...base, kind, url, secret, source: text('source') || 'benchbook' };
}

const PAGERDUTY = 'https://events.pagerduty.com/v2/enqueue';

/** Members that people write a secret into. */
const SECRET_MEMBER = /key|token|password|passwd|credential|auth|bearer/i;

function unknownMembers(value: JsonObject, kind: Kind, at: string): string[] {
  const known = ['kind', 'name', ...MEMBERS[kind]];
  return Object.keys(value)
    .filter((member) => !known.includes(member))
    .map((member) => {
      const shown = member.slice(0, 40).replace(/[^\w.-]/g, '?');
      return SECRET_MEMBER.test(member)
        ? `${at}: '${shown}' looks like a secret in the manifest; remove it, revoke it, and name an environment variable instead: secret: PAGERDUTY_ROUTING_KEY`
        : `${at}: unknown member '${shown}'; a ${kind} sink has ${known.join(', ')}`;
    });
}

/** A name is in capitals and in words: what is long or has digits, but no `_`, is more likely a key itself. */
function secretProblems(name: string, member: string, at: string): string[] {
  if (name === '')
    return [`${at}: ${member} must name an environment variable, such as ${member}: PAGERDUTY_ROUTING_KEY`];
  if (/^[A-Z][A-Z0-9_]{1,79}$/.test(name) && (name.includes('_') || /^[A-Z]{2,19}$/.test(name))) return [];
  return [
    `${at}: ${member} must be the name of an environment variable in capitals, such as PAGERDUTY_ROUTING_KEY; what stands there is none and is not repeated here. If it is a secret itself, remove it from the manifest and revoke it`,
  ];
}

function isInnerPath(path: string): boolean {
  return (
    path !== '' &&
    path.length <= 500 &&
    !/^[/\\]|^[A-Za-z]:|\\|\p{Cc}/u.test(path) &&
    path
      .split('/')
      .every((segment) => segment !== '..' && segment !== '.' && segment !== '' && segment !== '.git')
  );
}
