import type { GapReport, Policy } from '@benchbook/model';
import { compare } from '../order.ts';
import { calls, type GapSources } from './sources.ts';

/** Tools that agents used and no policy mentions, and tools granted and never used. */
export function toolGaps({ sets, used, declared }: GapSources): GapReport[] {
  const policies = sets.flatMap((set) => set.policies);
  const mentioned = new Set(policies.flatMap(({ mentions }) => mentions));
  const unmentioned = used
    .filter(({ name }) => !mentioned.has(name))
    .map(
      ({ name, calls: count }): GapReport => ({
        code: 'tool-not-mentioned',
        message: `agents used ${name} on ${calls(count)}, and no policy mentions it`,
        tool: name,
      }),
    );
  const names = new Set(declared.map(({ name }) => name));
  const permits = policies.filter(({ effect }) => effect === 'permit');
  const calledTools = new Set(used.map(({ name }) => name));
  const unused = [...names]
    .filter((name) => !calledTools.has(name))
    .flatMap((name): GapReport[] => {
      const by = permits.filter((permit) => grants(permit, name, names));
      if (by.length === 0) return [];
      const message = `${name} was never used, and permits speak of it: ${by.map(({ id }) => id).join(', ')}; the grant may be more than the agents need`;
      return [{ code: 'tool-not-used', message, tool: name }];
    });
  return [...unmentioned, ...unused].sort((a, b) => compare(a.code, b.code) || compare(a.tool!, b.tool!));
}

/** A permit that mentions no tool at all grants every one. */
function grants({ mentions }: Policy, tool: string, declared: ReadonlySet<string>): boolean {
  return mentions.includes(tool) || !mentions.some((one) => declared.has(one));
}
