import type { RiskTier } from '@benchbook/model';
import type { TierSettings } from '@benchbook/workspace';

/** Conditions of the gate, in the order in which they are told. */
export const GATE_CONDITIONS = [
  'build-checks',
  'recordings',
  'expectations',
  'policy-coverage',
  'condition-coverage',
  'evidence',
  'impact-assessment',
  'adversarial-suite',
  'control-evidence',
  'key-ring',
  'sign-offs',
  'sign-off-roles',
] as const;

export type GateCondition = (typeof GATE_CONDITIONS)[number];

/** What the gate asks of a tier. */
export interface TierRules {
  readonly requires: readonly GateCondition[];
  /** Least shares, 0 to 1. */
  readonly policyCoverage: number;
  readonly conditionCoverage: number;
  readonly controlEvidence: number;
  /** Distinct people who must have signed. */
  readonly signOffs: number;
  /** One of them in a role with one of these words; none asked for where empty. */
  readonly signOffRoles: readonly string[];
  /** Least number of recorded calls by the agent that must be denied. */
  readonly adversarialCalls: number;
  readonly validDays: number;
  /** What cannot be verified blocks, and nothing passes without a certificate. */
  readonly failsClosed: boolean;
}

const BASE = {
  policyCoverage: 0,
  conditionCoverage: 0,
  controlEvidence: 0,
  signOffs: 0,
  signOffRoles: [],
  adversarialCalls: 0,
  failsClosed: false,
} as const;

const MEDIUM: readonly GateCondition[] = [
  'build-checks',
  'recordings',
  'expectations',
  'policy-coverage',
  'condition-coverage',
];

const HIGH: readonly GateCondition[] = [
  ...MEDIUM,
  'evidence',
  'impact-assessment',
  'adversarial-suite',
  'key-ring',
  'sign-offs',
];

/** The defaults; `governance.tiers` of the manifest overrides the figures. */
export const TIER_RULES: { readonly [Tier in RiskTier]: TierRules } = {
  low: { ...BASE, requires: ['build-checks'], validDays: 365 },
  medium: { ...BASE, requires: MEDIUM, policyCoverage: 0.7, conditionCoverage: 0.5, validDays: 180 },
  high: {
    ...BASE,
    requires: HIGH,
    policyCoverage: 0.8,
    conditionCoverage: 0.7,
    signOffs: 1,
    adversarialCalls: 1,
    validDays: 90,
    failsClosed: true,
  },
  critical: {
    ...BASE,
    requires: GATE_CONDITIONS,
    policyCoverage: 0.9,
    conditionCoverage: 0.8,
    controlEvidence: 0.9,
    signOffs: 2,
    signOffRoles: ['risk', 'compliance'],
    adversarialCalls: 1,
    validDays: 30,
    failsClosed: true,
  },
};

/** Figures that a manifest may set, and the condition that each is asked by. */
const SETTINGS: readonly { readonly key: keyof TierSettings; readonly condition: GateCondition | null }[] = [
  { key: 'policyCoverage', condition: 'policy-coverage' },
  { key: 'conditionCoverage', condition: 'condition-coverage' },
  { key: 'signOffs', condition: 'sign-offs' },
  { key: 'validDays', condition: null },
];

/** The rules of a tier under a manifest, with a sentence for each figure that is not the default. */
export function tierRules(
  tier: RiskTier,
  settings: TierSettings = {},
): { readonly rules: TierRules; readonly notes: readonly string[] } {
  let rules = TIER_RULES[tier];
  const notes: string[] = [];
  for (const { key, condition } of SETTINGS) {
    const value = settings[key];
    const usual = rules[key];
    if (value === undefined || value === usual) continue;
    // A longer validity asks for less; every other figure asks for more where it is higher.
    const stricter = value > usual !== (key === 'validDays');
    const asks = condition !== null && value > 0 && !rules.requires.includes(condition);
    rules = { ...rules, [key]: value, ...(asks && { requires: withCondition(rules.requires, condition) }) };
    notes.push(
      `benchbook.yaml sets ${tier}.${key} to ${value} (default ${usual}): ${stricter ? 'stricter' : 'looser'}`,
    );
  }
  return { rules, notes };
}

function withCondition(requires: readonly GateCondition[], condition: GateCondition): GateCondition[] {
  return GATE_CONDITIONS.filter((one) => one === condition || requires.includes(one));
}
