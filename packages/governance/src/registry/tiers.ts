import type {
  AgentRecord,
  BlastRadius,
  DataSensitivity,
  DecisionAuthority,
  FailMode,
  RiskTier,
} from '@benchbook/model';
import { RISK_TIERS } from '@benchbook/model';

/** Words of each axis of risk; a word's place is its score, from 0. */
export const DATA_SENSITIVITIES: readonly DataSensitivity[] = [
  'public',
  'internal',
  'confidential',
  'restricted',
];
export const DECISION_AUTHORITIES: readonly DecisionAuthority[] = [
  'informs',
  'recommends',
  'acts-with-approval',
  'acts-alone',
];
export const BLAST_RADII: readonly BlastRadius[] = [
  'one-record',
  'one-team',
  'organisation',
  'third-parties',
];

/** Highest sum of the three scores that still belongs to a tier. */
const HIGHEST_SUM: { readonly [tier in RiskTier]: number } = { low: 2, medium: 4, high: 6, critical: 9 };

type StatedRisk = {
  readonly [axis in keyof AgentRecord['risk']]: NonNullable<AgentRecord['risk'][axis]>;
};

/** Where some words stand together, the tier is at least this, whatever the sum. */
const FLOORS: readonly { readonly tier: RiskTier; readonly holds: (risk: StatedRisk) => boolean }[] = [
  {
    tier: 'high',
    holds: ({ decisionAuthority, blastRadius }) =>
      decisionAuthority === 'acts-alone' &&
      (blastRadius === 'organisation' || blastRadius === 'third-parties'),
  },
  {
    tier: 'critical',
    holds: ({ dataSensitivity, decisionAuthority }) =>
      dataSensitivity === 'restricted' && decisionAuthority === 'acts-alone',
  },
];

/** The tier that follows from the three axes; null where one is not stated. */
export function derivedTier(risk: AgentRecord['risk']): RiskTier | null {
  const { dataSensitivity, decisionAuthority, blastRadius } = risk;
  if (dataSensitivity === null || decisionAuthority === null || blastRadius === null) return null;
  const sum =
    DATA_SENSITIVITIES.indexOf(dataSensitivity) +
    DECISION_AUTHORITIES.indexOf(decisionAuthority) +
    BLAST_RADII.indexOf(blastRadius);
  const bySum = RISK_TIERS.find((tier) => sum <= HIGHEST_SUM[tier]) ?? 'critical';
  const stated = { dataSensitivity, decisionAuthority, blastRadius };
  return FLOORS.reduce((tier, floor) => (floor.holds(stated) ? higherTier(tier, floor.tier) : tier), bySum);
}

/**
 * The tier that holds: the stated one unless it is lower than what the axes say and gives no reason. Where nothing is
 * known, the highest.
 */
export function effectiveTier(
  derived: RiskTier | null,
  stated: RiskTier | null,
  reason: string | null,
): RiskTier {
  if (stated === null) return derived ?? 'critical';
  if (derived === null || reason !== null) return stated;
  return higherTier(stated, derived);
}

/** What holds in an outage where the card does not say it: critical and high fail closed. */
export function failModeOf(tier: RiskTier): FailMode {
  return tier === 'critical' || tier === 'high' ? 'closed' : 'open';
}

/** Below 0: `a` is the lower one. */
export function compareTiers(a: RiskTier, b: RiskTier): number {
  return RISK_TIERS.indexOf(a) - RISK_TIERS.indexOf(b);
}

function higherTier(a: RiskTier, b: RiskTier): RiskTier {
  return compareTiers(a, b) >= 0 ? a : b;
}
