import type { SuiteResult } from './suite.ts';

/** The least share of cases that must pass, by suite; a suite that is not listed is reported alone. */
export const FLOORS: { readonly [suite: string]: { readonly share: number; readonly why: string } } = {
  'opa reference': { share: 0.995, why: 'at least 99.5 % of the OPA cases' },
  'opa lanes': {
    share: 1,
    why: 'the fast lane answers at least half and never differs from the reference lane',
  },
  'opa cover': { share: 0.997, why: 'covering changes no answer, and covers the lines that OPA covers' },
  cedar: { share: 1, why: 'every Cedar case' },
  cel: { share: 0.95, why: 'at least 95 % of the core cases, none silently wrong' },
};

/** The least share of cases that the fast lane must answer itself: lanes that are never compared cannot differ. */
const MIN_FAST = 0.5;

/** Whether a suite ran and passed what is asked of it; for all: nothing silently wrong. */
export function meetsFloor({ suite, passed, failed, notes }: SuiteResult): boolean {
  const floor = FLOORS[suite];
  const wrong = notes?.some((note) => /^[1-9]\d* silently wrong/.test(note)) ?? false;
  if (wrong) return false;
  const fast = notes?.map((note) => /^(\d+) fast$/.exec(note)?.[1]).find((count) => count !== undefined);
  if (suite === 'opa lanes' && Number(fast ?? 0) < (passed + failed) * MIN_FAST) return false;
  if (suite === 'cel' && !notes?.some((note) => note === '0 silently wrong')) return false;
  return !floor || (passed + failed > 0 && passed / (passed + failed) >= floor.share);
}
