import type { Diagnostic } from '@benchbook/model';
import type { EditorDiagnostic } from '../api.ts';

/** What was told of each file, so that only what changed is told again. */
export interface Publisher {
  /** All findings as they stand; `texts` are what their places belong to. */
  publish(diagnostics: readonly Diagnostic[], texts: (file: string) => string | undefined): void;
  of(file: string): readonly EditorDiagnostic[];
}

interface Told {
  readonly diagnostics: readonly EditorDiagnostic[];
  readonly key: string;
  readonly text: string | undefined;
}

/** Tells findings file by file. */
export function publisher(
  tell: (files: ReadonlyMap<string, readonly EditorDiagnostic[]>) => void,
): Publisher {
  let told = new Map<string, Told>();
  return {
    publish(diagnostics, texts) {
      const byFile = new Map<string, EditorDiagnostic[]>();
      for (const diagnostic of diagnostics) {
        const list = byFile.get(diagnostic.file);
        if (list) list.push(diagnostic);
        else byFile.set(diagnostic.file, [diagnostic]);
      }
      const next = new Map<string, Told>();
      const changed = new Map<string, readonly EditorDiagnostic[]>();
      for (const [file, list] of byFile) {
        const entry = { diagnostics: list, key: JSON.stringify(list), text: texts(file) };
        next.set(file, entry);
        const before = told.get(file);
        // The same offsets are another place in another text.
        if (before?.key !== entry.key || before.text !== entry.text) changed.set(file, list);
      }
      for (const file of told.keys()) if (!next.has(file)) changed.set(file, []);
      told = next;
      if (changed.size > 0) tell(changed);
    },
    of: (file) => told.get(file)?.diagnostics ?? [],
  };
}
