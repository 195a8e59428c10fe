import type { ControlReport } from '@benchbook/model';
import { markdownCode, markdownText } from '../format/markdown.ts';
import { contentUuid } from '../format/uuid.ts';
import type { Links } from './evidence.ts';
import type { OscalIds } from './ids.ts';
import { property } from './text.ts';

/** A provision with the ids it goes by. */
export type Assessed = ControlReport & { readonly ids: OscalIds };

/** The objective that is checked, told in full, so that nobody takes it for the provision. */
export function localObjective(one: Assessed) {
  return {
    'control-id': one.ids.control,
    description: `What recorded calls can show for ${markdownCode(one.ref)}.`,
    props: [property('reference', one.ref), property('grade', one.grade)],
    parts: [
      {
        name: 'objective',
        ns: 'urn:benchbook:oscal',
        title: one.title === '' ? markdownCode(one.ref) : markdownText(one.title),
        props: [property('objective-id', one.ids.objective)],
        prose:
          'An enforced policy that serves the provision applied to at least one recorded call, and was reached by at least one without applying, in known outcomes; the grade of the mapping is not context.',
      },
    ],
  };
}

/** Whether the objective is met. The provision itself is nothing that this can tell. */
export function finding(one: Assessed, seed: string, links: Links, observed: ReadonlySet<string>) {
  const related = one.policies.filter((id) => observed.has(id));
  const missing = one.missing.map(markdownText).join(' ');
  return {
    uuid: contentUuid(seed, 'finding', one.ref, one.ids.objective),
    title: `${markdownCode(one.ref)}: technical check`,
    description: one.evidenced
      ? 'A policy that serves it was exercised on both sides by recorded calls.'
      : `Evidence is missing. ${missing || 'No policy that serves it was exercised on both sides.'}`,
    props: [
      property('reference', one.ref),
      property('grade', one.grade),
      property('determined', one.determined),
      property('applied', one.applied),
      property('silent', one.silent),
      ...(one.appliesFrom === null ? [] : [property('applies-from', one.appliesFrom)]),
    ],
    target: {
      type: 'objective-id',
      'target-id': one.ids.objective,
      status: one.evidenced
        ? { state: 'satisfied', reason: 'pass' }
        : { state: 'not-satisfied', reason: 'other' },
    },
    ...(related.length === 0
      ? {}
      : { 'related-observations': related.map((id) => ({ 'observation-uuid': links.observation(id) })) }),
  };
}
