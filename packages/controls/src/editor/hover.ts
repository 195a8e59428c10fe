import type { ControlTag, TextRange } from '@benchbook/model';
import { type ControlContext, describeLocated, locateIn } from '../describe/describe.ts';
import { verdictOn } from '../lint/verdict.ts';
import type { LocatedControl, TagReference } from '../reference/resolve.ts';
import { escapeMarkdown, markdownLink } from '../text/markdown.ts';

/** What an editor shows over a tag. */
export interface ControlHover {
  readonly file: string;
  readonly range: TextRange;
  /** Markdown. */
  readonly contents: string;
}

/** Says over a tag what the control is, whom and from when it binds, and what would show it. */
export function hoverControl(tag: ControlTag, context: ControlContext): ControlHover {
  return { file: tag.file, range: tag.range, contents: controlMarkdown(tag, context) };
}

/** A control on a few lines of Markdown. */
export function controlMarkdown(tag: TagReference, context: ControlContext): string {
  const located = locateIn(tag, context);
  const control = describeLocated(located, context.profile);
  const head = `**${escapeMarkdown(control.ref)}**`;
  if (!control.known) return `${head}\n\n${unknownText(located, context)}`;
  const { provision } = located.found ?? {};
  const facts = [
    `grade: ${GRADES[control.grade]}`,
    control.layers.length > 0 ? `shown at: ${control.layers.map(escapeMarkdown).join(', ')}` : '',
    control.appliesFrom === null
      ? ''
      : `applies from ${control.appliesFrom}${parenthesis(control.appliesNote)}`,
    control.folded === null ? '' : `outside this workspace's profile: ${escapeMarkdown(control.folded)}`,
    provision?.amended ? `amended: ${escapeMarkdown(provision.amended)}` : '',
    located.catalog?.document === undefined ? '' : `from ${escapeMarkdown(located.catalog.document)}`,
  ];
  return [
    `${head} ${escapeMarkdown(control.title)}`,
    markdownLink(control.frameworkTitle, provision?.source ?? ''),
    escapeMarkdown(control.summary),
    list(facts),
    control.evidence.length > 0 ? `What would show it:\n\n${list(control.evidence.map(evidenceText))}` : '',
    provision?.note ? escapeMarkdown(provision.note) : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

const GRADES = {
  direct: 'direct (a passing check shows the technical part of it)',
  partial: 'partial (a check supports it; people or processes must add to it)',
  context: 'context (a policy alone never shows it)',
  unknown: 'not stated',
} as const;

function evidenceText({ kind, check }: { readonly kind: string; readonly check: string }): string {
  return `${escapeMarkdown(kind)}: ${escapeMarkdown(check)}`;
}

function list(items: readonly string[]): string {
  return items
    .filter(Boolean)
    .map((item) => `- ${item}`)
    .join('\n');
}

function parenthesis(note: string | null): string {
  return note === null ? '' : ` (${escapeMarkdown(note)})`;
}

function unknownText(located: LocatedControl, context: ControlContext): string {
  const verdict = verdictOn(located, context);
  if (verdict.kind === 'edition-missing')
    return `Needs an edition: ${(located.catalog?.editions ?? []).map(escapeMarkdown).join(', ')}.`;
  const meant =
    'meant' in verdict && verdict.meant !== null ? ` Did you mean ${escapeMarkdown(verdict.meant)}?` : '';
  return `No catalog has this control.${meant}`;
}
