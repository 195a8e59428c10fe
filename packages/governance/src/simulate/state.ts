import { getOwn, isObject, type Json } from '@benchbook/model';
import { timeOf } from './clock.ts';

/** What one simulation leaves to the next: breakers that nobody reset, and what their windows hold. */
export interface SimulationState {
  readonly schema: 'benchbook.simulate-state/v1';
  readonly tripped: readonly {
    readonly rule: string;
    readonly key: string;
    /** ISO time. */
    readonly trippedAt: string;
    readonly call: string;
    readonly count: number;
  }[];
  readonly windows: readonly {
    readonly rule: string;
    readonly key: string;
    /** `amount` in millionths, as a text of digits. */
    readonly entries: readonly { readonly at: string; readonly amount: string }[];
  }[];
}

/** The state in a text that {@link writeState} wrote. */
export function readState(text: string): SimulationState | { readonly error: string } {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return { error: 'it is no JSON' };
  }
  if (!isObject(value) || getOwn(value, 'schema') !== 'benchbook.simulate-state/v1')
    return { error: 'it is no state of a simulation (`schema: benchbook.simulate-state/v1`)' };
  const tripped = listOf(value, 'tripped').map((entry) => ({
    rule: stringOf(entry, 'rule'),
    key: stringOf(entry, 'key'),
    trippedAt: stringOf(entry, 'trippedAt'),
    call: stringOf(entry, 'call'),
    count: Number(isObject(entry) ? getOwn(entry, 'count') : Number.NaN),
  }));
  const windows = listOf(value, 'windows').map((entry) => ({
    rule: stringOf(entry, 'rule'),
    key: stringOf(entry, 'key'),
    entries: listOf(entry, 'entries').map((one) => ({
      at: stringOf(one, 'at'),
      amount: stringOf(one, 'amount'),
    })),
  }));
  // A state that is half read would close breakers that nobody reset.
  const isWhole =
    tripped.every(({ trippedAt, count }) => timeOf(trippedAt) !== undefined && Number.isFinite(count)) &&
    windows.every(({ entries }) =>
      entries.every(({ at, amount }) => timeOf(at) !== undefined && /^\d{1,40}$/.test(amount)),
    );
  if (!isWhole) return { error: 'a breaker in it has no time or no count' };
  return { schema: 'benchbook.simulate-state/v1', tripped, windows };
}

/** The state as text, the same for the same state. */
export function writeState(state: SimulationState): string {
  return `${JSON.stringify(state, null, 2)}\n`;
}

function listOf(value: Json, key: string): readonly Json[] {
  const list = isObject(value) ? getOwn(value, key) : undefined;
  return Array.isArray(list) ? list : [];
}

function stringOf(value: Json, key: string): string {
  const text = isObject(value) ? getOwn(value, key) : undefined;
  return typeof text === 'string' ? text : '';
}
