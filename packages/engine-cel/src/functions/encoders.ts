import { fail, type Meter, noOverload, type Value } from '../values/index.ts';
import type { FunctionGroup } from './group.ts';

/** The `base64` extension. */
export const encoders: FunctionGroup = {
  functions: { 'base64.encode/1': encode, 'base64.decode/1': decode },
  signatures: ['Base64Namespace.encode(bytes): string', 'Base64Namespace.decode(string): bytes'],
};

const CHUNK = 8192;

function encode(meter: Meter, value: Value): Value {
  if (!(value instanceof Uint8Array)) return noOverload('base64.encode', value);
  meter.chargeText(value.length);
  let binary = '';
  for (let at = 0; at < value.length; at += CHUNK) {
    binary += String.fromCharCode(...value.subarray(at, at + CHUNK));
  }
  return btoa(binary);
}

/** Standard alphabet, with or without padding. */
function decode(meter: Meter, value: Value): Value {
  if (typeof value !== 'string') return noOverload('base64.decode', value);
  meter.chargeText(value.length);
  const body = value.replace(/=+$/, '');
  const padded = body.length !== value.length;
  if (!/^[A-Za-z0-9+/]*$/.test(body) || body.length % 4 === 1 || (padded && value.length % 4 !== 0)) {
    return fail('string is no base64');
  }
  return Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
}
