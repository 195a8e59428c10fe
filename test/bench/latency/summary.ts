import type { RunFigures } from './run-figures.ts';

/** The threshold that a gate would use: `p99Ratio`. */
const THRESHOLD = 1.2;
/** Of A against A, the largest share above the threshold. */
const MAX_FALSE = 0.02;
/** Of the slower version, the smallest share. */
const MIN_FOUND = 0.95;

/** Milliseconds. Decisions below a microsecond are equal, so that of a faster p99 no 30 % can be told. */
const LEAST_TOLD = 0.00125;

export interface Case {
  readonly language: string;
  readonly figures: readonly RunFigures[];
}

/** The figures of each language and of all, against the goal. */
export function summarise(cases: readonly Case[], slower: boolean): { lines: string[]; met: boolean } {
  const lines = cases.map(({ language, figures }) => lineOf(language, figures));
  const told = slower ? cases.filter(({ figures }) => canTell(figures)) : cases;
  const runs = told.flatMap(({ figures }) => figures);
  if (told.length > 1) lines.push(lineOf('all', runs));
  for (const each of cases) {
    if (!told.includes(each))
      lines.push(`  ${each.language} is too fast: 30 % of it are not told, and not counted`);
  }
  const share = aboveThreshold(runs).length / Math.max(1, runs.length);
  const met = slower ? runs.length === 0 || share >= MIN_FOUND : share <= MAX_FALSE;
  const goal = slower ? `at least ${MIN_FOUND * 100} %` : `at most ${MAX_FALSE * 100} %`;
  const seen = `${aboveThreshold(runs).length} of ${runs.length}`;
  lines.push(`  goal: ${goal} above ${THRESHOLD}: ${seen}: ${met ? 'met' : 'MISSED'}`);
  return { lines, met };
}

function canTell(figures: readonly RunFigures[]): boolean {
  return (
    quantile(
      figures.map(({ p99 }) => p99.base),
      0.5,
    ) >= LEAST_TOLD
  );
}

function aboveThreshold(figures: readonly RunFigures[]): readonly RunFigures[] {
  return figures.filter(({ p99 }) => p99.interval[0] > THRESHOLD);
}

function lineOf(name: string, figures: readonly RunFigures[]): string {
  const verdicts = new Map<string, number>();
  for (const { p99 } of figures) verdicts.set(p99.verdict, (verdicts.get(p99.verdict) ?? 0) + 1);
  const middle = (of: (run: RunFigures) => number, digits: number): string =>
    quantile(figures.map(of), 0.5).toFixed(digits);
  const ratios = figures.map(({ p99 }) => p99.ratio);
  return [
    `  ${name.padEnd(5)} ${aboveThreshold(figures).length} of ${figures.length} above ${THRESHOLD}`,
    `ratio ${quantile(ratios, 0.05).toFixed(3)} ${quantile(ratios, 0.5).toFixed(3)} ${quantile(ratios, 0.95).toFixed(3)}`,
    `interval ${middle(({ p99 }) => p99.interval[0], 3)}..${middle(({ p99 }) => p99.interval[1], 3)}, width ${middle(({ p99 }) => p99.interval[1] - p99.interval[0], 3)}`,
    [...verdicts].map(([verdict, runs]) => `${runs} ${verdict}`).join(', '),
    `p99 ${middle(({ p99 }) => p99.base * 1000, 1)} us, ${middle(({ n }) => n, 0)} calls of ${middle(({ sessions }) => sessions, 0)} sessions, ${middle(({ repeats }) => repeats, 0)} repeats, ${middle(({ measuring }) => measuring / 1000, 2)} s`,
  ].join('; ');
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
