import type { ConditionState, Cover } from '@benchbook/model';
import type { PreparedRow } from '../request/prepare.ts';
import type { Cedar } from '../runtime/cedar.ts';
import type { ActionGroup } from '../set/groups.ts';
import type { SetMember } from '../set/member.ts';
import type { ClausePlace, Layout } from './layout.ts';
import { Probes, type Value } from './probes.ts';
import type { Tree } from './tree.ts';

/** Which probes of a group tell of one policy. */
interface PolicyPlan {
  /** Index into the set's policies. */
  readonly index: number;
  /** null: everything is in scope. */
  readonly scope: { readonly probe: number | null } | null;
  readonly clauses: readonly { readonly place: ClausePlace; readonly probes: readonly (number | null)[] }[];
}

interface Plan {
  readonly probes: Probes;
  readonly policies: readonly PolicyPlan[];
}

/** What was seen of an expression; `unseen`: no probe tells. */
type Seen = Value | 'unseen';

/** Finds out what single requests exercise: probes tell of the leaves, Cedar's short circuits are followed here. */
export class Coverer {
  readonly #cedar: Cedar;
  readonly #members: readonly SetMember[];
  readonly #layout: Layout;
  readonly #plans = new WeakMap<ActionGroup, Plan>();

  constructor(cedar: Cedar, members: readonly SetMember[], layout: Layout) {
    this.#cedar = cedar;
    this.#members = members;
    this.#layout = layout;
  }

  cover({ group, members }: PreparedRow): Cover {
    const { conditions, statements } = this.#layout;
    const cover = {
      conditions: new Array<ConditionState>(conditions.length).fill('unreached'),
      statements: new Array<boolean>(statements.length).fill(false),
    };
    if (!group.members.length) return cover;
    const { probes, policies } = this.#plan(group);
    const values = probes.ask(members);
    if (!values) return cover;
    for (const policy of policies)
      if (applies(policy, values, cover.conditions))
        cover.statements[this.#layout.members[policy.index]!.statement] = true;
    return cover;
  }

  #plan(group: ActionGroup): Plan {
    const known = this.#plans.get(group);
    if (known) return known;
    const probes = new Probes(this.#cedar, group.all.key);
    const policies = group.members.map((index): PolicyPlan => {
      const { outline, link } = this.#members[index]!;
      const slots = link?.values ?? new Map();
      return {
        index,
        scope: outline.scope === null ? null : { probe: probes.scope(outline.scope, slots) },
        clauses: this.#layout.members[index]!.clauses.map((place) => ({
          place,
          probes: place.clause.leaves.map(({ text }) => probes.expression(text)),
        })),
      };
    });
    const plan = { probes, policies };
    this.#plans.set(group, plan);
    return plan;
  }
}

/** Follows one policy as Cedar does: scope, then its clauses in order, up to the first that fails or errs. */
function applies(
  { scope, clauses }: PolicyPlan,
  values: readonly Value[],
  states: ConditionState[],
): boolean {
  if (scope && (scope.probe === null || values[scope.probe] !== 'true')) return false;
  for (const { place, probes } of clauses) {
    const seen = evaluate(place.clause.tree, (leaf) => {
      const probe = probes[leaf]!;
      const value = probe === null ? 'unseen' : values[probe]!;
      if (value !== 'unseen') states[place.first + leaf] = value;
      return value;
    });
    if (place.whole !== null && seen !== 'unseen') states[place.whole] = seen;
    if (seen !== (place.clause.kind === 'when' ? 'true' : 'false')) return false;
  }
  return true;
}

function evaluate(tree: Tree, leaf: (index: number) => Seen): Seen {
  switch (tree.kind) {
    case 'leaf':
      return leaf(tree.index);
    case 'not': {
      const seen = evaluate(tree.operand, leaf);
      return seen === 'true' ? 'false' : seen === 'false' ? 'true' : seen;
    }
    case 'if': {
      const condition = evaluate(tree.condition, leaf);
      if (condition === 'true') return evaluate(tree.positive, leaf);
      return condition === 'false' ? evaluate(tree.negative, leaf) : condition;
    }
    default: {
      const goesOn = tree.kind === 'and' ? 'true' : 'false';
      for (const operand of tree.operands) {
        const seen = evaluate(operand, leaf);
        if (seen !== goesOn) return seen;
      }
      return goesOn;
    }
  }
}
