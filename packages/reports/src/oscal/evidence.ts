import type { ControlReport, PolicyReport, ReplayReport } from '@benchbook/model';
import { markdownCode } from '../format/markdown.ts';
import { counted } from '../format/numbers.ts';
import { uriReference } from '../format/uri.ts';
import { contentUuid } from '../format/uuid.ts';
import { oscalTime, property } from './text.ts';

/** UUIDs that parts of the document refer to each other by. */
export interface Links {
  readonly tool: string;
  readonly recordings: string;
  readonly component: (file: string) => string;
  readonly observation: (policy: string) => string;
}

export function linksOf(seed: string): Links {
  return {
    tool: contentUuid(seed, 'tool'),
    recordings: contentUuid(seed, 'recordings'),
    component: (file) => contentUuid(seed, 'component', file),
    observation: (policy) => contentUuid(seed, 'observation', policy),
  };
}

/** The policies that serve one of `controls`, by id. */
export function observedPolicies(report: ReplayReport, controls: readonly ControlReport[]): PolicyReport[] {
  const ids = new Set(controls.flatMap((one) => one.policies));
  return report.policies.filter((one) => ids.has(one.id));
}

/** The files that those policies stand in, as what was assessed. */
export function components(report: ReplayReport, policies: readonly PolicyReport[], links: Links) {
  const digests = new Map(report.files.map((one) => [one.path, one.sha256]));
  return [...new Set(policies.map((one) => one.file))].sort().map((file) => {
    const sha256 = digests.get(file);
    return {
      uuid: links.component(file),
      type: 'policy',
      title: markdownCode(file),
      description: `Policies of ${markdownCode(file)}.`,
      ...(sha256 === undefined ? {} : { props: [property('sha256', sha256)] }),
      status: { state: 'operational' },
    };
  });
}

/** What the recordings show of one policy. */
export function observation(policy: PolicyReport, report: ReplayReport, links: Links) {
  const seen = policy.conditions.filter((one) => one.true > 0 && one.false > 0).length;
  const applied = `applied to ${counted(policy.applied, 'recorded call')}`;
  const silent = `was reached without applying by ${counted(policy.silent, 'call')}`;
  return {
    uuid: links.observation(policy.id),
    title: `Policy ${markdownCode(policy.id)}`,
    description: `It ${applied}, ${silent}, and determined ${counted(policy.determined, 'outcome')}.`,
    props: [
      property('policy', policy.id),
      property('mode', policy.mode),
      property('applied', policy.applied),
      property('silent', policy.silent),
      property('determined', policy.determined),
      property('errors', policy.errors),
      property('conditions-seen-true-and-false', `${seen} of ${policy.conditions.length}`),
    ],
    methods: ['TEST'],
    types: ['control-objective'],
    origins: [{ actors: [{ type: 'tool', 'actor-uuid': links.tool }] }],
    subjects: [{ 'subject-uuid': links.component(policy.file), type: 'component' }],
    'relevant-evidence': [
      {
        href: uriReference(policy.file),
        description: `The policy, lines ${policy.range.start.line} to ${policy.range.end.line}.`,
      },
      { href: `#${links.recordings}`, description: 'The recordings that were replayed, with their digests.' },
    ],
    collected: oscalTime(report.period?.to),
  };
}
