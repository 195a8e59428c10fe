/** What Cedar has built in, as its language reference (version 4) tells it, in our words. */

/** A function or a method with what it takes and gives. */
export interface Builtin {
  readonly name: string;
  /** Type that it is a method of (`set`, `entity`, or an extension's name); null: a function. */
  readonly on: string | null;
  readonly parameters: readonly (readonly [name: string, type: string])[];
  readonly result: string;
  readonly doc: string;
  /** Snippet of its arguments, where another text than the first parameter's name helps. */
  readonly sample?: string;
}

const compare = (name: string, words: string): Builtin => ({
  name,
  on: 'decimal',
  parameters: [['other', 'decimal']],
  result: 'Bool',
  doc: `True where it is ${words} \`other\`. Decimals have no \`<\`.`,
  sample: `decimal("\${1:0.00}")`,
});
const test = (name: string, doc: string): Builtin => ({
  name,
  on: 'ipaddr',
  parameters: [],
  result: 'Bool',
  doc,
});
const part = (name: string, unit: string): Builtin => ({
  name,
  on: 'duration',
  parameters: [],
  result: 'Long',
  doc: `The duration in whole ${unit}.`,
});

export const BUILTINS: readonly Builtin[] = [
  {
    name: 'decimal',
    on: null,
    parameters: [['value', 'String']],
    result: 'decimal',
    doc: 'A number with one to four digits behind the point, such as `decimal("150.00")`. A text of another form is an error.',
    sample: `"\${1:0.00}"`,
  },
  {
    name: 'ip',
    on: null,
    parameters: [['value', 'String']],
    result: 'ipaddr',
    doc: 'An IPv4 or IPv6 address or range, such as `ip("10.0.0.0/8")`.',
    sample: `"\${1:10.0.0.0/8}"`,
  },
  {
    name: 'datetime',
    on: null,
    parameters: [['value', 'String']],
    result: 'datetime',
    doc: 'An instant, such as `datetime("2026-05-01")` or `datetime("2026-05-01T10:00:00Z")`. Compared with `<`, `<=`, `>`, `>=`.',
    sample: `"\${1:2026-01-01T00:00:00Z}"`,
  },
  {
    name: 'duration',
    on: null,
    parameters: [['value', 'String']],
    result: 'duration',
    doc: 'A length of time in days, hours, minutes, seconds, milliseconds, such as `duration("1d12h")`.',
    sample: `"\${1:1h}"`,
  },
  compare('lessThan', 'less than'),
  compare('lessThanOrEqual', 'at most'),
  compare('greaterThan', 'greater than'),
  compare('greaterThanOrEqual', 'at least'),
  test('isIpv4', 'True for an IPv4 address or range.'),
  test('isIpv6', 'True for an IPv6 address or range.'),
  test('isLoopback', 'True where all of it is loopback.'),
  test('isMulticast', 'True where all of it is multicast.'),
  {
    name: 'isInRange',
    on: 'ipaddr',
    parameters: [['range', 'ipaddr']],
    result: 'Bool',
    doc: 'True where all of it lies in `range`.',
    sample: `ip("\${1:10.0.0.0/8}")`,
  },
  {
    name: 'offset',
    on: 'datetime',
    parameters: [['by', 'duration']],
    result: 'datetime',
    doc: 'The instant that much later (earlier for a negative duration).',
    sample: `duration("\${1:1h}")`,
  },
  {
    name: 'durationSince',
    on: 'datetime',
    parameters: [['other', 'datetime']],
    result: 'duration',
    doc: 'The time from `other` to this instant.',
  },
  { name: 'toDate', on: 'datetime', parameters: [], result: 'datetime', doc: 'Midnight (UTC) of its day.' },
  {
    name: 'toTime',
    on: 'datetime',
    parameters: [],
    result: 'duration',
    doc: 'The time since midnight (UTC).',
  },
  part('toMilliseconds', 'milliseconds'),
  part('toSeconds', 'seconds'),
  part('toMinutes', 'minutes'),
  part('toHours', 'hours'),
  part('toDays', 'days'),
  {
    name: 'contains',
    on: 'set',
    parameters: [['element', 'T']],
    result: 'Bool',
    doc: 'True where the set holds `element`.',
  },
  {
    name: 'containsAll',
    on: 'set',
    parameters: [['elements', 'Set<T>']],
    result: 'Bool',
    doc: 'True where the set holds every one of `elements`.',
    sample: `[\${1}]`,
  },
  {
    name: 'containsAny',
    on: 'set',
    parameters: [['elements', 'Set<T>']],
    result: 'Bool',
    doc: 'True where the set holds at least one of `elements`.',
    sample: `[\${1}]`,
  },
  { name: 'isEmpty', on: 'set', parameters: [], result: 'Bool', doc: 'True where the set holds nothing.' },
  {
    name: 'hasTag',
    on: 'entity',
    parameters: [['key', 'String']],
    result: 'Bool',
    doc: 'True where the entity has a tag of that key.',
    sample: `"\${1}"`,
  },
  {
    name: 'getTag',
    on: 'entity',
    parameters: [['key', 'String']],
    result: 'tag',
    doc: 'The value of a tag; an error where there is none, so ask `hasTag` first.',
    sample: `"\${1}"`,
  },
];

/** `lessThan(other: decimal): Bool`. */
export function signatureText({ name, on, parameters, result }: Builtin): string {
  const list = parameters.map(([parameter, type]) => `${parameter}: ${type}`).join(', ');
  return `${on === null ? '' : `${on === 'set' ? 'Set<T>' : on}.`}${name}(${list}): ${result}`;
}

/** What Cedar's words mean. */
export const KEYWORDS: ReadonlyMap<string, string> = new Map([
  ['permit', 'Allows what its scope and conditions match, unless some `forbid` matches too.'],
  [
    'forbid',
    'Denies what its scope and conditions match, whatever any `permit` says. With `@effect("escalate")` a person must approve instead.',
  ],
  [
    'when',
    'The policy applies only where this condition is true. A condition that errs makes the policy not apply.',
  ],
  ['unless', 'The policy applies only where this condition is false.'],
  [
    'has',
    'True where the record or entity has the attribute. Optional attributes are read behind it: `context.input has note && context.input.note == ...`.',
  ],
  ['like', 'True where the text matches the pattern; `*` stands for any characters, `\\*` for a star.'],
  ['in', 'True where the entity is the other one, or lies below it, or below one of a set.'],
  ['is', 'True where the entity is of that type; `is T in e` asks both.'],
  ['if', '`if a then b else c`.'],
  ['then', '`if a then b else c`.'],
  ['else', '`if a then b else c`.'],
  ['true', 'A boolean.'],
  ['false', 'A boolean.'],
]);

export const VARIABLES: Readonly<Record<string, string>> = {
  principal: 'Who asks: the agent.',
  action: 'What is asked for: the tool.',
  resource: 'What it is asked of: the server of the tool.',
  context:
    'The circumstances of the call: its arguments as `context.input`, what came before as `context.session`.',
};

/** Annotations with a meaning in Benchbook: value as a snippet, and what it does. */
export const ANNOTATIONS: Readonly<Record<string, readonly [snippet: string, doc: string]>> = {
  id: [`id("\${1:name}")`, 'The name of the policy in reports; unique in its file.'],
  effect: [
    `effect("\${1:escalate}")`,
    '`escalate` on a forbid: a person must approve, instead of a plain deny.',
  ],
  reason: [`reason("\${1:why}")`, 'Said with the decision when this policy makes it.'],
  advice: [`advice("\${1:what to do}")`, 'Said with the decision, after the reason.'],
  obligation: [
    `obligation("\${1:log}")`,
    'What must be done with the outcome; several are separated by commas.',
  ],
  controls: [`controls("none: \${1:reason}")`, 'States that the policy serves no control, and why.'],
};
