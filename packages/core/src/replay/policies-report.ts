import { type Catalog, resolveControl } from '@benchbook/controls';
import type {
  ControlReport,
  Mode,
  Policy,
  PolicyReport,
  PolicySet,
  SourceFile,
  TextDocument,
} from '@benchbook/model';
import { textDocument } from '@benchbook/model';
import { compare, type PolicyCounts } from './tally.ts';

/** The texts of files, for lines and columns. */
export type Texts = (file: string) => TextDocument;

/** Line look-up over source files; an unknown file is an empty text. */
export function textsOf(files: readonly Pick<SourceFile, 'path' | 'text'>[]): Texts {
  const sources = new Map(files.map((file) => [file.path, file.text]));
  const documents = new Map<string, TextDocument>();
  return (file) => {
    let document = documents.get(file);
    if (!document) {
      document = textDocument(sources.get(file) ?? '');
      documents.set(file, document);
    }
    return document;
  };
}

/** One entry per policy, by file and place. `counts` are those of the replay. */
export function reportPolicies(
  sets: readonly PolicySet[],
  counts: ReadonlyMap<string, PolicyCounts>,
  texts: Texts,
  modeOf: (file: string) => Mode,
  refsOf: (policy: Policy) => readonly string[],
): PolicyReport[] {
  return sets
    .flatMap((set) => set.policies)
    .map((policy) => ({ policy, count: counts.get(policy.id) }))
    .sort((a, b) => compare(a.policy.file, b.policy.file) || a.policy.range.start - b.policy.range.start)
    .map(({ policy, count }) => ({
      id: policy.id,
      file: policy.file,
      language: policy.language,
      effect: policy.effect,
      mode: modeOf(policy.file),
      range: texts(policy.file).range(policy.range),
      applied: count?.applied ?? 0,
      silent: 0,
      determined: count?.determined ?? 0,
      wouldDetermine: count?.wouldDetermine ?? 0,
      errors: count?.errors ?? 0,
      controls: refsOf(policy),
      conditions: [],
    }));
}

/** The controls that policies name, resolved once for the whole report. */
export interface ControlIndex {
  refsOf(policy: Policy): readonly string[];
  /** One entry per control, by framework and provision. */
  report(policies: readonly PolicyReport[]): ControlReport[];
}

/** `editions` as in the manifest's `controls`. */
export function controlIndex(editions: readonly string[], catalogs: readonly Catalog[]): ControlIndex {
  const found = new Map<string, { title: string; grade: ControlReport['grade'] }>();
  return {
    refsOf(policy) {
      const refs = policy.controls.map((tag) => {
        const { ref, title, grade } = resolveControl(tag, editions, catalogs);
        found.set(ref, { title, grade });
        return ref;
      });
      return [...new Set(refs)].sort(compare);
    },
    report(policies) {
      return [...found]
        .sort(([a], [b]) => compare(a, b))
        .map(([ref, { title, grade }]) => {
          const serving = policies.filter((policy) => policy.controls.includes(ref));
          const determined = serving.reduce((sum, policy) => sum + policy.determined, 0);
          return {
            ref,
            title,
            grade,
            policies: serving.map(({ id }) => id),
            determined,
            evidenced: false,
            framework: '',
            edition: null,
            id: '',
            frameworkTitle: '',
            appliesFrom: null,
            layers: [],
            applied: 0,
            silent: 0,
            folded: null,
            missing: [],
          };
        });
    },
  };
}
