import type { ControlExemption, ControlTag } from '@benchbook/model';
import { type ControlPart, controlParts, EDITION, PROVISION } from './control-parts.ts';
import type { Annotation, Statement } from './split.ts';

/** Annotation keys that are the catalogs' own (key with underscores): any value is taken as provisions. */
const KNOWN_FRAMEWORKS: ReadonlySet<string> = new Set([
  'eu_ai_act',
  'owasp_asi',
  'owasp_llm',
  'nist_ai_rmf',
  'iso_42001',
  'imda_mgf_agentic',
  'mitre_atlas',
]);

/** Annotation keys with a meaning of their own, whatever their value looks like: never a framework. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  ...['id', 'name', 'title', 'description', 'effect', 'reason', 'advice', 'obligation', 'obligations'],
  ...['severity', 'priority', 'level', 'risk', 'tier', 'status', 'mode', 'category', 'tags', 'tag', 'kind'],
  ...['owner', 'author', 'team', 'contact', 'approver', 'reviewer', 'reviewed', 'review', 'version'],
  ...['since', 'until', 'date', 'created', 'updated', 'expires', 'deprecated', 'ticket', 'issue', 'link'],
  ...['url', 'doc', 'docs', 'see', 'source', 'comment', 'note', 'example', 'test', 'shadow_mode'],
  'controls',
]);

/** The controls that a policy's annotations name, in order. Any key may be a company's own framework. */
export function controlsOf(statement: Statement, file: string): ControlTag[] {
  return statement.annotations.flatMap((annotation) => controlsOfAnnotation(annotation, file));
}

function controlsOfAnnotation(annotation: Annotation, file: string): ControlTag[] {
  const { key, value, valueRange } = annotation;
  if (!valueRange || OWN_WORDS.has(key)) return [];
  const isKnown = KNOWN_FRAMEWORKS.has(key);
  const parts = controlParts(value, isKnown);
  if (!isKnown && !parts.every(({ id }) => PROVISION.test(id.replace(EDITION, '')))) return [];
  return parts.map((part) => tagOf(part, annotation, valueRange, file));
}

function tagOf(
  { id, start, label }: ControlPart,
  { key, isPlain }: Annotation,
  valueRange: ControlTag['range'],
  file: string,
): ControlTag {
  const edition = EDITION.exec(id);
  const place = valueRange.start + start;
  return {
    framework: key.replaceAll('_', '-'),
    ...(edition ? { edition: edition[1]! } : {}),
    id: edition ? id.slice(edition[0].length).trim() : id,
    file,
    range: isPlain ? { start: place, end: place + id.length } : valueRange,
    ...(label === null ? {} : { label }),
  };
}

/** `@controls("none: reason")`: the author says that the policy serves no control; undefined where not said. */
export function exemptionOf(statement: Statement, file: string): ControlExemption | undefined {
  for (const { key, value, range, valueRange } of statement.annotations) {
    const match = key === 'controls' ? /^\s*none\s*(?::([\s\S]*))?$/i.exec(value) : null;
    if (match) return { reason: (match[1] ?? '').trim(), file, range: valueRange ?? range };
  }
  return undefined;
}
