import type { AgentRecord, FailMode, RiskTier } from '@benchbook/model';

/** What a tier says where its agent's card does not. */
export interface TierDefaults {
  readonly failMode: FailMode;
  /** Minutes in which an escalated call must be reviewed. */
  readonly reviewMinutes: number;
}

const byTier: { readonly [tier in RiskTier]: TierDefaults } = {
  critical: { failMode: 'closed', reviewMinutes: 15 },
  high: { failMode: 'closed', reviewMinutes: 30 },
  medium: { failMode: 'open', reviewMinutes: 60 },
  low: { failMode: 'open', reviewMinutes: 240 },
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
  const defaults = byTier[tier];
  const own = record?.deployment.failMode ?? null;
  return {
    agent,
    record,
    tier,
    failMode: override ?? own ?? defaults.failMode,
    setBy: override !== undefined ? 'option' : own !== null ? 'card' : 'tier',
    tierMode: defaults.failMode,
    reviewMinutes: record?.deployment.reviewMinutes ?? defaults.reviewMinutes,
  };
}

/** High and critical: what passes unvalidated there is an error. */
export function isGrave(tier: RiskTier): boolean {
  return tier === 'high' || tier === 'critical';
}
