import type { ControlRule } from '../rule.ts';
import { articleOnly } from './article-only.ts';
import { badSyntax } from './bad-syntax.ts';
import { contextOnly } from './context-only.ts';
import { disabledRule } from './disabled-rule.ts';
import { draftNumber } from './draft-number.ts';
import { duplicate } from './duplicate.ts';
import { editionMissing } from './edition-missing.ts';
import { editionStale } from './edition-stale.ts';
import { effectMismatch } from './effect-mismatch.ts';
import { logOnlyClaim } from './log-only-claim.ts';
import { nameMismatch } from './name-mismatch.ts';
import { noneWithoutReason } from './none-without-reason.ts';
import { notAControl } from './not-a-control.ts';
import { notHighRisk } from './not-high-risk.ts';
import { notYetApplicable } from './not-yet-applicable.ts';
import { oneSidedTest } from './one-sided-test.ts';
import { overBroad } from './over-broad.ts';
import { removedId } from './removed-id.ts';
import { roleMismatch } from './role-mismatch.ts';
import { scopeMismatch } from './scope-mismatch.ts';
import { unknownFramework } from './unknown-framework.ts';
import { unknownId } from './unknown-id.ts';
import { unmappedRule } from './unmapped-rule.ts';
import { untestedMapping } from './untested-mapping.ts';
import { wrongLayer } from './wrong-layer.ts';

/** Every rule of the lint, by code. */
export const controlRules: readonly ControlRule[] = [
  articleOnly,
  badSyntax,
  contextOnly,
  disabledRule,
  draftNumber,
  duplicate,
  editionMissing,
  editionStale,
  effectMismatch,
  logOnlyClaim,
  nameMismatch,
  noneWithoutReason,
  notAControl,
  notHighRisk,
  notYetApplicable,
  oneSidedTest,
  overBroad,
  removedId,
  roleMismatch,
  scopeMismatch,
  unknownFramework,
  unknownId,
  unmappedRule,
  untestedMapping,
  wrongLayer,
];
