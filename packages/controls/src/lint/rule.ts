import type { ControlTag, Severity, TextRange } from '@benchbook/model';
import type { ControlProfile } from '../describe/profile.ts';
import { quote } from '../text/quote.ts';
import type { Exercised, LintPolicy } from './input.ts';
import type { LintRun, PolicyView, TagView } from './view.ts';

/** One finding of a rule, at a tag or at the policy. */
export interface Finding {
  readonly at: { readonly file: string; readonly range: TextRange };
  readonly message: string;
  /** The rule's own where absent. */
  readonly severity?: Severity;
}

/** A policy in short, for the page of a rule and its test. */
export interface RuleExample {
  /** References as written, `framework[@edition]:id`, a label after the id in quotes. */
  readonly controls: readonly string[];
  readonly effect?: LintPolicy['effect'];
  readonly mode?: LintPolicy['mode'];
  readonly layer?: LintPolicy['layer'];
  readonly text?: string;
  /** Reason of an opt-out; an empty text is one without a reason. */
  readonly exemption?: string;
  readonly exercised?: Exercised;
  /** The manifest's `controls` and `profile`. */
  readonly editions?: readonly string[];
  readonly profile?: ControlProfile;
}

/** A rule of the lint: what it is for, what it says, and how it looks. */
export interface ControlRule {
  readonly code: `ctl/${string}`;
  readonly severity: Severity;
  /** What is wrong, a sentence. */
  readonly summary: string;
  /** Why that matters, a sentence or two. */
  readonly why: string;
  /** What it finds, and the same policy put right. */
  readonly bad: RuleExample;
  readonly good: RuleExample;
  /** What it says of `bad`. */
  readonly message: string;
  check(view: PolicyView, run: LintRun): readonly Finding[];
}

/** A finding at a tag's own place. */
export function atTag(tag: ControlTag, message: string, severity?: Severity): Finding {
  const at = { file: tag.file, range: tag.range };
  return severity ? { at, message, severity } : { at, message };
}

/** A tag's reference for messages, without its edition. */
export function nameOf({ control }: Pick<TagView, 'control'>): string {
  return quote(`${control.framework}:${control.id}`);
}
