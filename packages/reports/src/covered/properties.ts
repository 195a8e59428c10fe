import type { Exercised } from './exercised.ts';

/** Coverage as figures with names, for formats that take such. */
export function coverageProperties({ coverage }: Exercised): { readonly [name: string]: number } {
  return {
    'policies.covered': coverage.policies.covered,
    'policies.total': coverage.policies.total,
    'conditions.covered': coverage.conditions.covered,
    'conditions.total': coverage.conditions.total,
  };
}
