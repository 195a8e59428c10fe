import { holdsKeyword, wordsOf } from '../../text/words.ts';
import { atTag, type ControlRule, nameOf } from '../rule.ts';
import type { TagView } from '../view.ts';

export const logOnlyClaim: ControlRule = {
  code: 'ctl/log-only-claim',
  severity: 'warning',
  summary: 'A provision about logs is claimed by a policy that no check of logs stands beside.',
  why: 'A decision is no record of it: that the record is written, complete and kept is shown by a test of the log. Silent where the tests are not known.',
  bad: { controls: ['eu-ai-act:12(1)'], exercised: { applied: 3, silent: 9, tests: ['refund above 150'] } },
  good: {
    controls: ['eu-ai-act:12(1)'],
    exercised: { applied: 3, silent: 9, tests: ['refund above 150', 'log has one record per call'] },
  },
  message:
    '`eu-ai-act:12(1)` (Automatic event recording) is about logs, and no test of this policy looks at one; add a log check',
  check: ({ known, policy }) => {
    const tests = policy.exercised?.tests;
    if (!tests || tests.some(looksAtLogs)) return [];
    return known.flatMap((view) => {
      if (!isAboutLogs(view)) return [];
      const what = `${nameOf(view)} (${view.control.title}) is about logs`;
      return [atTag(view.tag, `${what}, and no test of this policy looks at one; add a log check`)];
    });
  },
};

function looksAtLogs(name: string): boolean {
  return holdsKeyword(wordsOf(name), ['log', 'logging', 'record', 'audit trail']);
}

/** No rule shows it, a log does, and either nothing else does or its name says so. */
function isAboutLogs({ control }: Pick<TagView, 'control'>): boolean {
  const kinds = new Set(control.evidence.map(({ kind }) => kind));
  if (kinds.has('rule') || !kinds.has('log') || control.grade === 'context') return false;
  if (kinds.size === 1) return true;
  return holdsKeyword(wordsOf(control.title), ['log', 'logging', 'event', 'traceability']);
}
