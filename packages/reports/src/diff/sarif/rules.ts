import type { Flip } from '@benchbook/model';
import type { SarifRule } from '../../format/sarif.ts';
import { isFeared, kindWords } from '../kinds.ts';

const approve =
  'Look whether the change means it. If it does, write the flip into the list that --approve takes, with the reason; if not, change the policy.';

/** A rule for each kind of flip; what is newly allowed is an error and a security finding. */
export function flipRule({ from, to }: Pick<Flip, 'from' | 'to'>): SarifRule {
  const kind = `${from}->${to}`;
  const feared = isFeared(kind);
  return {
    id: `flip-${from}-to-${to}`,
    summary: `Recorded calls with outcome ${from} come out as ${to}: ${kindWords(kind) || 'another outcome'}.`,
    help: feared ? `Calls that were stopped now go through. ${approve}` : approve,
    severity: feared ? 'error' : 'warning',
    tags: ['flip'],
    ...(feared ? { security: from === 'deny' ? 9 : 8 } : {}),
  };
}

export const staleApproval: SarifRule = {
  id: 'stale-approval',
  summary: 'An approval approves nothing.',
  help: 'No flip of this diff is the one that the entry names. Remove it, so that it approves nothing unseen later.',
  severity: 'error',
  tags: ['approval'],
};

export const slowerDecisions: SarifRule = {
  id: 'slower-decisions',
  summary: 'The slowest decisions are above a threshold of the manifest.',
  help: 'Both versions were measured interleaved in one process. Look at the policies that carry the difference, or raise the threshold with a reason.',
  severity: 'error',
  tags: ['latency'],
};

export const undecidedCalls: SarifRule = {
  id: 'undecided-calls',
  summary: 'Of some calls nobody knows whether they flip.',
  help: 'They are indeterminate in one version or both: a fact is missing, or an engine gave no answer. They are not counted as unchanged. Record the missing facts.',
  severity: 'warning',
  tags: ['flip'],
};

export const lostCoverage: SarifRule = {
  id: 'coverage-lost',
  summary: 'The recordings exercised this before the change and no longer do.',
  help: 'Nothing shows any more that it does what it says. Record or write calls that exercise it, or remove it.',
  severity: 'info',
  tags: ['coverage'],
};
