import type {
  EngineInput,
  EngineOptions,
  EngineSession,
  LanguageFeatures,
  Snapshot,
  SourceFile,
  TestResult,
} from '@benchbook/model';
import { compareDiagnostics, compareText } from './diagnostics.ts';
import { languageFeatures } from './language/features.ts';
import { LanguageWorkspace } from './language/workspace.ts';
import { type ParsedFile, parsePolicyFile } from './policies/parse.ts';
import { StatementCache } from './policies/statement-cache.ts';
import { Validator } from './policies/validate.ts';
import { runTests } from './run-tests/run.ts';
import type { Cedar } from './runtime/cedar.ts';
import { BuildMemory, type BuiltSnapshot, buildSnapshot } from './set/build.ts';

const EMPTY: EngineInput = { files: [], tools: [], agents: [], numbers: [] };

/** What one workspace's Cedar is worked on with. */
export class CedarSession implements EngineSession {
  readonly language: Partial<LanguageFeatures>;
  readonly #cedar: Cedar;
  readonly #options: EngineOptions;
  readonly #validator: Validator;
  readonly #workspace: LanguageWorkspace;
  readonly #statements = new StatementCache();
  readonly #memory = new BuildMemory();
  #input: EngineInput = EMPTY;
  /** Parsed policy files by path and text. */
  #parsed = new Map<string, { readonly text: string; readonly file: ParsedFile }>();
  #snapshot: Snapshot | null = null;
  #built: Pick<BuiltSnapshot, 'sets' | 'schema' | 'schemaText'> | null = null;

  constructor(cedar: Cedar, options: EngineOptions) {
    this.#cedar = cedar;
    this.#options = options;
    this.#validator = new Validator(cedar);
    this.#workspace = new LanguageWorkspace(options.mapping);
    this.language = languageFeatures(cedar, this.#workspace);
  }

  update(input: EngineInput): void {
    this.#input = input;
    this.#snapshot = null;
    this.#workspace.update(input);
  }

  async snapshot(signal?: AbortSignal): Promise<Snapshot> {
    if (this.#snapshot) return this.#snapshot;
    this.#cedar.tidy();
    const files = this.#input.files.toSorted((a, b) => compareText(a.path, b.path));
    const parsed = new Map<string, { readonly text: string; readonly file: ParsedFile }>();
    for (const file of files) {
      if (file.role !== 'policy') continue;
      signal?.throwIfAborted();
      parsed.set(file.path, { text: file.text, file: this.#parse(file) });
    }
    this.#parsed = parsed;
    this.#statements.turn();
    signal?.throwIfAborted();
    const { diagnostics, schema, schemaText, ...built } = buildSnapshot({
      cedar: this.#cedar,
      validator: this.#validator,
      input: { ...this.#input, files },
      parsed: new Map([...parsed].map(([path, { file }]) => [path, file])),
      mapping: this.#options.mapping,
      memory: this.#memory,
    });
    this.#snapshot = { diagnostics: diagnostics.toSorted(compareDiagnostics), ...built };
    this.#built = { sets: built.sets, schema, schemaText };
    return this.#snapshot;
  }

  async test(signal?: AbortSignal): Promise<readonly TestResult[]> {
    await this.snapshot(signal);
    const { sets, schema, schemaText } = this.#built!;
    const environment = { cedar: this.#cedar, set: sets[0] ?? null, schema, schemaText };
    return runTests(environment, this.#input.files, signal);
  }

  close(): void {
    this.#cedar.drop();
    this.#parsed.clear();
    this.#snapshot = null;
    this.#built = null;
  }

  #parse(file: SourceFile): ParsedFile {
    const known = this.#parsed.get(file.path);
    if (known?.text !== file.text)
      return parsePolicyFile(this.#cedar, this.#statements, file.path, file.text, known?.file);
    // Its statements stay known for the day it is edited.
    for (const { statement } of known.file.sound) this.#statements.get(statement.text);
    return known.file;
  }
}
