import type { Json } from '@benchbook/model';

/**
 * A recorded number that no `number` or `bigint` holds: stands in a parsed value until the call is finished,
 * where it becomes its nearest double (or goes, where that is infinite) and its pointer a missing fact.
 */
export class InexactNumber {
  /** Undefined where the number is beyond every double. */
  readonly nearest: number | undefined;
  constructor(nearest: number) {
    this.nearest = Number.isFinite(nearest) ? nearest : undefined;
  }
}

/** Digits that an integer may have: beyond, `BigInt` takes time that grows with the square. */
const MAX_INTEGER_DIGITS = 1_000;

const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * The value of a JSON number's text: a `number` where it is exact to 17 significant digits, a `bigint` for
 * integers beyond 2^53, else an {@link InexactNumber}. Undefined where the text is no JSON number.
 */
export function exactNumber(text: string): number | bigint | InexactNumber | undefined {
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent] = match;
  const nearest = Number(text);
  const all = (whole + fraction).replace(/^0+/, '');
  if (all === '') return nearest;
  const digits = all.replace(/0+$/, '');
  const power = Number(exponent ?? 0) - fraction.length + (all.length - digits.length);
  if (power >= 0) {
    const length = digits.length + power;
    if (length <= 15) return nearest;
    if (length > MAX_INTEGER_DIGITS || (exponent !== undefined && !Number.isFinite(nearest)))
      return new InexactNumber(nearest);
    const integer = BigInt(sign + digits + '0'.repeat(power));
    return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer;
  }
  return holds(nearest, digits, power) ? nearest : new InexactNumber(nearest);
}

/** True where `nearest` shows the same first 17 significant digits as `digits` times ten to the `power`. */
function holds(nearest: number, digits: string, power: number): boolean {
  if (!Number.isFinite(nearest) || nearest === 0) return false;
  let kept = digits;
  let exponent = digits.length + power - 1;
  if (digits.length > 17) {
    kept = digits.slice(0, 17);
    if (digits.charCodeAt(17) >= 53) kept = String(BigInt(kept) + 1n);
    if (kept.length > 17) exponent++;
    kept = kept.slice(0, 17);
  }
  const [mantissa = '', shown = ''] = Math.abs(nearest)
    .toExponential(kept.length - 1)
    .split('e');
  return mantissa.replace('.', '') === kept && Number(shown) === exponent;
}

/** True for a number that stands for one it cannot hold. Readers meet it only among values they pass on. */
export function isInexact(value: unknown): value is InexactNumber {
  return value instanceof InexactNumber;
}

/** An {@link InexactNumber} in the place of a JSON value. */
export function asJson(value: number | bigint | InexactNumber): Json {
  return value as unknown as Json;
}
