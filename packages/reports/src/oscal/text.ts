import { visible } from '../format/visible.ts';

/** Namespace of properties that OSCAL does not name itself. */
export const NAMESPACE = 'urn:benchbook:oscal';

/** A value on one line without space at its ends, as OSCAL's strings must be. */
export function oscalString(text: string): string {
  return visible(text).trim() || '-';
}

export interface OscalProperty {
  readonly name: string;
  readonly ns: string;
  readonly value: string;
}

export function property(name: string, value: string | number): OscalProperty {
  return { name, ns: NAMESPACE, value: oscalString(String(value)) };
}

/** Where a report has no time: calls without one leave nothing to date it by, and no clock is read. */
const EPOCH = '1970-01-01T00:00:00Z';

/** A time as OSCAL takes it; the epoch for one that is none. */
export function oscalTime(text: string | undefined): string {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) || time < 0 ? EPOCH : new Date(time).toISOString();
}
