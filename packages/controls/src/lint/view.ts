import type { ControlTag } from '@benchbook/model';
import { catalogsCheckedOn } from '../catalog/builtin.ts';
import type { ControlDescription } from '../describe/describe.ts';
import { describeLocated, foldingOfLocated, locateIn } from '../describe/describe.ts';
import type { Folding } from '../describe/profile.ts';
import type { LocatedControl } from '../reference/resolve.ts';
import { type DraftMeaning, draftMeaning } from './draft.ts';
import type { LintInput, LintPolicy } from './input.ts';
import { type Verdict, verdictOn } from './verdict.ts';

/** One tag with all that the rules ask of it. */
export interface TagView {
  readonly tag: ControlTag;
  readonly located: LocatedControl;
  readonly verdict: Verdict;
  /** Present where a number of the draft seems meant: what the final number says is then beside the point. */
  readonly draft?: DraftMeaning;
  readonly control: ControlDescription;
  readonly folding: Folding;
}

/** One policy with its tags held against the catalogs. */
export interface PolicyView {
  readonly policy: LintPolicy;
  readonly layer: string;
  readonly tags: readonly TagView[];
  /** Tags whose reference is right, so that its meaning can be judged. */
  readonly known: readonly TagView[];
}

/** What all policies share. */
export interface LintRun {
  readonly input: LintInput;
  readonly date: string;
  /** Some policy has a control, or the manifest names frameworks: controls are in use here. */
  readonly usesControls: boolean;
}

export function lintRun(input: LintInput): LintRun {
  return {
    input,
    date: input.date ?? catalogsCheckedOn,
    usesControls:
      input.usesControls === true ||
      input.context.editions.length > 0 ||
      input.policies.some(({ controls }) => controls.length > 0),
  };
}

export function viewPolicy(policy: LintPolicy, { input }: LintRun): PolicyView {
  const layer = policy.layer ?? 'runtime';
  const tags = policy.controls.map((tag): TagView => {
    const located = locateIn(tag, input.context);
    const text = [policy.id, tag.label ?? '', policy.text ?? ''].join('\n');
    const draft = located.catalog && draftMeaning(located.catalog, located.id, text, layer);
    return {
      tag,
      located,
      verdict: verdictOn(located, input.context),
      ...(draft ? { draft } : {}),
      control: describeLocated(located, input.context.profile),
      folding: foldingOfLocated(located, input.context.profile),
    };
  });
  return { policy, layer, tags, known: tags.filter((tag) => tag.verdict.kind === 'known' && !tag.draft) };
}
