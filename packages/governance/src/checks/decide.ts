import { type ControlContext, describeControl } from '@benchbook/controls';
import type { Facts, Obligation, Policy, PolicySet, SetDecision } from '@benchbook/model';
import { checkIdOf, type LoadedChecks } from './load.ts';

/** What one check says against an agent. */
export interface Objection {
  /** The check, and the policy of it that speaks. */
  readonly check: string;
  readonly policy: string;
  readonly kind: 'deny' | 'escalate' | 'broken';
  readonly message: string;
  readonly controls: readonly string[];
  /** Member of the card that it is about; null: the card. */
  readonly member: string | null;
}

/** What the checks say of one agent. */
export interface Verdicts {
  readonly objections: readonly Objection[];
  /** Ids of all checks that were asked, sorted. */
  readonly asked: readonly string[];
}

/** Longest message; a team's check may put anything into its reason. */
const MAX_MESSAGE = 1_000;

/** Asks every check about one agent. A check that cannot be decided is an objection. */
export function decideChecks(checks: LoadedChecks, facts: Facts, controls: ControlContext): Verdicts {
  const asked = new Set(checks.sets.flatMap(({ policies }) => policies.map(checkIdOf)));
  const objections = checks.sets.flatMap((set) => {
    const decision = set.decide(set.prepare([facts]), 0);
    return objectionsOf(set, decision, (policy) => ({
      check: policy ? checkIdOf(policy) : set.id,
      policy: policy ? nameOf(policy, checks) : set.id,
      controls: policy ? refsOf(policy, controls) : [],
    }));
  });
  return { objections, asked: [...asked].sort() };
}

function objectionsOf(
  set: PolicySet,
  decision: SetDecision,
  about: (policy: Policy | undefined) => Pick<Objection, 'check' | 'policy' | 'controls'>,
): Objection[] {
  const { outcome, basis, determining, reasons, obligations } = decision;
  const broken = decision.errors.map(({ policy, message }): Objection => {
    const at = set.policies.find(({ id }) => id === policy) ?? set.policies[0];
    return {
      ...about(at),
      kind: 'broken',
      message: cut(`the check could not be decided: ${message}`),
      member: null,
    };
  });
  if (outcome === 'indeterminate' && broken.length === 0)
    return [{ ...about(set.policies[0]), kind: 'broken', message: 'the check gave no answer', member: null }];
  if (outcome !== 'deny' && outcome !== 'escalate') return broken;
  const member = memberOf(obligations);
  if (basis === 'defaulted') {
    // Nothing forbids, and a set without permits has nothing more to say.
    if (!set.canAllow) return broken;
    const message = 'the check allows nothing here: no permit of it holds';
    return [...broken, { ...about(set.policies[0]), kind: outcome, message, member }];
  }
  const speaking = determining.map((index) => set.policies[index]!);
  const paired = speaking.length === reasons.length;
  return [
    ...broken,
    ...speaking.map((policy, index): Objection => {
      const reason = paired ? reasons[index]! : reasons.join('; ');
      return {
        ...about(policy),
        kind: policy.effect === 'escalate' ? 'escalate' : outcome,
        message: cut(reason === '' ? `${policy.name} objects and gives no reason` : reason),
        member,
      };
    }),
  ];
}

/** `owner/missing` for a built-in check; a team's own by its full id. */
function nameOf({ id, name, file }: Policy, { isBuiltin }: LoadedChecks): string {
  return isBuiltin(file) ? name : id;
}

function refsOf(policy: Policy, context: ControlContext): string[] {
  return [...new Set(policy.controls.map((tag) => describeControl(tag, context).ref))].sort();
}

/** `{ type: at, member }`: where in the card a finding belongs. */
function memberOf(obligations: readonly Obligation[]): string | null {
  for (const { type, member } of obligations)
    if (type === 'at' && typeof member === 'string') return member.slice(0, 200);
  return null;
}

function cut(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE)}…` : line;
}
