const STEPS = '▁▂▃▄▅▆▇█';

/** Values as a line of blocks between their lowest and highest; `·` where there is none. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const range = Math.max(...known) - low;
  return values
    .map((value) => {
      if (value === null) return '·';
      // Equal values are no movement, whatever digits a division left.
      if (range < 1e-9) return STEPS[3];
      return STEPS[Math.round(((value - low) / range) * (STEPS.length - 1))];
    })
    .join('');
}
