import type { SuiteResult } from './suite.ts';

/** The least share of cases that must pass, by suite; a suite that is not listed is reported alone. */
export const FLOORS: { readonly [suite: string]: { readonly share: number; readonly why: string } } = {
  'opa reference': { share: 0.995, why: 'at least 99.5 % of the OPA cases' },
  'opa lanes': { share: 1, why: 'the fast lane never differs from the reference lane' },
  cedar: { share: 1, why: 'every Cedar case' },
  cel: { share: 0.95, why: 'at least 95 % of the core cases, none silently wrong' },
};

/** Whether a suite ran and passed what is asked of it; for all: nothing silently wrong. */
export function meetsFloor({ suite, passed, failed, notes }: SuiteResult): boolean {
  const floor = FLOORS[suite];
  const wrong = notes?.some((note) => /^[1-9]\d* silently wrong/.test(note)) ?? false;
  if (wrong) return false;
  return !floor || (passed + failed > 0 && passed / (passed + failed) >= floor.share);
}
