import type { Comparison, Effect, Facts, Outcome, Policy, PolicySet, SetDecision } from '@benchbook/model';

/** A rule of a table set: says `outcome` where `when` holds. The strongest of those that hold decides. */
export interface TableRule {
  readonly name: string;
  readonly outcome: Outcome;
  readonly reads?: readonly string[];
  readonly when: (facts: Facts) => boolean;
  readonly effect?: Effect;
  readonly mentions?: readonly string[];
  readonly comparison?: Comparison;
  /** The condition belongs to no single policy. */
  readonly shared?: true;
}

/** The smallest language there is: a table of rules, deny over escalate over allow, silent without a match. */
export function tableSet(id: string, rules: readonly TableRule[]): PolicySet {
  const policies = rules.map(
    (rule, index): Policy => ({
      id: `${id}#${rule.name}`,
      name: rule.name,
      file: id,
      language: 'cel',
      effect: rule.effect ?? null,
      range: { start: index, end: index + 1 },
      digest: rule.name,
      reads: rule.reads ?? [],
      controls: [],
      mentions: rule.mentions ?? [],
    }),
  );
  const decideWith = (holds: readonly boolean[]): SetDecision => {
    const order: Outcome[] = ['deny', 'indeterminate', 'escalate', 'allow'];
    const outcome = order.find((word) => rules.some((rule, i) => holds[i] && rule.outcome === word)) ?? null;
    const determining = rules.flatMap((rule, i) => (holds[i] && rule.outcome === outcome ? [i] : []));
    return {
      outcome,
      basis: outcome ? 'determined' : 'defaulted',
      determining,
      reasons: determining.map((i) => rules[i]!.name),
      obligations: [],
      errors: [],
    };
  };
  const requests = new WeakMap<object, readonly Facts[]>();
  const holdsOf = (key: object, row: number) => rules.map((rule) => rule.when(requests.get(key)![row]!));
  return {
    id,
    language: 'cel',
    policies,
    conditions: rules.map((rule, policy) => ({
      file: rule.shared ? 'shared' : id,
      range: { start: policy, end: policy + 1 },
      policy: rule.shared ? null : policy,
      parent: null,
      ...(rule.comparison && { comparison: rule.comparison }),
    })),
    statements: [],
    digest: id,
    reads: [...new Set(policies.flatMap((policy) => policy.reads))],
    canAllow: true,
    prepare(facts) {
      const prepared = { length: facts.length, missing: () => [] };
      requests.set(prepared, facts);
      return prepared;
    },
    decide: (prepared, row) => decideWith(holdsOf(prepared, row)),
    observe: (prepared, row) => ({
      states: holdsOf(prepared, row).map((holds) => (holds ? ('applied' as const) : ('silent' as const))),
    }),
    cover: (prepared, row) => ({
      conditions: holdsOf(prepared, row).map((holds) => (holds ? ('true' as const) : ('false' as const))),
      statements: [],
    }),
    alternatives(prepared, row, open) {
      const holds = holdsOf(prepared, row);
      const all = [decideWith(holds)];
      for (let bits = 0; bits < 1 << open.length; bits++) {
        all.push(
          decideWith(
            holds.map((held, i) => (open.includes(i) ? Boolean(bits & (1 << open.indexOf(i))) : held)),
          ),
        );
      }
      return all;
    },
  };
}
