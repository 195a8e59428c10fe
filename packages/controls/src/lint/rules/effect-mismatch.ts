import { atTag, type ControlRule, nameOf } from '../rule.ts';

/**
 * Provisions that ask for something to be stopped: the whole of an article where it stands alone, or a provision.
 * Approval and oversight are not among them: a permit that asks for an approval serves them.
 */
const STOPS: { readonly [framework: string]: readonly string[] } = {
  'eu-ai-act': ['5', '14(4)(e)', '20(1)'],
  'nist-ai-rmf': ['MANAGE 2.4'],
  'owasp-asi': ['ASI10'],
};

export const effectMismatch: ControlRule = {
  code: 'ctl/effect-mismatch',
  severity: 'warning',
  summary: 'A permit claims a provision that asks for something to be stopped.',
  why: 'Stopping, disabling and prohibiting need a policy that forbids or escalates; a permit can only let through.',
  bad: { controls: ['eu-ai-act:14(4)(e)'], effect: 'permit' },
  good: { controls: ['eu-ai-act:14(4)(e)'], effect: 'forbid' },
  message:
    '`eu-ai-act:14(4)(e)` (Stop safely) asks for a stop, and this policy permits; name it on a policy that forbids or escalates',
  check: ({ known, policy }) =>
    known.flatMap((view) => {
      const { framework, id, title } = view.control;
      const stops = Object.hasOwn(STOPS, framework) ? STOPS[framework]! : [];
      if (policy.effect !== 'permit' || !stops.some((stop) => id === stop || id.startsWith(`${stop}(`)))
        return [];
      const what = `${nameOf(view)} (${title}) asks for a stop, and this policy permits`;
      return [atTag(view.tag, `${what}; name it on a policy that forbids or escalates`)];
    }),
};
