import { type Call, digest, isObject, type Json, setOwn } from '@benchbook/model';

/** Members of `recorded` that name decisions and policies, not data. */
const KEPT_OF_RECORDED = new Set(['outcome', 'policies', 'mode', 'path']);

/**
 * A call without the texts that may be personal or secret.
 *
 * Replaced are all strings in `args`, `input`, `context`, `result.content`, in `user` (but `roles`), in `approval`
 * (but `state`) and in `recorded` (but `outcome`, `policies`, `mode`, `path`); `argsRaw` is dropped. Each becomes
 * `redacted-CLASS-DIGEST`: the class is the length (`s` to 8 UTF-16 units, `m` to 64, `l` to 1,024, `x` above), the
 * digest makes equal texts equal and others different, so that policies that compare texts decide alike. The empty
 * string stays.
 *
 * Kept are numbers, booleans, null, the names of all members, the lengths of lists, and `id`, `session`, `seq`,
 * `ts`, `durationMs`, `agent`, `tool`, `callId`, `expect`, `labels`, `missing`, `src`.
 *
 * `salt` must be random, new for each run and thrown away: with it, short texts could be guessed.
 */
export function redact(call: Call, salt: string): Call {
  const hide = (value: Json): Json => hideTexts(value, salt);
  const hideBut = (value: object, kept: ReadonlySet<string>): object => {
    const copy = {};
    for (const [key, member] of Object.entries(value) as [string, Json][])
      setOwn(copy, key, kept.has(key) ? member : hide(member));
    return copy;
  };
  const { argsRaw: _dropped, args, context, input, result, user, approval, recorded, ...kept } = call;
  const redacted = {
    ...kept,
    args: args === null ? null : hide(args),
    ...(user && { user: hideBut(user, new Set(['roles'])) }),
    ...(context && { context: hide(context) }),
    ...(input !== undefined && { input: hide(input) }),
    ...(result && {
      result: {
        status: result.status,
        ...(result.content !== undefined && { content: hide(result.content) }),
      },
    }),
    ...(approval && { approval: hideBut(approval, new Set(['state'])) }),
    ...(recorded && { recorded: hideBut(recorded, KEPT_OF_RECORDED) }),
  };
  // The order of fields is the call's own, so that redacted lines read as others do.
  const ordered = Object.keys(call).filter((field) => field in redacted);
  return Object.fromEntries(
    ordered.map((field) => [field, redacted[field as keyof typeof redacted]]),
  ) as unknown as Call;
}

function hideTexts(value: Json, salt: string): Json {
  if (typeof value === 'string') return value === '' ? value : placeholder(value, salt);
  if (Array.isArray(value)) return value.map((item: Json) => hideTexts(item, salt));
  if (!isObject(value)) return value;
  const copy = {};
  for (const [key, member] of Object.entries(value)) setOwn(copy, key, hideTexts(member, salt));
  return copy as Json;
}

function placeholder(text: string, salt: string): string {
  const size = text.length <= 8 ? 's' : text.length <= 64 ? 'm' : text.length <= 1_024 ? 'l' : 'x';
  return `redacted-${size}-${digest(`${salt}\u0000${text}`).slice(0, 16)}`;
}
