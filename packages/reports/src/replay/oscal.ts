import { digest, type ReplayReport } from '@benchbook/model';
import { prettyJson } from '../format/json.ts';
import { counted } from '../format/numbers.ts';
import { contentUuid } from '../format/uuid.ts';
import { components, type Links, linksOf, observation, observedPolicies } from '../oscal/evidence.ts';
import { type Assessed, finding, localObjective } from '../oscal/findings.ts';
import { oscalIds } from '../oscal/ids.ts';
import { backMatter } from '../oscal/resources.ts';
import { oscalTime, property } from '../oscal/text.ts';
import type { Reporter } from '../reporter.ts';

/**
 * OSCAL 1.2 assessment results. What is satisfied or not is an objective that recorded calls can show, never the
 * provision it belongs to; provisions outside the profile, or that no catalog knows, are left out. UUIDs follow from the content and dates from the recorded calls (the epoch where no call
 * has a time), so that the same report is the same document.
 */
export const replayOscal: Reporter<ReplayReport> = (report) => {
  const inside = report.controls.filter((one) => one.folded === null && one.title !== '');
  const ids = oscalIds(inside);
  const assessed = inside.map((one, index) => ({ ...one, ids: ids[index]! }));
  const seed = digest(JSON.stringify([report.files, report.recordings, report.summary]));
  const links = linksOf(seed);
  const plan = contentUuid(seed, 'plan');
  return prettyJson({
    'assessment-results': {
      uuid: contentUuid(seed, 'assessment-results', JSON.stringify(assessed)),
      metadata: {
        title: 'Replay of recorded calls against agent policies',
        'last-modified': oscalTime(report.period?.to),
        version: seed.slice(0, 16),
        'oscal-version': '1.2.1',
        remarks:
          'Shows which provisions policies serve and what recorded calls exercised. It is no statement of compliance with any of them.',
      },
      'import-ap': { href: `#${plan}`, remarks: 'The policies stand in for an assessment plan.' },
      ...(assessed.length === 0
        ? {}
        : { 'local-definitions': { 'objectives-and-methods': assessed.map(localObjective) } }),
      results: [result(report, assessed, seed, links)],
      'back-matter': backMatter(report, plan, links),
    },
  });
};

function result(report: ReplayReport, assessed: readonly Assessed[], seed: string, links: Links) {
  const policies = observedPolicies(report, assessed);
  const observed = new Set(policies.map((one) => one.id));
  const { calls, sessions } = report.summary;
  return {
    uuid: contentUuid(seed, 'result'),
    title: 'Replay',
    description: `${counted(calls, 'recorded call')} in ${counted(sessions, 'session')}, decided by the policies as they are. A satisfied objective says that the named check passed, not that the provision is complied with.`,
    start: oscalTime(report.period?.from),
    end: oscalTime(report.period?.to),
    props: [
      ...Object.entries(report.summary.outcomes).map(([outcome, calls]) => property(outcome, calls)),
      property('expectations-met', report.summary.expectations.met),
      property('expectations-missed', report.summary.expectations.missed),
    ],
    'local-definitions': {
      ...(policies.length === 0 ? {} : { components: components(report, policies, links) }),
      'assessment-assets': {
        components: [
          {
            uuid: links.tool,
            type: 'software',
            title: 'Benchbook',
            description: 'Decides recorded calls by the policies and counts what they exercise.',
            status: { state: 'operational' },
          },
        ],
        'assessment-platforms': [{ uuid: contentUuid(seed, 'platform'), title: 'benchbook replay' }],
      },
    },
    'reviewed-controls': reviewedControls(assessed),
    ...(policies.length === 0
      ? {}
      : { observations: policies.map((one) => observation(one, report, links)) }),
    ...(assessed.length === 0
      ? {}
      : { findings: assessed.map((one) => finding(one, seed, links, observed)) }),
  };
}

function reviewedControls(assessed: readonly Assessed[]) {
  if (assessed.length === 0)
    return {
      'control-selections': [
        { description: 'All of none: no policy is mapped to a provision.', 'include-all': {} },
      ],
    };
  const controls = [...new Set(assessed.map((one) => one.ids.control))];
  return {
    'control-selections': [
      {
        description: 'Provisions inside the profile that policies are mapped to.',
        'include-controls': controls.map((id) => ({ 'control-id': id })),
      },
    ],
    'control-objective-selections': [
      { 'include-objectives': assessed.map((one) => ({ 'objective-id': one.ids.objective })) },
    ],
  };
}
