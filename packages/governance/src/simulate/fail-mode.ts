import type { AgentRecord, FailMode, RiskTier } from '@benchbook/model';
import { failModeOf } from '../registry/tiers.ts';

/** Minutes in which an escalated call must be reviewed where the card does not say it. */
const REVIEW_MINUTES: { readonly [tier in RiskTier]: number } = {
  critical: 15,
  high: 30,
  medium: 60,
  low: 240,
};

/** How calls of one agent are enforced. */
export interface Posture {
  readonly agent: string | null;
  readonly record: AgentRecord | null;
  readonly tier: RiskTier;
  readonly failMode: FailMode;
  /** Where it comes from. */
  readonly setBy: 'tier' | 'card' | 'option';
  readonly tierMode: FailMode;
  readonly reviewMinutes: number;
}

/** The posture of an agent; one that nobody registered is taken for critical. */
export function postureOf(
  agent: string | null,
  record: AgentRecord | null,
  override: FailMode | undefined,
): Posture {
  const tier = record?.tier.effective ?? 'critical';
  const tierMode = failModeOf(tier);
  const own = record?.deployment.failMode ?? null;
  return {
    agent,
    record,
    tier,
    failMode: override ?? own ?? tierMode,
    setBy: override !== undefined ? 'option' : own !== null ? 'card' : 'tier',
    tierMode,
    reviewMinutes: record?.deployment.reviewMinutes ?? REVIEW_MINUTES[tier],
  };
}

/** High and critical: what passes unvalidated there is an error. */
export function isGrave(tier: RiskTier): boolean {
  return tier === 'high' || tier === 'critical';
}
