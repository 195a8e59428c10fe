import type { MacroName } from '../syntax/index.ts';
import {
  type CelFault,
  CelMap,
  CelUint,
  fail,
  isList,
  type MapKey,
  mapKey,
  typeName,
  type Value,
} from '../values/index.ts';
import type { Evaluate, Frame } from './frame.ts';
import { absorb, asBoolean, noBoolean } from './logic.ts';

/** A macro ready to run. */
export interface MacroPlan {
  readonly range: Evaluate;
  /** Slots of the macro's variables: one (element or key), or two (index and element, key and value). */
  readonly slots: readonly number[];
  /** Filter, where there is one, then what is computed for each element. */
  readonly args: readonly Evaluate[];
  /** Steps that one round costs. */
  readonly cost: number;
}

/** Compiles a macro. */
export function macro(name: MacroName, plan: MacroPlan): Evaluate {
  const body = plan.args.at(-1) as Evaluate;
  const filter = plan.args.length > 1 ? (plan.args[0] as Evaluate) : null;
  switch (name) {
    case 'all':
      return quantifier(plan, body, false);
    case 'exists':
      return quantifier(plan, body, true);
    case 'exists_one':
      return (frame) => {
        let count = 0;
        each(frame, plan, () => {
          if (asBoolean(body(frame))) count++;
        });
        return count === 1;
      };
    case 'map':
    case 'transformList':
      return (frame) => {
        const result: Value[] = [];
        each(frame, plan, () => {
          if (!filter || asBoolean(filter(frame))) result.push(body(frame));
        });
        return result;
      };
    case 'filter':
      return (frame) => {
        const result: Value[] = [];
        const slot = plan.slots[0] as number;
        each(frame, plan, () => {
          if (asBoolean(body(frame))) result.push(frame.locals[slot] as Value);
        });
        return result;
      };
    case 'transformMap':
      return (frame) => {
        const builder = new MapBuilder();
        eachKey(frame, plan, (key) => {
          if (!filter || asBoolean(filter(frame))) builder.add(key, body(frame));
        });
        return builder.finish();
      };
    case 'transformMapEntry':
      return (frame) => {
        const builder = new MapBuilder();
        each(frame, plan, () => {
          if (filter && !asBoolean(filter(frame))) return;
          const entry = body(frame);
          if (!(entry instanceof CelMap)) fail(`no such overload: transformMapEntry to ${typeName(entry)}`);
          for (const key of entry.keys()) builder.add(key, entry.entries.get(mapKey(key) as MapKey) as Value);
        });
        return builder.finish();
      };
  }
}

/** Runs `round` for each element with the macro's variables set. `round` may end it by returning true. */
function each(frame: Frame, plan: MacroPlan, round: () => unknown): void {
  eachKey(frame, plan, round);
}

function eachKey(frame: Frame, plan: MacroPlan, round: (key: Value) => unknown): void {
  const range = plan.range(frame);
  const { locals, meter } = frame;
  const [first, second] = plan.slots as [number, number | undefined];
  if (isList(range)) {
    for (let i = 0; i < range.length; i++) {
      meter.charge(plan.cost);
      locals[first] = second === undefined ? (range[i] as Value) : BigInt(i);
      if (second !== undefined) locals[second] = range[i] as Value;
      if (round(second === undefined ? null : BigInt(i)) === true) return;
    }
    return;
  }
  if (!(range instanceof CelMap)) fail(`no such overload: a macro over ${typeName(range)}`);
  for (const [stored, value] of range.entries) {
    meter.charge(plan.cost);
    const key = typeof stored === 'bigint' && range.uintKeys?.has(stored) ? new CelUint(stored) : stored;
    locals[first] = key;
    if (second !== undefined) locals[second] = value;
    if (round(key) === true) return;
  }
}

/** `all` (absorbing false) and `exists` (true) absorb errors as `&&` and `||` do. */
function quantifier(plan: MacroPlan, body: Evaluate, absorbing: boolean): Evaluate {
  return (frame) => {
    let pending: CelFault | undefined;
    let decided = false;
    each(frame, plan, () => {
      try {
        const value = body(frame);
        if (value === absorbing) {
          decided = true;
          return true;
        }
        if (value !== !absorbing) pending ??= noBoolean(value);
      } catch (error) {
        pending ??= absorb(error);
      }
      return false;
    });
    if (decided) return absorbing;
    if (pending) throw pending;
    return !absorbing;
  };
}

/** Collects entries; fails on a key that no map may hold, and on one that is there already. */
export class MapBuilder {
  readonly #entries = new Map<MapKey, Value>();
  #uints: Set<bigint> | undefined;

  add(key: Value, value: Value): void {
    const stored = typeof key === 'number' ? null : mapKey(key);
    if (stored === null || stored === undefined) fail(`unsupported key type: ${typeName(key)}`);
    if (this.#entries.has(stored)) fail(`map key repeated: ${String(stored)}`);
    this.#entries.set(stored, value);
    if (!(key instanceof CelUint)) return;
    this.#uints ??= new Set();
    this.#uints.add(key.value);
  }

  finish(): CelMap {
    return new CelMap(this.#entries, this.#uints);
  }
}
