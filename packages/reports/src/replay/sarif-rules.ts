import type { SarifRule } from '../format/sarif.ts';

export const missedExpectation: SarifRule = {
  id: 'missed-expectation',
  summary: 'A recorded call is not decided as its reviewer said is right.',
  help: 'Either the policy is wrong or the expectation is. Run benchbook explain with the call to see which policies decided, then change the one that is wrong.',
  severity: 'error',
  security: 7,
  tags: ['expectation'],
};

export const missedThreshold: SarifRule = {
  id: 'missed-threshold',
  summary: 'A threshold of the manifest is missed.',
  help: 'The manifest sets a limit under thresholds, and this replay does not keep it. Record calls that exercise what is uncovered, or look for the policy that became slow.',
  severity: 'error',
  tags: ['threshold'],
};

export const evaluationError: SarifRule = {
  id: 'evaluation-error',
  summary: 'A policy errs on recorded calls.',
  help: 'A policy that errs does not say what it was written to say: Cedar skips it, an erring forbid lets the call through. Guard the attribute that may be absent, or fix the type.',
  severity: 'warning',
  security: 6,
  tags: ['correctness'],
};

export const neverApplied: SarifRule = {
  id: 'policy-never-applied',
  summary: 'No recorded call exercises this policy.',
  help: 'Nothing shows that the policy does what it says. Record or write a call that it applies to, or remove the policy.',
  severity: 'info',
  tags: ['coverage'],
};

export const unreadableRecording: SarifRule = {
  id: 'unreadable-recording',
  summary: 'A place of a recording could not be read.',
  help: 'The calls there were not decided. Record it anew, or repair the line; --strict makes replay fail on it.',
  severity: 'warning',
};

export const skippedFile: SarifRule = {
  id: 'skipped-file',
  summary: 'A policy file did not load and was left out.',
  help: 'Outcomes are those of the other files. Run benchbook check to see why it does not load.',
  severity: 'error',
};
