import type { ControlExemption, ControlTag, TextDocument, TextRange } from '@benchbook/model';
import type { AnnotationInfo } from '../toolchain/protocol.ts';
import { type LabelledId, readIds } from './label.ts';

/** The controls that a policy is tagged with, or the author's word that it serves none. */
export interface Controls {
  readonly controls: readonly ControlTag[];
  readonly exemption?: ControlExemption;
}

/**
 * The controls of an annotation chain (`custom: { controls: { eu-ai-act: ["14(4)(d)"] } }`), merged: what is said
 * closest to the clause comes first, and once. `controls: none` (or `{ none: "reason" }`) says that there are none,
 * whatever is said further out.
 */
export function controlsOf(
  notes: readonly AnnotationInfo[],
  documentOf: (file: string) => TextDocument | undefined,
): Controls {
  const tags = new Map<string, ControlTag>();
  for (const note of notes) {
    const document = documentOf(note.file);
    const written = note.custom && Object.hasOwn(note.custom, 'controls') ? note.custom.controls : undefined;
    if (!document || written === undefined) continue;
    for (const [framework, { id, label }] of references(written)) {
      const [name = '', edition] = framework.split('@', 2);
      const key = `${framework}:${id}`;
      if (tags.has(key)) continue;
      tags.set(key, {
        framework: name,
        ...(edition !== undefined && { edition }),
        id,
        file: note.file,
        range: place(document, note, framework, id),
        ...(label !== '' && { label }),
      });
    }
    const reason = reasonOf(written);
    if (reason === undefined) continue;
    if (tags.size > 0) break;
    const range = place(document, note, 'controls', 'none');
    return { controls: [], exemption: { reason, file: note.file, range } };
  }
  return { controls: [...tags.values()] };
}

function references(controls: unknown): [framework: string, id: LabelledId][] {
  if (typeof controls !== 'object' || controls === null || Array.isArray(controls)) return [];
  return Object.entries(controls).flatMap(([framework, ids]) =>
    (Array.isArray(ids) ? ids : [ids]).flatMap((entry: unknown) => {
      if (framework === 'none' || (typeof entry !== 'string' && typeof entry !== 'number')) return [];
      return readIds(String(entry)).map((id): [string, LabelledId] => [framework, id]);
    }),
  );
}

/** Why there are no controls, '' where no reason is given; undefined where nothing says so. */
function reasonOf(controls: unknown): string | undefined {
  if (typeof controls === 'string') return /^none(?:$|\s*:)\s*(.*)$/s.exec(controls.trim())?.[1];
  if (typeof controls !== 'object' || controls === null || !Object.hasOwn(controls, 'none')) return undefined;
  const reason: unknown = (controls as { none: unknown }).none;
  return typeof reason === 'string' ? reason.trim() : '';
}

/** Where the annotation names the control; all of it where the text says it in another way. */
function place(document: TextDocument, note: AnnotationInfo, framework: string, id: string): TextRange {
  const start = document.fromUtf8(note.offset);
  const end = document.fromUtf8(note.end);
  const text = document.text.slice(start, end);
  const from = Math.max(0, text.indexOf(framework));
  for (let at = text.indexOf(id, from); at >= 0; at = text.indexOf(id, at + 1)) {
    const before = text[at - 1] ?? '';
    const after = text[at + id.length] ?? '';
    if (!/[\w(.)]/.test(before) && !/[\w(.]/.test(after))
      return { start: start + at, end: start + at + id.length };
  }
  return { start, end };
}
