import {
  type Diagnostic,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  type SourceFile,
  type TextRange,
} from '@benchbook/model';
import { entityOf } from '../entities/explicit.ts';
import { readJsonArray } from '../entities/json-source.ts';
import type { ParsedPolicy } from './parse.ts';
import { type EntityUid, parseUid } from './uid.ts';

/** A template with its slots filled: a policy. */
export interface TemplateLink {
  readonly name: string;
  readonly file: string;
  /** Of the link's object, in `file`. */
  readonly range: TextRange;
  readonly template: ParsedPolicy;
  readonly templateFile: string;
  /** Slot (`?principal`) -> entity. */
  readonly values: ReadonlyMap<string, EntityUid>;
}

export interface TemplateFile {
  readonly path: string;
  readonly templates: readonly ParsedPolicy[];
}

/**
 * Reads `*.links.json`: an array of links as the Cedar CLI writes them (`template_id`, `link_id`, `args` with
 * `User::"alice"`) or as in Cedar's JSON policy sets (`templateId`, `newId`, `values` with `{type, id}`).
 * A template is named by its `@id`, or `file#id` where two files have the same.
 */
export function readLinks(
  files: readonly SourceFile[],
  templateFiles: readonly TemplateFile[],
): { readonly links: readonly TemplateLink[]; readonly diagnostics: readonly Diagnostic[] } {
  const links: TemplateLink[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const report = (range: TextRange | null, message: string, code = 'cedar-link-error', fatal = true) =>
      diagnostics.push({
        code,
        severity: 'error',
        file: file.path,
        range,
        message,
        ...(fatal ? { fatal } : {}),
      });
    const { elements, problem } = readJsonArray(file.text);
    if (problem) report(problem.range, problem.message);
    const names = new Map<string, number>();
    for (const { value, range } of elements) {
      const link = readLink(value, templateFiles);
      if (typeof link === 'string') {
        report(range, link);
        continue;
      }
      const seen = (names.get(link.name) ?? 0) + 1;
      names.set(link.name, seen);
      if (seen > 1)
        report(range, `another link is called \`${link.name}\` already`, 'duplicate-policy-id', false);
      links.push({
        ...link,
        name: seen > 1 ? `${link.name}[${seen}]` : link.name,
        file: file.path,
        range,
      });
    }
  }
  return { links, diagnostics };
}

/** The link, or what is wrong with it. */
function readLink(
  value: Json,
  files: readonly TemplateFile[],
): Omit<TemplateLink, 'file' | 'range'> | string {
  if (!isObject(value)) return 'a link is an object with template_id, link_id and args';
  const templateId = text(value, 'template_id') ?? text(value, 'templateId');
  const name = text(value, 'link_id') ?? text(value, 'newId');
  if (!templateId || !name) return 'a link names its template (template_id) and itself (link_id)';
  const found = files.flatMap(({ path, templates }) =>
    templates
      .filter((template) => templateId === template.name || templateId === `${path}#${template.name}`)
      .map((template) => ({ path, template })),
  );
  const [first] = found;
  if (!first) return `no template is called \`${templateId}\``;
  if (found.length > 1)
    return `${found.length} templates are called \`${templateId}\`; write \`${first.path}#${templateId}\``;
  const values = new Map<string, EntityUid>();
  const given = getOwn(value, 'args') ?? getOwn(value, 'values');
  for (const [slot, written] of isObject(given) ? Object.entries(given) : []) {
    const uid = typeof written === 'string' ? parseUid(written) : entityOf(written, true);
    if (!uid) return `the value of ${slot} is no entity such as User::"alice"`;
    values.set(slot, uid);
  }
  const { statement } = first.template;
  const slots = new Set(
    statement.tokens
      .slice(statement.bodyStart)
      .map(({ start, end }) => statement.text.slice(start, end))
      .filter((word) => /^\?\w+$/.test(word)),
  );
  for (const slot of slots)
    if (!values.has(slot)) return `${slot} of template \`${templateId}\` has no value`;
  for (const slot of values.keys())
    if (!slots.has(slot)) return `template \`${templateId}\` has no slot ${slot}`;
  return { name, template: first.template, templateFile: first.path, values };
}

function text(object: JsonObject, key: string): string | undefined {
  const value = getOwn(object, key);
  return typeof value === 'string' ? value : undefined;
}
