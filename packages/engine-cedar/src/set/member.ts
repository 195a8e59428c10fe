import { canonicalJson, digest, type Policy } from '@benchbook/model';
import type { Outline } from '../conditions/outline.ts';
import type { PolicyAnalysis } from '../policies/analysis.ts';
import type { TemplateLink } from '../policies/links.ts';
import type { ParsedPolicy } from '../policies/parse.ts';
import type { KnownStatement } from '../policies/statement-cache.ts';
import { uidKey } from '../policies/uid.ts';
import { type CedarMapping, templateReads } from '../request/mapping.ts';

/** A policy of a set with what deciding needs of it. */
export interface SetMember {
  readonly policy: Policy;
  /** What Cedar gets; of a template for links. */
  readonly text: string;
  /** See `ParsedPolicy.insertions`. */
  readonly insertions: readonly number[];
  /** null for a static policy. */
  readonly link: TemplateLink | null;
  readonly analysis: PolicyAnalysis;
  readonly outline: Outline;
  /** Where its text stands; of the template for links. */
  readonly source: { readonly file: string; readonly offset: number };
  readonly reasons: readonly string[];
  readonly obligations: readonly string[];
}

export interface MemberContext {
  readonly mapping: CedarMapping;
  /** Digest of everything but the policy itself that its decisions, and what is told of it, depend on. */
  readonly environment: string;
  readonly mentions: (analysis: PolicyAnalysis) => readonly string[];
}

interface Remembered {
  readonly member: SetMember;
  readonly file: string;
  readonly environment: string;
}

const members = new WeakMap<ParsedPolicy, Remembered>();

/** A static policy as a member; the same as before where nothing that it depends on has changed. */
export function staticMember(parsed: ParsedPolicy, file: string, context: MemberContext): SetMember {
  const { environment } = context;
  const known = members.get(parsed);
  if (known?.file === file && known.environment === environment) return known.member;
  const made = member(parsed, parsed.name, file, parsed.statement.range, null, parsed.analysis, context);
  members.set(parsed, { member: made, file, environment });
  return made;
}

/** A link as a member. */
export function linkMember(link: TemplateLink, context: MemberContext): SetMember {
  const { template, values } = link;
  const analysis = {
    ...template.analysis,
    literals: [...template.analysis.literals, ...values.values()],
  };
  return member(template, link.name, link.file, link.range, link, analysis, context);
}

function member(
  parsed: ParsedPolicy,
  name: string,
  file: string,
  range: Policy['range'],
  link: TemplateLink | null,
  analysis: PolicyAnalysis,
  context: MemberContext,
): SetMember {
  const { digest, reads, mentions } = link
    ? meaningOf(parsed, link, analysis, context)
    : knownMeaning(parsed, analysis, context);
  return {
    policy: {
      id: `${file}#${name}`,
      name,
      file,
      language: 'cedar',
      effect: parsed.effect,
      range,
      digest,
      reads,
      controls: parsed.controls,
      ...(parsed.exemption ? { exemption: parsed.exemption } : {}),
      mentions,
    },
    text: parsed.text,
    insertions: parsed.insertions,
    link,
    analysis,
    outline: parsed.outline,
    source: { file: link?.templateFile ?? file, offset: parsed.statement.range.start },
    reasons: parsed.reasons,
    obligations: parsed.obligations,
  };
}

type Meaning = Pick<Policy, 'digest' | 'reads' | 'mentions'>;

const meanings = new WeakMap<KnownStatement, { readonly environment: string; readonly meaning: Meaning }>();

/** The same for the same text, wherever it stands. */
function knownMeaning(parsed: ParsedPolicy, analysis: PolicyAnalysis, context: MemberContext): Meaning {
  const { environment } = context;
  const known = meanings.get(parsed.known);
  if (known?.environment === environment) return known.meaning;
  const meaning = meaningOf(parsed, null, analysis, context);
  meanings.set(parsed.known, { environment, meaning });
  return meaning;
}

function meaningOf(
  parsed: ParsedPolicy,
  link: TemplateLink | null,
  analysis: PolicyAnalysis,
  { mapping, environment, mentions }: MemberContext,
): Meaning {
  const values = link ? [...link.values].map(([slot, uid]) => `${slot}=${uidKey(uid)}`).sort() : [];
  const what = [parsed.effect, parsed.known.rule, ...values, environment];
  return {
    digest: digest(canonicalJson(what)),
    reads: readsOf(analysis, mapping),
    mentions: mentions(analysis),
  };
}

/** JSON Pointers into the facts that a policy may read, sorted. */
function readsOf({ uses, contextPaths }: PolicyAnalysis, mapping: CedarMapping): string[] {
  const reads = new Set<string>();
  const add = (pointers: readonly string[]) => {
    for (const pointer of pointers) reads.add(pointer);
  };
  if (uses.principal) {
    add(mapping.principal.reads);
    if (mapping.attributes !== null) add(templateReads(mapping.attributes, []));
  }
  if (uses.principalParents) for (const parent of mapping.parents) add(parent.reads);
  if (uses.principalTags && mapping.tags !== null) add(templateReads(mapping.tags, []));
  if (uses.resource) add(mapping.resource.reads);
  // Types of arguments come with the tool: whatever reads the context reads the action too.
  if (uses.action || contextPaths.length) add(mapping.action.reads);
  for (const path of contextPaths) add(templateReads(mapping.context, path));
  return [...reads].sort();
}
