export type { RiskTier } from '@benchbook/model';
