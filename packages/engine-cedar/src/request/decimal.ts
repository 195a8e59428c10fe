/** Cedar's numbers: `Long` (64-bit integer) and `decimal` (64-bit, four digits behind the point). */

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;
const DECIMAL_DIGITS = 4;

/** The JSON text of a Long, or null where the value has a fraction or is out of range. */
export function longText(value: number | bigint): string | null {
  if (typeof value === 'number' && !Number.isInteger(value)) return null;
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? '0' : String(value);
  const exact = BigInt(value);
  return exact >= MIN_LONG && exact <= MAX_LONG ? exact.toString() : null;
}

/**
 * A decimal in Cedar's notation, or null where it has more than four digits behind the point (unless
 * `truncate`, which rounds toward zero) or is out of range.
 */
export function decimalText(value: number | bigint, truncate: boolean): string | null {
  const { negative, whole, fraction } = digitsOf(value);
  if (fraction.length > DECIMAL_DIGITS && !truncate) return null;
  const kept = fraction.slice(0, DECIMAL_DIGITS);
  const scaled = BigInt(whole + kept.padEnd(DECIMAL_DIGITS, '0'));
  const signed = negative ? -scaled : scaled;
  if (signed < MIN_LONG || signed > MAX_LONG) return null;
  const sign = signed < 0n ? '-' : '';
  return `${sign}${whole}.${kept.replace(/0+$/, '') || '0'}`;
}

/** True for a text that Cedar's `decimal()` takes. */
export function isDecimalText(text: string): boolean {
  const match = /^(-?)(\d{1,40})\.(\d{1,4})$/.exec(text);
  if (!match) return false;
  const scaled = BigInt(match[2]! + match[3]!.padEnd(DECIMAL_DIGITS, '0'));
  const signed = match[1] ? -scaled : scaled;
  return signed >= MIN_LONG && signed <= MAX_LONG;
}

/** The shortest decimal digits of a number, exponent written out. */
function digitsOf(value: number | bigint): { negative: boolean; whole: string; fraction: string } {
  const text = value.toString();
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text);
  if (!match) return { negative: false, whole: '0', fraction: '' };
  const [, sign, before = '0', after = '', exponent = '0'] = match;
  const shift = Number(exponent);
  const digits = before + after;
  const point = before.length + shift;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  return {
    negative: sign === '-',
    whole: padded.slice(0, at).replace(/^0+(?=\d)/, ''),
    fraction: padded.slice(at).replace(/0+$/, ''),
  };
}
