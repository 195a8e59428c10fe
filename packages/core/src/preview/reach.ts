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
  const touched = touchedOf(now, old);
  const gone = touchedOf(old, now);
  if (touched.length + gone.length === 0) return () => false;

  const tools = new Set<string>();
  for (let call = 0; call < held.length; call++) tools.add(held.call(call).tool.name);
  const named = new Set<string>();
  for (const { policy } of [...touched, ...gone]) {
    const known = policy.mentions.filter((one) => tools.has(one));
    // One that singles no recorded tool out may decide any.
    if (known.length === 0) return () => true;
    for (const one of known) named.add(one);
  }
  const places = placesOf(before, new Set(gone.map(({ policy }) => policy.id)));
  const decidedBefore = (call: number): boolean =>
    before.of(call)?.wouldBe.answers.some(({ set, answer }) => {
      const { states } = answer.observe();
      return places.get(set.id)?.some((index) => states[index] === 'applied') === true;
    }) === true;
  return (tool, call) => named.has(tool) || decidedBefore(call);
}

/** A policy with its source. */
interface Written {
  readonly policy: Policy;
  readonly text: string;
}

function policiesOf({ policies, texts }: PreparedWorkspace): Written[] {
  return policies.everything.flatMap((set) =>
    set.policies.map((policy) => {
      const { start, end } = policy.range;
      return { policy, text: texts(policy.file).text.slice(start, end) };
    }),
  );
}

/**
 * Those that are not among `others` as they are: those that were edited themselves, if there are any, else those
 * that decide otherwise for what they depend on. (Where the first match decides, an edit touches all that follow.)
 */
function touchedOf(policies: readonly Written[], others: readonly Written[]): Written[] {
  const same = new Set(others.map(({ policy }) => `${policy.id}\u0000${policy.digest}`));
  const touched = policies.filter(({ policy }) => !same.has(`${policy.id}\u0000${policy.digest}`));
  const texts = new Map(others.map(({ policy, text }) => [policy.id, text]));
  const edited = touched.filter(({ policy, text }) => texts.get(policy.id) !== text);
  return edited.length > 0 ? edited : touched;
}

/** Where policies stand, by set. */
function placesOf({ prepared }: Version, ids: ReadonlySet<string>): ReadonlyMap<string, readonly number[]> {
  return new Map(
    prepared.policies.everything.map((set) => [
      set.id,
      set.policies.flatMap(({ id }, index) => (ids.has(id) ? index : [])),
    ]),
  );
}
