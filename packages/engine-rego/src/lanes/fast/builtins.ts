/**
 * Builtins on the fast lane's hot path, answered without leaving it: only where the answer is beyond doubt the same
 * as OPA's. Anything else (another type, an inexact number, text beyond ASCII) goes to OPA itself.
 */

/** The result as a Rego literal, or undefined where only OPA may answer. */
type Local = (args: readonly unknown[]) => string | undefined;

function integers(fn: (a: number, b: number) => number): Local {
  return ([a, b]) => {
    if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) return undefined;
    const result = fn(a as number, b as number);
    return Number.isSafeInteger(result) && !Object.is(result, -0) ? String(result) : undefined;
  };
}

function texts(fn: (a: string, b: string) => boolean): Local {
  return ([a, b]) => (typeof a === 'string' && typeof b === 'string' ? String(fn(a, b)) : undefined);
}

function ascii(fn: (text: string) => string): Local {
  return ([text]) =>
    typeof text === 'string' && /^[ -~]*$/.test(text) ? JSON.stringify(fn(text)) : undefined;
}

const LOCAL: ReadonlyMap<string, Local> = new Map<string, Local>([
  ['plus', integers((a, b) => a + b)],
  ['minus', integers((a, b) => a - b)],
  ['mul', integers((a, b) => a * b)],
  ['startswith', texts((text, start) => text.startsWith(start))],
  ['endswith', texts((text, end) => text.endsWith(end))],
  ['contains', texts((text, part) => text.includes(part))],
  ['lower', ascii((text) => text.toLowerCase())],
  ['upper', ascii((text) => text.toUpperCase())],
  ['count', ([list]) => (Array.isArray(list) ? String(list.length) : undefined)],
]);

/** Answers a builtin from its printed arguments, if that is beyond doubt. */
export function answerLocally(name: string, args: string): string | undefined {
  const local = LOCAL.get(name);
  // A brace may open a set, which JSON cannot hold.
  if (!local || args.includes('{') || args.includes('set(')) return undefined;
  return local(JSON.parse(args) as readonly unknown[]);
}

/** Builtins whose answer may differ from one call to the next with the same arguments. */
export const UNREPEATABLE: ReadonlySet<string> = new Set([
  'time.now_ns',
  'io.jwt.decode_verify',
  'crypto.x509.parse_and_verify_certificates',
  'io.jwt.encode_sign',
  'io.jwt.encode_sign_raw',
  'uuid.rfc4122',
  'rand.intn',
  'http.send',
  'opa.runtime',
  'net.lookup_ip_addr',
]);
