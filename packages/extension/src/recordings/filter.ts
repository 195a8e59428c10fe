/** The filter of the Recordings view, as text and as choices. */
import type { CallEntry, CallFilter } from '@benchbook/model';

/** Parts that a person sets; `file` and `session` belong to the tree. */
export const FACETS = ['outcome', 'tool', 'agent', 'policy'] as const;
export type Facet = (typeof FACETS)[number];

export const FACET_TITLES: { readonly [facet in Facet]: string } = {
  outcome: 'Outcome',
  tool: 'Tool',
  agent: 'Agent',
  policy: 'Policy',
};

/** `deny, tool refund, flipped`; empty where everything passes. */
export function filterText(filter: CallFilter): string {
  const parts = [
    filter.outcome,
    filter.tool !== undefined && `tool ${filter.tool}`,
    filter.agent !== undefined && `agent ${filter.agent}`,
    filter.policy !== undefined && `policy ${filter.policy}`,
    filter.flipped && 'flipped',
    filter.file !== undefined && filter.file,
    filter.session !== undefined && `session ${filter.session}`,
  ];
  return parts.filter((part) => typeof part === 'string' && part !== '').join(', ');
}

export function isFiltered(filter: CallFilter): boolean {
  return filterText(filter) !== '';
}

/** The filter with one part set, or taken off (null). */
export function withFacet(
  filter: CallFilter,
  facet: Facet | 'flipped',
  value: string | boolean | null,
): CallFilter {
  const { [facet]: _, ...rest } = filter;
  return value === null ? rest : { ...rest, [facet]: value };
}

/** What a part could be set to, with how many of these calls it lets through; the most frequent first. */
export function facetValues(calls: readonly CallEntry[], facet: Facet): { value: string; calls: number }[] {
  const counts = new Map<string, number>();
  for (const call of calls)
    for (const value of valuesOf(call, facet)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, calls]) => ({ value, calls }))
    .sort((a, b) => b.calls - a.calls || (a.value < b.value ? -1 : 1));
}

function valuesOf(call: CallEntry, facet: Facet): readonly string[] {
  if (facet === 'outcome') return [call.outcome];
  if (facet === 'tool') return [call.tool];
  if (facet === 'agent') return call.agent === null ? [] : [call.agent];
  return [...new Set([...call.determining, ...(call.because ?? [])])];
}
