import { RISK_TIERS, type RiskTier } from '@benchbook/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareTiers, derivedTier, failModeOf } from '../../src/index.ts';
import {
  BLAST_RADII,
  DATA_SENSITIVITIES,
  DECISION_AUTHORITIES,
  effectiveTier,
} from '../../src/registry/tiers.ts';

/** All 64 combinations: rows by data sensitivity, columns by decision authority, then by blast radius. */
const table = `
public        low    low    low    medium | low    low    medium medium | low    medium medium high     | medium medium high   high
internal      low    low    medium medium | low    medium medium high   | medium medium high   high     | medium high   high   critical
confidential  low    medium medium high   | medium medium high   high   | medium high   high   critical | high   high   critical critical
restricted    medium medium high   high   | medium high   high   critical | high high   critical critical | critical critical critical critical
`;

test('the table that the documentation states', () => {
  for (const line of table.trim().split('\n')) {
    const [sensitivity, ...cells] = line.split(/[\s|]+/).filter(Boolean);
    const dataSensitivity = DATA_SENSITIVITIES.find((one) => one === sensitivity)!;
    const tiers = DECISION_AUTHORITIES.flatMap((decisionAuthority) =>
      BLAST_RADII.map((blastRadius) => derivedTier({ dataSensitivity, decisionAuthority, blastRadius })),
    );
    expect(tiers, sensitivity).toEqual(cells);
  }
});

const risks = fc.record({
  dataSensitivity: fc.constantFrom(...DATA_SENSITIVITIES),
  decisionAuthority: fc.constantFrom(...DECISION_AUTHORITIES),
  blastRadius: fc.constantFrom(...BLAST_RADII),
});

test('more of any axis never lowers the tier', () => {
  fc.assert(
    fc.property(risks, risks, (a, b) => {
      const most = <Word>(words: readonly Word[], one: Word, other: Word): Word =>
        words[Math.max(words.indexOf(one), words.indexOf(other))]!;
      const joined = {
        dataSensitivity: most(DATA_SENSITIVITIES, a.dataSensitivity, b.dataSensitivity),
        decisionAuthority: most(DECISION_AUTHORITIES, a.decisionAuthority, b.decisionAuthority),
        blastRadius: most(BLAST_RADII, a.blastRadius, b.blastRadius),
      };
      expect(compareTiers(derivedTier(joined)!, derivedTier(a)!)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('without one of its axes an agent has no tier of its own', () => {
  expect(
    derivedTier({ dataSensitivity: 'public', decisionAuthority: null, blastRadius: 'one-record' }),
  ).toBeNull();
});

describe('the tier that holds', () => {
  const cases: readonly [RiskTier | null, RiskTier | null, string | null, RiskTier][] = [
    [null, null, null, 'critical'],
    [null, 'low', null, 'low'],
    ['medium', null, null, 'medium'],
    ['medium', 'high', null, 'high'],
    ['high', 'low', null, 'high'],
    ['high', 'low', 'reads a copy', 'low'],
  ];
  test.each(cases)('derived %s, stated %s, reason %s: %s', (derived, stated, reason, holds) => {
    expect(effectiveTier(derived, stated, reason)).toBe(holds);
  });
});

test('critical and high fail closed, medium and low open', () => {
  expect(RISK_TIERS.map(failModeOf)).toEqual(['open', 'open', 'closed', 'closed']);
});
