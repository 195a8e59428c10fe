import type { ControlTag } from '@benchbook/model';
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
]);

/** `14(1)`, `14(4)(d)`, `ASI02`, `2025:LLM06`, `GOVERN 1.1`, `A.6.2.4`, `AML.T0051`, `73(6)/1`. */
const PROVISION = /^(?=.*\d)[A-Za-z0-9][\w .-]{0,40}(?:\([0-9A-Za-z]{1,6}\)){0,4}(?:\/\d{1,3})?$/;
const EDITION = /^@?([\w.-]{1,40}):/;

/** The controls that a policy's annotations name, in order. Any key may be a company's own framework. */
export function controlsOf(statement: Statement, file: string): ControlTag[] {
  return statement.annotations.flatMap((annotation) => controlsOfAnnotation(annotation, file));
}

function controlsOfAnnotation(annotation: Annotation, file: string): ControlTag[] {
  const { key, valueRange } = annotation;
  if (!valueRange || OWN_WORDS.has(key)) return [];
  const parts = partsOf(annotation.value);
  const isKnown = KNOWN_FRAMEWORKS.has(key);
  if (!isKnown && !parts.every(({ text }) => PROVISION.test(text.replace(EDITION, '')))) return [];
  return parts.map(({ text, start }) => {
    const edition = EDITION.exec(text);
    return {
      framework: key.replaceAll('_', '-'),
      ...(edition ? { edition: edition[1]! } : {}),
      id: edition ? text.slice(edition[0].length).trim() : text,
      file,
      range: annotation.isPlain
        ? { start: valueRange.start + start, end: valueRange.start + start + text.length }
        : valueRange,
    };
  });
}

/** Comma-separated parts, trimmed, empty ones dropped, each with its offset in `value`. */
function partsOf(value: string): { text: string; start: number }[] {
  return [...value.matchAll(/[^,]+/g)].flatMap((match) => {
    const text = match[0].trim();
    return text ? [{ text, start: match.index + match[0].indexOf(text) }] : [];
  });
}
