import type { Diagnostic, SourceFile } from '@benchbook/model';
import type {
  CheckParseAnswer,
  SchemaToJsonWithResolvedTypesAnswer,
  SchemaToTextAnswer,
} from '@cedar-policy/cedar-wasm/web';
import { cedarDiagnostic } from '../diagnostics.ts';
import { MAX_NESTING } from '../policies/depth.ts';
import { lex } from '../policies/lex.ts';
import { answerOf, flattenErrors, isFailure } from '../runtime/answers.ts';
import type { Cedar } from '../runtime/cedar.ts';
import { indexSchema, type ResolvedSchema, type Schema } from './schema.ts';

export interface LoadedSchema {
  /** All schema files as one text in Cedar's own syntax; null where there is none that loads. */
  readonly text: string | null;
  readonly schema: Schema | null;
  readonly diagnostics: readonly Diagnostic[];
}

interface Part {
  readonly file: string;
  /** As the user wrote it. */
  readonly source: string;
  /** In Cedar's syntax. */
  readonly text: string;
  readonly isJson: boolean;
}

/** Loads all schema files as one schema. A file that does not parse is left out and told. */
export function loadSchema(cedar: Cedar, files: readonly SourceFile[]): LoadedSchema {
  const diagnostics: Diagnostic[] = [];
  const parts: Part[] = [];
  for (const file of files) {
    const part = readPart(cedar, file);
    if ('code' in part) diagnostics.push(part);
    else parts.push(part);
  }
  if (!parts.length) return { text: null, schema: null, diagnostics };

  const text = parts.map((part) => part.text).join('\n');
  const check = answerOf<CheckParseAnswer>(cedar.value('checkParseSchema', JSON.stringify(text)));
  if (isFailure(check)) {
    for (const error of flattenErrors(check.errors)) diagnostics.push(wholeError(parts, error));
    return { text: null, schema: null, diagnostics };
  }
  const answer = answerOf<SchemaToJsonWithResolvedTypesAnswer>(
    cedar.text('schemaToJsonWithResolvedTypes', text),
  );
  if (isFailure(answer)) {
    for (const error of flattenErrors(answer.errors)) diagnostics.push(wholeError(parts, error));
    return { text: null, schema: null, diagnostics };
  }
  const { json } = answer as Extract<SchemaToJsonWithResolvedTypesAnswer, { type: 'success' }>;
  return { text, schema: indexSchema(json as ResolvedSchema), diagnostics };
}

type DetailedError = Parameters<typeof cedarDiagnostic>[4];

function readPart(cedar: Cedar, file: SourceFile): Part | Diagnostic {
  const isJson = file.path.endsWith('.json');
  if (nesting(file.text) > MAX_NESTING) {
    const message = `brackets nest deeper than ${MAX_NESTING}; Cedar cannot load such a schema`;
    return schemaProblem(file.path, message);
  }
  if (!isJson) return { file: file.path, source: file.text, text: file.text, isJson };
  try {
    JSON.parse(file.text);
  } catch (error) {
    return schemaProblem(file.path, `no valid JSON: ${(error as Error).message}`);
  }
  const answer = answerOf<SchemaToTextAnswer>(cedar.value('schemaToText', file.text));
  if (isFailure(answer)) {
    return cedarDiagnostic('cedar-schema-error', 'error', file.path, file.text, answer.errors[0]!, {
      fatal: true,
    });
  }
  const { text } = answer as Extract<SchemaToTextAnswer, { type: 'success' }>;
  return { file: file.path, source: file.text, text, isJson };
}

function schemaProblem(file: string, message: string): Diagnostic {
  return { code: 'cedar-schema-error', severity: 'error', fatal: true, file, range: null, message };
}

/** An error of the joined text, told in the file it stands in. */
function wholeError(parts: readonly Part[], error: DetailedError): Diagnostic {
  const location = error.sourceLocations?.[0];
  let start = 0;
  for (const part of parts) {
    const length = new TextEncoder().encode(part.text).length;
    if (location && location.start <= start + length) {
      const local = { ...location, start: location.start - start, end: location.end - start };
      const sourceLocations = part.isJson ? [] : [local];
      const moved = { ...error, sourceLocations };
      return cedarDiagnostic('cedar-schema-error', 'error', part.file, part.source, moved, { fatal: true });
    }
    start += length + 1;
  }
  return schemaProblem(parts[0]!.file, error.message);
}

/** Deepest nesting of brackets and of `<` `>`, outside strings. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const { kind, start } of lex(text)) {
    const symbol = text[start]!;
    if (kind !== 'symbol') continue;
    if ('[{(<'.includes(symbol)) deepest = Math.max(deepest, ++depth);
    else if (']})>'.includes(symbol)) depth = Math.max(0, depth - 1);
  }
  return deepest;
}
