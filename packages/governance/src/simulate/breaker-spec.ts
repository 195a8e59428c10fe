import type { BreakerRule } from '@benchbook/model';
import { durationOf } from './duration.ts';

const COUNTS = ['violations', 'calls', 'sum'] as const;
const PER = ['agent', 'user', 'tool'] as const;
const EXAMPLE = 'id=orders,count=calls,tools=create_order,per=agent,limit=100,window=1h';

/** Reads `id=orders,count=calls,tools=create_*|sweep,per=agent,limit=100,window=1h`; a sum needs `pointer=/args/amount`. */
export function parseBreaker(text: string): BreakerRule | { readonly error: string } {
  const members = new Map<string, string>();
  for (const part of text.split(',')) {
    const at = part.indexOf('=');
    if (at < 1) return { error: `'${part}' is no part of a breaker; write ${EXAMPLE}` };
    members.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  const known = ['id', 'count', 'tools', 'per', 'limit', 'window', 'pointer'];
  const unknown = [...members.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) return { error: `a breaker has no '${unknown}'; it has ${known.join(', ')}` };
  const count = COUNTS.find((one) => one === (members.get('count') ?? 'calls'));
  const per = PER.find((one) => one === (members.get('per') ?? 'agent'));
  const limit = Number(members.get('limit') ?? Number.NaN);
  const window = durationOf(members.get('window') ?? '1h');
  const pointer = members.get('pointer');
  if (!count) return { error: `a breaker counts ${COUNTS.join(', ')}` };
  if (!per) return { error: `a breaker is per ${PER.join(', ')}` };
  if (!Number.isFinite(limit) || limit < 0) return { error: `a breaker needs a limit; write ${EXAMPLE}` };
  if (window === undefined || window <= 0) return { error: "a breaker's window is a time such as 10m or 1h" };
  if (count === 'sum' && !pointer?.startsWith('/'))
    return { error: 'a breaker that sums needs pointer=/args/NAME' };
  const tools = members
    .get('tools')
    ?.split('|')
    .filter((tool) => tool !== '');
  return {
    id: members.get('id') || `${count}-per-${per}`,
    count,
    per,
    limit,
    windowMinutes: window / 60_000,
    ...(pointer !== undefined && { pointer }),
    ...(tools && tools.length > 0 && { tools }),
  };
}
