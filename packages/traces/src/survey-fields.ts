import {
  type Call,
  isObject,
  type Json,
  type JsonObject,
  type ObservedField,
  toPointer,
  writeJson,
} from '@benchbook/model';

/** Fields, and values of each, that are kept; further ones are not looked at. */
const MAX_FIELDS = 10_000;
const MAX_VALUES = 24;
/** Shown of the values of one field; the longest text among them, in UTF-16 units. */
const MAX_EXAMPLES = 5;
const MAX_LENGTH = 60;
/** Members of one object, and items of one list, that are looked at. */
const MAX_MEMBERS = 200;
const MAX_ITEMS = 20;
const MAX_DEPTH = 12;
/** Tools that are counted. */
const MAX_TOOLS = 10_000;

/** Parts of a call that policies see, beside the tool and the session. */
const PARTS = ['args', 'agent', 'user', 'context', 'input'] as const;

/** Gathers what recordings show of tools and of what calls carry, call by call. */
export interface FieldSurvey {
  add(call: Call): void;
  /** By tool, then pointer. */
  fields(): ObservedField[];
  /** Calls per tool, by name. */
  calls(): Map<string, number>;
}

interface Field {
  readonly types: Set<string>;
  /** Distinct short scalars by their JSON text, the first that came. */
  readonly values: Map<string, { readonly value: Json; count: number }>;
  calls: number;
  /** The call that counted last, since items of a list share one field. */
  last: number;
}

/** Starts a {@link FieldSurvey}. Its size is bounded whatever the calls hold. */
export function surveyFields(): FieldSurvey {
  const tools = new Map<string, { calls: number; readonly fields: Map<string, Field> }>();
  let held = 0;
  let number = 0;

  function note(fields: Map<string, Field>, pointer: string, value: Json): void {
    let field = fields.get(pointer);
    if (!field) {
      if (held >= MAX_FIELDS) return;
      held++;
      field = { types: new Set(), values: new Map(), calls: 0, last: -1 };
      fields.set(pointer, field);
    }
    field.types.add(typeOf(value));
    if (field.last !== number) {
      field.last = number;
      field.calls++;
    }
    if (!isShortScalar(value)) return;
    const key = writeJson(value);
    const known = field.values.get(key);
    if (known) known.count++;
    else if (field.values.size < MAX_VALUES) field.values.set(key, { value, count: 1 });
  }

  function walk(fields: Map<string, Field>, pointer: string, value: Json, depth: number): void {
    note(fields, pointer, value);
    if (depth >= MAX_DEPTH) return;
    if (Array.isArray(value)) {
      for (const item of value.slice(0, MAX_ITEMS)) walk(fields, `${pointer}/-`, item, depth + 1);
    } else if (isObject(value)) members(fields, pointer, value, depth);
  }

  function members(fields: Map<string, Field>, pointer: string, value: JsonObject, depth: number): void {
    for (const [key, member] of Object.entries(value).slice(0, MAX_MEMBERS)) {
      if (key.length <= MAX_LENGTH && member !== undefined)
        walk(fields, pointer + toPointer([key]), member, depth + 1);
    }
  }

  return {
    add(call) {
      number++;
      const { name } = call.tool;
      let tool = tools.get(name);
      if (!tool) {
        if (tools.size >= MAX_TOOLS) return;
        tool = { calls: 0, fields: new Map() };
        tools.set(name, tool);
      }
      tool.calls++;
      for (const part of PARTS) {
        const value = call[part] as Json | undefined;
        if (isObject(value)) members(tool.fields, `/${part}`, value, 0);
      }
    },
    fields: () =>
      [...tools]
        .flatMap(([tool, { fields }]) =>
          [...fields].map(
            ([pointer, { types, values, calls }]): ObservedField => ({
              tool,
              pointer,
              types: [...types].sort(),
              examples: [...values.values()]
                .sort((a, b) => b.count - a.count)
                .slice(0, MAX_EXAMPLES)
                .map(({ value }) => value),
              calls,
            }),
          ),
        )
        .sort((a, b) => compare(a.tool, b.tool) || compare(a.pointer, b.pointer)),
    calls: () =>
      new Map(
        [...tools].map(([name, { calls }]) => [name, calls] as const).sort(([a], [b]) => compare(a, b)),
      ),
  };
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function isShortScalar(value: Json): boolean {
  if (typeof value === 'string') return value.length <= MAX_LENGTH;
  return typeof value !== 'object';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
