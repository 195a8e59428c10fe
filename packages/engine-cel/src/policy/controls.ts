import type { ControlExemption, ControlTag, SourceFile, TextRange } from '@benchbook/model';
import { isScalar, isSeq, type Node } from 'yaml';
import type { Findings } from './nodes.ts';
import { parseYaml } from './read-policy.ts';
import { parseNone, parseReference, readReferences, unreadable } from './references.ts';
import { type Field, YamlReader } from './yaml-reader.ts';

/** What an author says of the controls of a policy. */
export interface ControlNotes {
  readonly tags: readonly ControlTag[];
  /** Present where the author opted out. */
  readonly exemption?: ControlExemption;
}

/** Joins notes; of several exemptions the first stands. */
export function joinNotes(notes: readonly ControlNotes[]): ControlNotes {
  const exemption = notes.find((note) => note.exemption)?.exemption;
  return { tags: notes.flatMap(({ tags }) => tags), ...(exemption && { exemption }) };
}

/**
 * What `# @controls a:1, b:2` or `# @controls none: reason` (in a `.cel` file after `//`) says in the comment lines
 * directly above a case, whose first line is the one that holds offset `at`.
 */
export function controlsAbove(text: string, file: string, at: number, findings: Findings): ControlNotes {
  const notes: ControlNotes[] = [];
  let lineStart = text.lastIndexOf('\n', at - 1) + 1;
  while (lineStart > 0) {
    const start = text.lastIndexOf('\n', lineStart - 2) + 1;
    const line = text.slice(start, lineStart - 1);
    if (!/^\s*(?:#|\/\/)/.test(line)) break;
    const marker = /@controls\b/.exec(line);
    if (marker) {
      const from = marker.index + marker[0].length;
      notes.unshift(readLine(line.slice(from), start + from, file, findings));
    }
    lineStart = start;
  }
  return joinNotes(notes);
}

function readLine(line: string, offset: number, file: string, findings: Findings): ControlNotes {
  const reason = parseNone(line);
  if (reason === null) return { tags: readReferences(line, offset, file, findings) };
  const start = offset + line.length - line.trimStart().length;
  return { tags: [], exemption: { reason, file, range: { start, end: start + line.trim().length } } };
}

/** The controls of a sidecar file, by rule id or case name. */
export interface Sidecar {
  readonly notes: ReadonlyMap<string, { readonly notes: ControlNotes; readonly range: TextRange }>;
}

/**
 * Reads `NAME.controls.yaml`: for each rule id, or `rule/case`, a list of references, or lists of ids by
 * framework, or `none` with a reason.
 */
export function readSidecar(file: SourceFile, findings: Findings): Sidecar {
  const notes = new Map<string, { notes: ControlNotes; range: TextRange }>();
  const document = parseYaml(file.text, findings);
  const reader = new YamlReader(file.text, findings);
  const contents = (document?.contents ?? null) as Node | null;
  const fields = document && contents ? reader.anyFields(contents, 'a controls file') : [];
  for (const field of fields ?? []) {
    notes.set(field.key, { notes: readEntry(field, reader, file.path), range: field.keyRange });
  }
  return { notes };
}

function readEntry(field: Field, reader: YamlReader, file: string): ControlNotes {
  const { value } = field;
  if (isSeq(value) || isScalar(value)) return readItems(field, '', reader, file);
  const frameworks = reader.anyFields(value, `\`${field.key}\``) ?? [];
  return joinNotes(
    frameworks.map((framework) =>
      framework.key === 'none'
        ? exempt(textOf(framework.value), framework, reader, file)
        : readItems(framework, `${framework.key}:`, reader, file),
    ),
  );
}

function exempt(reason: string, field: Field, reader: YamlReader, file: string): ControlNotes {
  const range = reader.range(field.value) ?? field.keyRange;
  return { tags: [], exemption: { reason: reason.trim(), file, range } };
}

function readItems(field: Field, prefix: string, reader: YamlReader, file: string): ControlNotes {
  const items = isSeq(field.value) ? (field.value.items as Node[]) : [field.value];
  return joinNotes(
    items.map((item): ControlNotes => {
      const range = reader.range(item) ?? field.keyRange;
      const text = textOf(item);
      const reason = prefix === '' ? parseNone(text) : null;
      if (reason !== null) return { tags: [], exemption: { reason, file, range } };
      const tag = parseReference(prefix + text, file, range);
      if (!tag) unreadable(prefix + text, range, reader.findings);
      return { tags: tag ? [tag] : [] };
    }),
  );
}

/** A scalar as written; `''` where there is none. */
function textOf(node: Node | null): string {
  return isScalar(node) && node.value !== null ? (node.source ?? String(node.value)) : '';
}
