import { canonicalJson, digest, type Policy } from '@benchbook/model';
import type { Outline } from '../conditions/outline.ts';
import type { PolicyAnalysis } from '../policies/analysis.ts';
import type { TemplateLink } from '../policies/links.ts';
import type { ParsedPolicy } from '../policies/parse.ts';
import type { Statement } from '../policies/split.ts';
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
  /** Digest of everything but the policy itself that its decisions depend on. */
  readonly environment: string;
  readonly mentions: (analysis: PolicyAnalysis) => readonly string[];
}

/** A static policy as a member. */
export function staticMember(parsed: ParsedPolicy, file: string, context: MemberContext): SetMember {
  return member(parsed, parsed.name, file, parsed.statement.range, null, parsed.analysis, context);
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
  { mapping, environment, mentions }: MemberContext,
): SetMember {
  const values = link ? [...link.values].map(([slot, uid]) => `${slot}=${uidKey(uid)}`).sort() : [];
  const what = [parsed.effect, ruleText(parsed.statement), ...values, environment];
  return {
    policy: {
      id: `${file}#${name}`,
      name,
      file,
      language: 'cedar',
      effect: parsed.effect,
      range,
      digest: digest(canonicalJson(what)),
      reads: readsOf(analysis, mapping),
      controls: parsed.controls,
      ...(parsed.exemption ? { exemption: parsed.exemption } : {}),
      mentions: mentions(analysis),
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

/** The rule without annotations, comments and layout: what stays equal when only those change. */
function ruleText({ text, tokens, bodyStart }: Statement): string {
  return tokens
    .slice(bodyStart)
    .map(({ start, end }) => text.slice(start, end))
    .join(' ');
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
