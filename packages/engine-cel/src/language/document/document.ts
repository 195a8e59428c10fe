import type { SourceFile } from '@benchbook/model';
import type { YamlNode } from '../yaml/node.ts';
import { outlineYaml } from '../yaml/outline.ts';
import { outlinePolicy, type PolicyOutline } from './policy.ts';
import { POLICY, type Shape, SUITE } from './shape.ts';
import { Site, type TreeCache } from './site.ts';
import { outlineSuite, type SuiteOutline } from './suite.ts';

export type DocumentKind = 'expression' | 'policy' | 'controls' | 'tests';

/** A file as the editor verbs see it. Everything is made when it is first asked for. */
export class CelDocument {
  readonly path: string;
  readonly text: string;
  readonly kind: DocumentKind;
  readonly #trees: TreeCache;
  #root: YamlNode | null = null;
  #policy: PolicyOutline | null = null;
  #suite: SuiteOutline | null = null;
  #whole: Site | null = null;

  constructor(path: string, text: string, kind: DocumentKind, trees: TreeCache) {
    this.path = path;
    this.text = text;
    this.kind = kind;
    this.#trees = trees;
  }

  /** The same file with another text, sharing the trees of its expressions. */
  with(text: string): CelDocument {
    return new CelDocument(this.path, text, this.kind, this.#trees);
  }

  /** The YAML; an empty node where the file is an expression. */
  get root(): YamlNode {
    this.#root ??=
      this.kind === 'expression'
        ? { kind: 'empty', start: 0, end: this.text.length }
        : outlineYaml(this.text);
    return this.#root;
  }

  /** Base name without its ending. */
  get name(): string {
    return (this.path.split('/').at(-1) ?? this.path).replace(
      /(?:\.cel|\.controls|\.tests)?(?:\.yaml)?$/,
      '',
    );
  }

  get policy(): PolicyOutline {
    this.#policy ??=
      this.kind === 'policy'
        ? outlinePolicy(this.root, this.text, this.name, this.#trees)
        : { name: null, rule: null, sites: [] };
    return this.#policy;
  }

  get suite(): SuiteOutline {
    this.#suite ??=
      this.kind === 'tests' ? outlineSuite(this.root, this.text, this.#trees) : { sections: [], sites: [] };
    return this.#suite;
  }

  /** All expressions, by place. */
  get sites(): readonly Site[] {
    if (this.kind === 'policy') return this.policy.sites;
    if (this.kind === 'tests') return this.suite.sites;
    if (this.kind === 'controls') return [];
    const owner = { role: 'file', rule: null, case: null, variable: null } as const;
    this.#whole ??= new Site(owner, null, this.text, this.#trees);
    return [this.#whole];
  }

  /** The shape of the file; null where its keys are names of its own. */
  get shape(): Shape | null {
    return this.kind === 'policy' ? POLICY : this.kind === 'tests' ? SUITE : null;
  }

  /** The expression at an offset, with the offset in it. */
  siteAt(offset: number): { readonly site: Site; readonly at: number } | null {
    const { sites } = this;
    let low = 0;
    let high = sites.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sites[middle]?.range.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const site = sites[low - 1];
    const at = site?.fromFile(offset) ?? null;
    return site && at !== null ? { site, at } : null;
  }
}

/** What a file is to the verbs; null for one that they leave alone. */
export function kindOf({ role, language }: Pick<SourceFile, 'role' | 'language'>): DocumentKind | null {
  if (role === 'policy') return language === 'cel' ? 'expression' : 'policy';
  if (role === 'controls') return 'controls';
  return role === 'test' ? 'tests' : null;
}
