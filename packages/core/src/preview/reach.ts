import type { Policy } from '@benchbook/model';
import type { PreparedWorkspace } from '../prepare.ts';
import type { Steps } from './steps.ts';
import type { Version } from './version.ts';

/** Classes in the order in which they are to be decided; the first `reached` of them are those that an edit reaches. */
export interface DecidingOrder {
  readonly parts: Int32Array;
  readonly reached: number;
}

/** Calls between two steps. */
const STRIDE = 64;

/**
 * First the classes of `chosen` (a call's number), then those that policies which changed may decide now (they name
 * the tool) or decided before, then the rest; each in the order in which calls were recorded. `before` is the version
 * that was decided last.
 */
export function* decidingOrder(
  version: Version,
  before: Version | null,
  chosen: number | undefined,
): Steps<DecidingOrder> {
  const { classes, held } = version;
  const reaches = before ? reachOf(version.prepared, before) : () => false;
  const parts = new Int32Array(classes.first.length);
  const later: number[] = [];
  let reached = 0;
  const chosenPart = chosen === undefined ? -1 : classes.of[chosen]!;
  if (chosenPart >= 0) parts[reached++] = chosenPart;
  for (const [part, first] of classes.first.entries()) {
    if (part === chosenPart) continue;
    if (reaches(held.call(first).tool.name, first)) parts[reached++] = part;
    else later.push(part);
    if (part % STRIDE === 0) yield;
  }
  parts.set(later, reached);
  return { parts, reached };
}

type Reaches = (tool: string, call: number) => boolean;

function reachOf(prepared: PreparedWorkspace, before: Version): Reaches {
  const { held } = before;
  const old = policiesOf(before.prepared);
  const now = policiesOf(prepared);
  const changed = (list: readonly Policy[], others: readonly Policy[]): Policy[] => {
    const same = new Set(others.map(keyOf));
    return list.filter((policy) => !same.has(keyOf(policy)));
  };
  const gone = changed(old, now);
  const touched = [...changed(now, old), ...gone];
  if (touched.length === 0) return () => false;

  const tools = new Set<string>();
  for (let call = 0; call < held.length; call++) tools.add(held.call(call).tool.name);
  const named = new Set<string>();
  for (const { mentions } of touched) {
    const known = mentions.filter((one) => tools.has(one));
    // One that singles no recorded tool out may decide any.
    if (known.length === 0) return () => true;
    for (const one of known) named.add(one);
  }
  const ids = new Set(gone.map(({ id }) => id));
  const places = new Map(
    before.prepared.policies.everything.map((set) => [
      set.id,
      set.policies.flatMap(({ id }, index) => (ids.has(id) ? index : [])),
    ]),
  );
  const decidedBefore = (call: number): boolean =>
    before.of(call)?.wouldBe.answers.some(({ set, answer }) => {
      const { states } = answer.observe();
      return places.get(set.id)?.some((index) => states[index] === 'applied') === true;
    }) === true;
  return (tool, call) => named.has(tool) || decidedBefore(call);
}

function policiesOf({ policies }: PreparedWorkspace): Policy[] {
  return policies.everything.flatMap((set) => set.policies);
}

function keyOf({ id, digest }: Policy): string {
  return `${id}\u0000${digest}`;
}
