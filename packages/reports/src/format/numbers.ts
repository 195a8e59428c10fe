/** `12345` as `12,345`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `count` and its noun: `1 call`, `2 calls`, `3 policies`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

/** Share in per cent with one decimal; what is neither none nor all is never written as either. */
export function percent(part: number, total: number): string {
  if (total === 0) return '-';
  const value = (100 * part) / total;
  if (part > 0 && value < 0.05) return '<0.1 %';
  if (part < total && value >= 99.95) return '>99.9 %';
  return `${value.toFixed(1)} %`;
}

/** Milliseconds with three significant digits, but no finer than 0.1 µs. */
export function milliseconds(value: number): string {
  if (value === 0) return '0 ms';
  const digits = Math.max(0, Math.min(4, 2 - Math.floor(Math.log10(Math.abs(value)))));
  return `${value.toFixed(digits)} ms`;
}

/** A limit or a figure of a threshold: at most four decimals, no trailing zeros. */
export function decimal(value: number): string {
  return String(Number(value.toFixed(4)));
}
