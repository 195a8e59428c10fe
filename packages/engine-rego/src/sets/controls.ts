import type { ControlTag, TextDocument, TextRange } from '@benchbook/model';
import type { AnnotationInfo } from '../toolchain/protocol.ts';

/**
 * The controls of an annotation chain (`custom: { controls: { eu-ai-act: ["14(4)(d)"] } }`), merged: what is said
 * closest to the clause comes first, and once.
 */
export function controlsOf(
  notes: readonly AnnotationInfo[],
  documentOf: (file: string) => TextDocument | undefined,
): ControlTag[] {
  const tags = new Map<string, ControlTag>();
  for (const note of notes) {
    const document = documentOf(note.file);
    if (!document) continue;
    for (const [framework, id] of references(note.custom)) {
      const [name = '', edition] = framework.split('@', 2);
      const key = `${framework}:${id}`;
      if (tags.has(key)) continue;
      tags.set(key, {
        framework: name,
        ...(edition !== undefined && { edition }),
        id,
        file: note.file,
        range: place(document, note, framework, id),
      });
    }
  }
  return [...tags.values()];
}

function references(custom: AnnotationInfo['custom']): [framework: string, id: string][] {
  const controls = custom && Object.hasOwn(custom, 'controls') ? custom.controls : undefined;
  if (typeof controls !== 'object' || controls === null || Array.isArray(controls)) return [];
  return Object.entries(controls).flatMap(([framework, ids]) =>
    (Array.isArray(ids) ? ids : [ids]).flatMap((entry: unknown) => {
      if (typeof entry !== 'string' && typeof entry !== 'number') return [];
      return splitIds(String(entry)).map((id): [string, string] => [framework, id]);
    }),
  );
}

/** `"14(1), 14(4)(d)"` holds two. */
function splitIds(text: string): string[] {
  return text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
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
