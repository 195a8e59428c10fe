import {
  type Catalog,
  type ControlContext,
  type ControlDescription,
  describeControl,
  unexecutedClauses,
} from '@benchbook/controls';
import type { ControlReport, Policy, PolicyReport, PolicySet, UnexecutedClause } from '@benchbook/model';
import type { Exercise } from '../coverage/exercise.ts';
import { compare } from '../order.ts';

/** The controls that policies name, resolved once for the whole report. */
export interface ControlIndex {
  refsOf(policy: Policy): readonly string[];
  /** One entry per control, by framework and provision. */
  report(policies: readonly PolicyReport[], sets: readonly PolicySet[], exercise: Exercise): ControlReport[];
  /** Clauses of the company's catalogs that no policy names. */
  unexecuted(company: readonly Catalog[]): readonly UnexecutedClause[];
}

/** Starts empty; `refsOf` fills it. */
export function controlIndex(context: ControlContext): ControlIndex {
  const found = new Map<string, ControlDescription>();
  return {
    refsOf(policy) {
      const refs = policy.controls.map((tag) => {
        const control = describeControl(tag, context);
        found.set(control.ref, control);
        return control.ref;
      });
      return [...new Set(refs)].sort(compare);
    },
    report(policies, sets, exercise) {
      return [...found]
        .sort(([a], [b]) => compare(a, b))
        .map(([ref, control]) => {
          const serving = policies.filter((policy) => policy.controls.includes(ref));
          const sides = sidesOf(serving, sets, exercise);
          return {
            ref,
            title: control.title,
            grade: control.grade,
            policies: serving.map(({ id }) => id),
            determined: serving.reduce((sum, policy) => sum + policy.determined, 0),
            evidenced: sides.both && control.grade !== 'context' && control.known,
            framework: control.framework,
            edition: control.edition,
            id: control.id,
            frameworkTitle: control.frameworkTitle,
            appliesFrom: control.appliesFrom,
            layers: control.layers,
            applied: sides.applied,
            silent: sides.silent,
            folded: control.folded,
            missing: missingEvidence(control, serving, sides),
          };
        });
    },
    unexecuted: (company) => unexecutedClauses(company, found.keys()),
  };
}

/** Calls with a known outcome on the two sides of the enforced policies that serve a control. */
interface Sides {
  readonly enforced: number;
  readonly applied: number;
  readonly silent: number;
  /** One policy was seen on both sides. */
  readonly both: boolean;
}

function sidesOf(serving: readonly PolicyReport[], sets: readonly PolicySet[], exercise: Exercise): Sides {
  const enforced = new Set(serving.filter(({ mode }) => mode === 'enforce').map(({ id }) => id));
  let applied = 0;
  let silent = 0;
  let both = false;
  for (const set of sets) {
    const { policies } = exercise.of(set);
    set.policies.forEach(({ id }, index) => {
      if (!enforced.has(id)) return;
      const { knownApplied, knownSilent } = policies[index]!;
      applied += knownApplied;
      silent += knownSilent;
      both ||= knownApplied > 0 && knownSilent > 0;
    });
  }
  return { enforced: enforced.size, applied, silent, both };
}

/** A sentence for each thing that keeps a control from being evidenced. */
function missingEvidence(
  control: ControlDescription,
  serving: readonly PolicyReport[],
  { enforced, applied, silent, both }: Sides,
): string[] {
  const missing: string[] = [];
  if (!control.known) missing.push('No catalog knows it: correct the reference.');
  if (control.grade === 'context')
    missing.push('It is of grade context: a policy alone is no evidence for it, whatever it decides.');
  if (control.grade === 'partial')
    missing.push(
      'It is of grade partial: what people and the organisation do for it must be shown elsewhere.',
    );
  if (enforced === 0) {
    const audited = serving.map(({ id }) => id).join(', ');
    missing.push(`No policy that serves it is enforced (${audited} in audit mode).`);
  } else if (!both) {
    if (applied === 0) missing.push('No recorded call on which a policy that serves it applied.');
    if (silent === 0)
      missing.push('No recorded call that reached a policy that serves it without its applying.');
    if (applied > 0 && silent > 0)
      missing.push('No single policy that serves it was seen both to apply and not to apply.');
  }
  return missing;
}
