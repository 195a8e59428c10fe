import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type Json, type JsonObject, writeJson } from '@benchbook/model';
import { readRego } from '../../../packages/engine-rego/src/rego/value.ts';

/** One case of OPA's own suite; data and input as JSON text. */
export interface OpaCase {
  readonly note: string;
  readonly query: string;
  readonly modules: readonly string[];
  readonly data: string | undefined;
  readonly input: string | undefined;
  readonly inputTerm: string | undefined;
  readonly wantResult: readonly JsonObject[] | undefined;
  readonly wantErrorCode: string | undefined;
  readonly wantError: string | undefined;
  readonly wantDefined: boolean | undefined;
  readonly sortBindings: boolean;
  readonly strict: boolean;
  readonly ignoreGenerated: boolean;
}

/** Reads `opa-cases.jsonl` of a folder, every number with all its digits. */
export function readCases(folder: string): OpaCase[] {
  const lines = readFileSync(join(folder, 'opa-cases.jsonl'), 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map(toCase);
}

function toCase(line: string): OpaCase {
  const raw = readRego(line);
  if (!isObject(raw)) throw new Error(`not an OPA case: ${line.slice(0, 80)}`);
  return {
    note: text(raw.note) ?? '',
    query: text(raw.query) ?? '',
    modules: list(raw.modules).map((module) => text(module) ?? ''),
    data: raw.data === undefined || raw.data === null ? undefined : writeJson(raw.data),
    input: raw.input === undefined ? undefined : writeJson(raw.input),
    inputTerm: text(raw.input_term),
    wantResult: Array.isArray(raw.want_result) ? (raw.want_result as JsonObject[]) : undefined,
    wantErrorCode: text(raw.want_error_code),
    wantError: text(raw.want_error),
    wantDefined: typeof raw.want_defined === 'boolean' ? raw.want_defined : undefined,
    sortBindings: raw.sort_bindings === true,
    strict: raw.strict_error === true,
    ignoreGenerated: raw.ignore_generated_vars === true,
  };
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
