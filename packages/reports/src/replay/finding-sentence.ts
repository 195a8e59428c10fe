import type { ReplayFinding } from '@benchbook/model';
import { decimal } from '../format/numbers.ts';

/** What was missed, as one sentence: the finding's own, else one from its members. Not made visible yet. */
export function findingSentence(finding: ReplayFinding): string {
  if (finding.message !== '') return finding.message;
  return finding.kind === 'expectation'
    ? `${finding.call}: expected ${finding.expected}, decided ${finding.actual}`
    : `${finding.threshold} is ${decimal(finding.actual)}, the limit is ${decimal(finding.limit)}`;
}
