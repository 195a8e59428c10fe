import { type Diagnostic, isObject, setOwn } from '@benchbook/model';
import type { z } from 'zod';
import { type DataIssue, explainIssue, kindOf, unknownKey } from '../data/issues.ts';
import { type DataDocument, parseData } from '../data/parse.ts';
import { finding } from '../diagnostics.ts';
import { DEFAULT_MANIFEST, MANIFEST_FILE, type Manifest } from './manifest.ts';
import { type ManifestEngine, manifestSchema } from './schema.ts';

export interface ManifestResult {
  /** Keys that are missing or wrong have their defaults. */
  readonly manifest: Manifest;
  readonly diagnostics: readonly Diagnostic[];
  /** For places in it; undefined where there is no manifest. */
  readonly document?: DataDocument;
}

/** Reads the text of a manifest. What is wrong in one key leaves the others standing. */
export function readManifest(text: string, engines: readonly ManifestEngine[]): ManifestResult {
  const document = parseData(text);
  const diagnostics: Diagnostic[] = document.problems.map(({ message, range }) =>
    finding('manifest-syntax', MANIFEST_FILE, range, message),
  );
  const { value } = document;
  if (value === undefined || value === null) return { manifest: DEFAULT_MANIFEST, diagnostics, document };
  if (!isObject(value)) {
    const message = `the manifest must be an object of keys such as \`policies\`; this is ${kindOf(value)}`;
    diagnostics.push(finding('manifest-invalid-value', MANIFEST_FILE, document.rangeOf([]), message));
    return { manifest: DEFAULT_MANIFEST, diagnostics, document };
  }

  const { general, settings } = manifestSchema(engines);
  const schemas = new Map<string, z.ZodType>(Object.entries({ ...general, ...settings }));
  const read: Record<string, unknown> = {};
  const ownSections = {};
  for (const [key, member] of Object.entries(value)) {
    const schema = schemas.get(key);
    if (!schema) {
      diagnostics.push(told(unknownKey(document, [key], [...schemas.keys()])));
      continue;
    }
    // A key without a value is as good as none.
    if (member === null) continue;
    const result = schema.safeParse(member);
    if (!result.success) {
      for (const issue of result.error.issues)
        diagnostics.push(...explainIssue({ document, root: value, schema, path: [key] }, issue).map(told));
    } else if (Object.hasOwn(settings, key)) setOwn(ownSections, key, member);
    else setOwn(read, key, member);
  }
  const manifest = { ...DEFAULT_MANIFEST, ...read, settings: ownSections } as Manifest;
  return { manifest, diagnostics, document };
}

function told({ kind, message, range }: DataIssue): Diagnostic {
  const code = kind === 'unknown-key' ? 'manifest-unknown-key' : 'manifest-invalid-value';
  return finding(code, MANIFEST_FILE, range, message);
}
