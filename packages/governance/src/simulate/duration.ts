const UNITS: { readonly [unit: string]: number } = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds of `250ms`, `1.5s`, `10m`, `2h`, `1d`; undefined for anything else. */
export function durationOf(text: string): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,6})?)(ms|s|min|m|h|d)$/.exec(text.trim());
  return match ? Number(match[1]) * UNITS[match[2]!]! : undefined;
}

/** A time span as people say it: `40 ms`, `12 s`, `10 min`, `1 h 30 min`, `2 d 3 h`. */
export function sayDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds * 10) / 10} ms`;
  const parts: string[] = [];
  let rest = Math.round(milliseconds / 1_000);
  for (const [name, seconds] of [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ] as const) {
    const whole = Math.floor(rest / seconds);
    if (whole > 0 && parts.length < 2) parts.push(`${whole} ${name}`);
    rest -= whole * seconds;
  }
  return parts.join(' ');
}
