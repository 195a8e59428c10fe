import type { ControlTag, SourceFile, TextRange } from '@benchbook/model';
import { isScalar, isSeq, type Node } from 'yaml';
import type { Findings } from './nodes.ts';
import { parseYaml } from './read-policy.ts';
import { type Field, YamlReader } from './yaml-reader.ts';

const REFERENCE = /^([a-z0-9][a-z0-9-]*)(?:@([A-Za-z0-9.-]+))?:(\S.*)$/;

/** A reference such as `eu-ai-act@2026-07-27:14(4)(d)`; null where the text is none. */
function parseReference(text: string, file: string, range: TextRange): ControlTag | null {
  const parts = REFERENCE.exec(text.trim());
  if (!parts) return null;
  const [, framework = '', edition, id = ''] = parts;
  return { framework, ...(edition !== undefined && { edition }), id: id.trim(), file, range };
}

/**
 * The controls named by `# @controls a:1, b:2` (in a `.cel` file after `//`) in the comment lines directly above a
 * case, whose first line is the one that holds offset `at`.
 */
export function controlsAbove(text: string, file: string, at: number, findings: Findings): ControlTag[] {
  const tags: ControlTag[] = [];
  let lineStart = text.lastIndexOf('\n', at - 1) + 1;
  while (lineStart > 0) {
    const start = text.lastIndexOf('\n', lineStart - 2) + 1;
    const line = text.slice(start, lineStart - 1);
    if (!/^\s*(?:#|\/\/)/.test(line)) break;
    const marker = /@controls\b/.exec(line);
    if (marker) {
      const from = marker.index + marker[0].length;
      tags.unshift(...readList(line.slice(from), start + from, file, findings));
    }
    lineStart = start;
  }
  return tags;
}

/** Splits at commas outside parentheses. */
function readList(list: string, offset: number, file: string, findings: Findings): ControlTag[] {
  const tags: ControlTag[] = [];
  for (const part of list.matchAll(/(?:[^,()]|\([^()]*\))+/g)) {
    const reference = part[0].trim();
    if (reference === '') continue;
    const start = offset + part.index + part[0].indexOf(reference);
    const range = { start, end: start + reference.length };
    const tag = parseReference(reference, file, range);
    if (tag) tags.push(tag);
    else unreadable(reference, range, findings);
  }
  return tags;
}

function unreadable(reference: string, range: TextRange, findings: Findings): void {
  const message = `\`${reference.slice(0, 80)}\` is no control: write FRAMEWORK:ID, as in eu-ai-act:14(4)(d)`;
  findings.add('cel-control-error', message, range, { severity: 'warning' });
}

/** The controls of a sidecar file, by rule id or case name. */
export interface Sidecar {
  readonly tags: ReadonlyMap<string, { readonly tags: readonly ControlTag[]; readonly range: TextRange }>;
}

/**
 * Reads `NAME.controls.yaml`: for each rule id, or `rule/case`, a list of references, or lists of ids by
 * framework.
 */
export function readSidecar(file: SourceFile, findings: Findings): Sidecar {
  const tags = new Map<string, { tags: ControlTag[]; range: TextRange }>();
  const document = parseYaml(file.text, findings);
  const reader = new YamlReader(file.text, findings);
  const contents = (document?.contents ?? null) as Node | null;
  const fields = document && contents ? reader.anyFields(contents, 'a controls file') : [];
  for (const field of fields ?? []) {
    tags.set(field.key, { tags: readEntry(field, reader, file.path), range: field.keyRange });
  }
  return { tags };
}

function readEntry(field: Field, reader: YamlReader, file: string): ControlTag[] {
  const { value } = field;
  if (isSeq(value) || isScalar(value)) return readReferences(field, '', reader, file);
  return (reader.anyFields(value, `\`${field.key}\``) ?? []).flatMap((framework) =>
    readReferences(framework, `${framework.key}:`, reader, file),
  );
}

function readReferences(field: Field, prefix: string, reader: YamlReader, file: string): ControlTag[] {
  const items = isSeq(field.value) ? (field.value.items as Node[]) : [field.value];
  const tags: ControlTag[] = [];
  for (const item of items) {
    const range = reader.range(item) ?? field.keyRange;
    const text = isScalar(item) ? (item.source ?? String(item.value)) : '';
    const tag = parseReference(prefix + text, file, range);
    if (tag) tags.push(tag);
    else unreadable(prefix + text, range, reader.findings);
  }
  return tags;
}
