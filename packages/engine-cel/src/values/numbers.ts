import { fail } from './fault.ts';

export const INT_MAX = 2n ** 63n - 1n;
export const INT_MIN = -(2n ** 63n);
export const UINT_MAX = 2n ** 64n - 1n;

/** True where an `int` can hold `value`. */
export function fitsInt(value: bigint): boolean {
  return value >= INT_MIN && value <= INT_MAX;
}

/** `value` as an `int`; fails where it does not fit. */
export function toInt(value: bigint): bigint {
  return fitsInt(value) ? value : fail('integer overflow');
}

/** `value` as a `uint`; fails where it does not fit. */
export function toUint(value: bigint): bigint {
  return value >= 0n && value <= UINT_MAX ? value : fail('unsigned integer overflow');
}

/**
 * Orders an integer and a double as cel-go does: outside the integer's range by the range, inside it after
 * conversion to double. NaN gives NaN.
 */
export function compareIntegerDouble(integer: bigint, double: number, unsigned: boolean): number {
  if (Number.isNaN(double)) return Number.NaN;
  if (double < (unsigned ? 0 : -(2 ** 63))) return 1;
  if (double > (unsigned ? 2 ** 64 : 2 ** 63)) return -1;
  const converted = Number(integer);
  return converted < double ? -1 : converted > double ? 1 : 0;
}

/** A double as Go's `strconv.FormatFloat(x, 'g', -1, 64)` writes it, which is what CEL's `string()` gives. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  // Go chooses the exponent form by this rule for the shortest exact digits.
  if (exponent >= -4 && exponent < 6) return String(value);
  const size = Math.abs(exponent).toString().padStart(2, '0');
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
}
