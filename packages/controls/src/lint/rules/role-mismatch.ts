import { findProvision } from '../../catalog/lookup.ts';
import { atTag, type ControlRule, nameOf } from '../rule.ts';
import type { TagView } from '../view.ts';

export const roleMismatch: ControlRule = {
  code: 'ctl/role-mismatch',
  severity: 'warning',
  summary: 'The duty is another party’s than the profile names.',
  why: 'Providers and deployers have duties of their own about the same subject; a report that claims the other’s shows evidence for nobody.',
  bad: { controls: ['eu-ai-act:19(1)'], profile: { role: 'deployer', riskClass: 'high-risk' } },
  good: { controls: ['eu-ai-act:26(6)/1'], profile: { role: 'deployer', riskClass: 'high-risk' } },
  message:
    '`eu-ai-act:19(1)` is for providers, and `profile` says deployer; its counterpart is 26(6)/1 (Deployer keeps logs)',
  check: ({ known, layer }, { input }) =>
    known.flatMap((view) => {
      // Where the law around it does not bind the system at all, whom it binds is beside the point.
      if (view.folding.role === null || view.folding.riskClass !== null) return [];
      const own = input.context.profile?.role ?? '';
      const other = counterpart(view, own, layer);
      const instead = other ? `; its counterpart is ${other.id} (${other.title})` : '';
      const what = `${nameOf(view)} is ${view.folding.role}, and \`profile\` says ${own}`;
      return [atTag(view.tag, what + instead)];
    }),
};

/** Provider's duty and the deployer's about the same subject; the first pair that fits and that exists counts. */
const PAIRS: readonly (readonly [provider: string, deployer: string])[] = [
  ['10', '26(4)'],
  ['12', '26(6)/1'],
  ['14(4)(a)', '26(5)/1'],
  ['14(4)(e)', '26(5)/1'],
  ['14(3)(b)', '26(2)'],
  ['14', '26(2)'],
  ['14', '26(1)'],
  ['19(1)', '26(6)/1'],
  ['19', '26(6)/1'],
  ['20', '26(5)/1'],
  ['50(1)', '50(3)'],
  ['50(2)', '50(4)/1'],
  ['72(2)', '26(5)/1'],
  ['72', '26(5)/1'],
  ['73', '26(5)/1'],
];

/** The duty about the same subject of the party that the profile names, which the policy's layer can show. */
export function counterpart(
  { located }: TagView,
  role: string,
  layer: string,
): { readonly id: string; readonly title: string } | undefined {
  const { catalog, edition, id } = located;
  if (catalog?.framework !== 'eu-ai-act' || edition === null) return undefined;
  const [from, to] = role === 'deployer' ? ([0, 1] as const) : ([1, 0] as const);
  for (const pair of PAIRS.filter((one) => isWithin(id, one[from]))) {
    const provision = findProvision(catalog, edition, pair[to])?.provision;
    if (provision?.role?.includes(role) && provision.layer?.includes(layer)) return provision;
  }
  return undefined;
}

function isWithin(id: string, ancestor: string): boolean {
  return id === ancestor || id.startsWith(`${ancestor}(`) || id.startsWith(`${ancestor}/`);
}
