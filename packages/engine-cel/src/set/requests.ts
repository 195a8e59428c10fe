import {
  type Facts,
  fillTemplate,
  getOwn,
  type Json,
  type JsonObject,
  type PreparedRequests,
  pointerTokens,
  toPointer,
} from '@benchbook/model';
import { CelMap, CelTimestamp, parseTimestamp, type Value } from '../values/index.ts';
import { lostPaths, type Shape, shapeOf, toValue } from './json.ts';
import { type RequestVariable, variableReads } from './variables.ts';

/** Requests of one set: for each the values of its variables, by slot. */
export interface CelRequests extends PreparedRequests {
  readonly rows: readonly CelRequest[];
}

export interface CelRequest {
  readonly inputs: readonly (Value | undefined)[];
  readonly missing: readonly string[];
}

/** How one variable is made of a call's facts. */
interface VariablePlan {
  readonly variable: RequestVariable;
  readonly used: boolean;
  readonly read: (facts: JsonObject) => Json | undefined;
  /** What of it the policies read. */
  readonly shape: Shape;
  readonly isTime: boolean;
  /** A call without the fact has an empty one, so that policies may ask with `has()`. */
  readonly emptyWhereAbsent: boolean;
}

const NONE: readonly string[] = Object.freeze([]);
const EMPTY = new CelMap(new Map());
const EMPTY_WHERE_ABSENT = new Set(['/agent', '/user', '/context', '/session', '/tool']);

/** Makes requests of the variables in the slots `used`; `reads` is all that is ever read. */
export function requestBuilder(
  variables: readonly RequestVariable[],
  used: ReadonlySet<number>,
  reads: readonly string[],
): (facts: readonly Facts[]) => CelRequests {
  const plans = variables.map((variable, slot) => planOf(variable, used.has(slot), reads));
  return (facts) => {
    const rows = facts.map((fact) => prepareRow(fact as unknown as JsonObject, plans));
    return { rows, length: rows.length, missing: (row) => rows[row]?.missing ?? NONE };
  };
}

/** One request of variables bound by hand; those that have no value are absent. */
export function boundRequest(
  variables: readonly RequestVariable[],
  values: ReadonlyMap<string, Value>,
): CelRequests {
  const inputs = variables.map(({ name }) => values.get(name));
  return { rows: [{ inputs, missing: NONE }], length: 1, missing: () => NONE };
}

function planOf(variable: RequestVariable, used: boolean, reads: readonly string[]): VariablePlan {
  const { template } = variable;
  const pointer = typeof template === 'string' && template.startsWith('/') ? template : null;
  const [only, deeper] = pointer === null ? [] : pointerTokens(pointer);
  return {
    variable,
    used,
    read:
      only !== undefined && deeper === undefined
        ? (facts) => getOwn(facts, only)
        : (facts) => fillTemplate(template, facts),
    shape: pointer === null ? null : shapeUnder(pointer, reads),
    isTime: variable.name === 'ts' && template === '/ts',
    emptyWhereAbsent: pointer !== null && EMPTY_WHERE_ABSENT.has(pointer),
  };
}

/** What the reads leave of the value at `pointer`. */
function shapeUnder(pointer: string, reads: readonly string[]): Shape {
  const depth = pointerTokens(pointer).length;
  // Reading what lies above reads all of it.
  if (reads.some((read) => pointer.startsWith(`${read}/`))) return null;
  const under = reads.filter((read) => read === pointer || read.startsWith(`${pointer}/`));
  return shapeOf(under.map((read) => pointerTokens(read).slice(depth)));
}

function prepareRow(facts: JsonObject, plans: readonly VariablePlan[]): CelRequest {
  let missing = NONE;
  const loss = { some: false };
  const inputs = plans.map((plan) => {
    if (!plan.used) return undefined;
    const json = plan.read(facts);
    if (json === undefined) return plan.emptyWhereAbsent ? EMPTY : undefined;
    const value = plan.isTime ? readTime(json) : toValue(json, plan.shape, loss);
    if (plan.isTime && value === undefined) missing = [...missing, '/ts'];
    if (loss.some) {
      loss.some = false;
      missing = [...missing, ...lostIn(json, plan)].sort();
    }
    return value;
  });
  return { inputs, missing };
}

function lostIn(json: Json, plan: VariablePlan): string[] {
  return lostPaths(json, plan.shape).flatMap((path) => variableReads(plan.variable, toPointer(path)));
}

function readTime(json: Json): Value | undefined {
  const nanos = typeof json === 'string' ? parseTimestamp(json) : null;
  return nanos === null ? undefined : new CelTimestamp(nanos);
}
