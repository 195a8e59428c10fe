import type { SourceFile } from '@benchbook/model';
import type { RequestVariable } from '../set/variables.ts';
import type { OutputWords } from '../set/verdict.ts';
import { targetOf } from '../suite/target.ts';
import { CelDocument, kindOf } from './document/document.ts';
import { TreeCache } from './document/site.ts';

/** The files of a session as the editor verbs see them, and what holds for all of them. */
export class LanguageWorkspace {
  readonly variables: ReadonlyMap<string, RequestVariable>;
  /** Words for outputs that the mapping adds. */
  readonly words: OutputWords;
  readonly #files: () => readonly SourceFile[];
  readonly #trees = new TreeCache();
  readonly #documents = new Map<string, CelDocument>();

  constructor(files: () => readonly SourceFile[], variables: readonly RequestVariable[], words: OutputWords) {
    this.#files = files;
    this.variables = new Map(variables.map((variable) => [variable.name, variable]));
    this.words = words;
  }

  /** A file; null where there is none that the verbs know. */
  document(path: string): CelDocument | null {
    const file = this.#files().find((candidate) => candidate.path === path);
    return file ? this.#document(file) : null;
  }

  /** Policy files by path. */
  policies(): readonly CelDocument[] {
    return this.#all('policy');
  }

  /** The policies that a sidecar file is about. */
  policiesOf(sidecar: CelDocument): readonly CelDocument[] {
    return this.policies().filter(({ path }) => sidecarOf(path) === sidecar.path);
  }

  /** The sidecar of a policy file. */
  sidecar(policy: CelDocument): CelDocument | null {
    return this.#all('controls').find(({ path }) => path === sidecarOf(policy.path)) ?? null;
  }

  /** The tests files about a policy file. */
  suites(policy: CelDocument): readonly CelDocument[] {
    return this.#all('test').filter((suite) => this.policyOf(suite)?.path === policy.path);
  }

  /** The policy file that a tests file is about. */
  policyOf(suite: CelDocument): CelDocument | null {
    const paths = this.#files().flatMap(({ role, path }) => (role === 'policy' ? [path] : []));
    const target = targetOf(suite.path, paths.sort());
    return 'path' in target ? this.document(target.path) : null;
  }

  #all(role: SourceFile['role']): CelDocument[] {
    const files = this.#files().filter((file) => file.role === role);
    files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    return files.flatMap((file) => this.#document(file) ?? []);
  }

  #document(file: SourceFile): CelDocument | null {
    const known = this.#documents.get(file.path);
    const kind = kindOf(file);
    if (known?.text === file.text && known.kind === kind) return known;
    const document = kind && new CelDocument(file.path, file.text, kind, this.#trees);
    if (document) this.#documents.set(file.path, document);
    return document;
  }
}

function sidecarOf(path: string): string {
  return path.replace(/\.cel(?:\.yaml)?$/, '.controls.yaml');
}
