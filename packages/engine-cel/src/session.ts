import {
  canonicalJson,
  type Diagnostic,
  digest,
  type EngineInput,
  type EngineOptions,
  type EngineSession,
  type LanguageFeatures,
  type Snapshot,
  type SourceFile,
  type TestResult,
} from '@benchbook/model';
import { outlinedPolicy } from './language/document/as-policy.ts';
import { languageFeatures } from './language/features.ts';
import { LanguageWorkspace } from './language/workspace.ts';
import { type ControlNotes, controlsAbove, joinNotes, readSidecar, type Sidecar } from './policy/controls.ts';
import type { Findings } from './policy/nodes.ts';
import { readPolicy } from './policy/read-policy.ts';
import { wholeFile } from './policy/scalar.ts';
import { DEFAULT_BUDGET } from './program.ts';
import { CelSet } from './set/cel-set.ts';
import { conditionsOf } from './set/clauses.ts';
import { ExpressionCache } from './set/expression-cache.ts';
import { Loader } from './set/loader.ts';
import { type RequestVariable, requestVariables, variableTypes } from './set/variables.ts';
import { type OutputWords, outputWords } from './set/verdict.ts';
import { runSuite } from './suite/run-suite.ts';
import { targetOf } from './suite/target.ts';

/** Diagnostics about the mapping stand in the manifest. */
const MANIFEST = 'benchbook.yaml';

interface LoadedFile {
  readonly key: string;
  readonly cache: ExpressionCache;
  readonly set: CelSet | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A session over CEL files. What did not change since the last snapshot is not loaded again. */
export class CelSession implements EngineSession {
  readonly language: LanguageFeatures;
  readonly #options: EngineOptions;
  readonly #variables: readonly RequestVariable[];
  readonly #words: OutputWords;
  readonly #problems: readonly string[];
  #files: readonly SourceFile[] = [];
  #loaded = new Map<string, LoadedFile>();
  /** Tests of the latest snapshot; null before the first. */
  #tests: readonly SourceFile[] | null = null;

  constructor(options: EngineOptions) {
    this.#options = options;
    const { variables, problems } = requestVariables(options);
    const outputs = outputWords(options);
    this.#variables = variables;
    this.#words = outputs.words;
    this.#problems = [...problems, ...outputs.problems];
    this.language = languageFeatures(new LanguageWorkspace(() => this.#files, variables, outputs.words));
  }

  update(input: EngineInput): void {
    this.#files = input.files;
  }

  async snapshot(signal?: AbortSignal): Promise<Snapshot> {
    const files = [...this.#files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    const sidecars = new Map(
      files.filter(({ role }) => role === 'controls').map((file) => [file.path, file]),
    );
    const loaded = new Map<string, LoadedFile>();
    for (const file of files) {
      signal?.throwIfAborted();
      if (file.role !== 'policy') continue;
      const sidecar = sidecars.get(file.path.replace(/\.cel(?:\.yaml)?$/, '.controls.yaml')) ?? null;
      const key = JSON.stringify([file.path, file.language, file.text, sidecar?.text ?? null]);
      const known = this.#loaded.get(file.path);
      if (known?.key === key) {
        loaded.set(file.path, known);
        continue;
      }
      const cache = known?.cache ?? new ExpressionCache(variableTypes(this.#variables));
      cache.turn();
      loaded.set(file.path, { key, cache, ...this.#load(file, sidecar, cache) });
    }
    this.#loaded = loaded;
    this.#tests = files.filter(({ role }) => role === 'test');
    const results = [...loaded.values()];
    return {
      diagnostics: [...this.#mappingDiagnostics(), ...results.flatMap((result) => result.diagnostics)],
      sets: results.flatMap((result) => result.set ?? []),
    };
  }

  async test(signal?: AbortSignal): Promise<readonly TestResult[]> {
    if (this.#tests === null) await this.snapshot(signal);
    const policies = [...this.#loaded.keys()];
    return (this.#tests ?? []).flatMap((file) => {
      signal?.throwIfAborted();
      const target = targetOf(file.path, policies);
      if ('problem' in target) return [failedFile(file, target.problem)];
      const { set, diagnostics } = this.#loaded.get(target.path) ?? { set: null, diagnostics: [] };
      if (set) return runSuite(file, set);
      const reason = diagnostics.find(({ fatal }) => fatal)?.message ?? '';
      return [failedFile(file, `${target.path} does not load: ${reason}`)];
    });
  }

  close(): void {
    this.#files = [];
    this.#tests = [];
    this.#loaded.clear();
  }

  #mappingDiagnostics(): Diagnostic[] {
    return this.#problems.map((message) => ({
      code: 'cel-mapping-error',
      severity: 'error',
      message,
      file: MANIFEST,
      range: null,
    }));
  }

  #load(
    file: SourceFile,
    sidecarFile: SourceFile | null,
    cache: ExpressionCache,
  ): Pick<LoadedFile, 'set' | 'diagnostics'> {
    const diagnostics: Diagnostic[] = [];
    const ignored = new Set<string>();
    const findings = collector(file.path, diagnostics, true, ignored);
    const sidecarFindings = collector(sidecarFile?.path ?? '', diagnostics, false);
    const sidecar = sidecarFile ? readSidecar(sidecarFile, sidecarFindings) : null;
    const used = new Set<string>();
    const mapping = canonicalJson(this.#options.mapping ?? {});
    const loader = new Loader({
      file,
      findings,
      variables: this.#variables,
      cache,
      words: this.#words,
      mapping: digest(mapping),
      controls: (rule, name, range) => {
        const { tags, ...own } = controlsAbove(file.text, file.path, range.start, findings);
        const [ruleNotes, caseNotes] = sidecarNotes(sidecar, [rule, name], used);
        // The nearest word counts: the comment's, the case's, the rule's.
        const { exemption } = joinNotes([{ tags, ...own }, caseNotes, ruleNotes]);
        const controls = [...tags, ...ruleNotes.tags, ...caseNotes.tags];
        return exemption ? { tags: controls, exemption } : { tags: controls };
      },
    });
    const root = this.#plan(file, loader, findings, ignored);
    for (const [name, { range }] of sidecar?.notes ?? []) {
      if (used.has(name) || !root) continue;
      const message = `no rule or case of ${file.path} has the name \`${name.slice(0, 80)}\``;
      sidecarFindings.add('cel-control-error', message, range, { severity: 'warning' });
    }
    if (!root || diagnostics.some(({ fatal }) => fatal)) return { set: null, diagnostics };
    const budget = this.#options.budget ?? DEFAULT_BUDGET;
    const { policies } = loader;
    const set = new CelSet({
      id: `cel:${file.path}`,
      file: file.path,
      language: file.language,
      policies,
      digest: digest(JSON.stringify([mapping, budget, policies.map((policy) => [policy.id, policy.digest])])),
      canAllow: loader.canAllow,
      conditions: conditionsOf(loader.clauses, file.path),
      outputs: loader.outputs,
      root,
      variables: this.#variables,
      usedInputs: loader.expressions.usedInputs,
      locals: loader.expressions.locals,
      memo: loader.expressions.memo,
      words: this.#words,
      budget,
    });
    return { set, diagnostics };
  }

  /** `ignored`: codes of findings that mean nothing in a file of which parts could not be read. */
  #plan(file: SourceFile, loader: Loader, findings: Findings, ignored: Set<string>) {
    const name = (file.path.split('/').at(-1) ?? file.path).replace(/\.cel(?:\.yaml)?$/, '');
    if (file.language === 'cel') return loader.single(wholeFile(file.text), name);
    const policy = readPolicy(file.text, findings);
    if (policy) return loader.policy(policy.rule, policy.name || name);
    // What is broken is told; the expressions of what can be made out are checked all the same.
    const outlined = outlinedPolicy(file.text);
    ignored.add('cel-unreachable');
    if (outlined) loader.policy(outlined.rule, name);
    return null;
  }
}

/** A tests file that cannot be run at all. */
function failedFile({ path, language }: SourceFile, message: string): TestResult {
  const name = path.split('/').at(-1) ?? path;
  return { name, file: path, range: null, language, state: 'error', message, seen: [] };
}

const NO_NOTES: ControlNotes = { tags: [] };

/** What a sidecar says of a rule, and of a case of it where that has another name. */
function sidecarNotes(
  sidecar: Sidecar | null,
  [rule, name]: readonly [string, string],
  used: Set<string>,
): [ControlNotes, ControlNotes] {
  const find = (key: string): ControlNotes => {
    const entry = sidecar?.notes.get(key);
    if (entry) used.add(key);
    return entry?.notes ?? NO_NOTES;
  };
  return [find(rule), name === rule ? NO_NOTES : find(name)];
}

/** `canBeFatal` false: the set decides whatever is found. */
function collector(
  file: string,
  diagnostics: Diagnostic[],
  canBeFatal = true,
  ignored: ReadonlySet<string> = new Set(),
): Findings {
  return {
    add(code, message, range, options = {}) {
      if (ignored.has(code)) return;
      diagnostics.push({
        code,
        severity: options.severity ?? 'error',
        message,
        file,
        range,
        ...(options.fatal && canBeFatal && { fatal: true }),
      });
    },
  };
}
