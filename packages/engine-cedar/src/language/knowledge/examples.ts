import type { Json, ObservedField } from '@benchbook/model';
import { decimalText } from '../../request/decimal.ts';
import { cedarString } from '../cedar-text.ts';
import { inlineCode } from '../markdown.ts';
import type { Expr } from '../syntax/tree.ts';
import { argumentSchema, listedValues } from './json-types.ts';
import type { PolicyView } from './view.ts';

/** A value that an expression may be compared with. */
export interface Example {
  readonly value: Json;
  /** In Cedar's words; null where it has none (a number with too many digits). */
  readonly text: string | null;
  /** Where it comes from. */
  readonly from: string;
}

const MOST = 12;

/** Values that schemas list and recordings show at a pointer. */
export function examplesAt(view: PolicyView, pointer: string, asDecimal: boolean): readonly Example[] {
  const found = new Map<string, Example>();
  const add = (value: Json, from: string) => {
    const key = typeof value === 'string' ? `"${value}` : String(value);
    if (found.size < MOST && !found.has(key))
      found.set(key, { value, text: literalText(value, asDecimal), from });
  };
  for (const tool of view.known.tools) {
    if (view.tools.length && !view.tools.includes(tool.name)) continue;
    const schema = argumentSchema(tool, pointer);
    for (const value of schema ? listedValues(schema) : []) add(value, `listed by ${tool.name}`);
  }
  for (const field of view.fields(pointer))
    for (const value of field.examples) add(value, `recorded for ${field.tool}`);
  return [...found.values()];
}

/** Of the value of an expression; of its elements where `elements`. */
export function examplesOf(view: PolicyView, expr: Expr, elements = false): readonly Example[] {
  const pointer = view.pointerOf(expr);
  if (pointer === null) return [];
  const isDecimal = view.typesOf(expr).some((type) => type.kind === 'extension' && type.name === 'decimal');
  return examplesAt(view, elements ? `${pointer}/-` : pointer, isDecimal);
}

function literalText(value: Json, asDecimal: boolean): string | null {
  switch (typeof value) {
    case 'string':
      return cedarString(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'number': {
      if (!asDecimal && Number.isSafeInteger(value)) return String(value);
      const digits = decimalText(value, false);
      return digits === null ? null : `decimal("${digits}")`;
    }
    default:
      return null;
  }
}

/** What recordings show of some fields, as one line of Markdown; '' for none. */
export function recordedText(fields: readonly ObservedField[]): string {
  const calls = fields.reduce((sum, field) => sum + field.calls, 0);
  if (!calls) return '';
  const values = [...new Set(fields.flatMap(({ examples }) => examples.map(shown)))].slice(0, 5);
  const tail = values.length ? `, such as ${values.map(inlineCode).join(', ')}` : '';
  return `Recorded in ${calls} ${calls === 1 ? 'call' : 'calls'}${tail}.`;
}

function shown(value: Json): string {
  return typeof value === 'string' ? cedarString(value) : String(value);
}
