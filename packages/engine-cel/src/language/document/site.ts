import type { TextRange } from '@benchbook/model';
import { readBlock, readFlowScalar, type SourceExpression, wholeFile } from '../../policy/scalar.ts';
import { type LooseTree, parseLoose } from '../../syntax/loose/parser.ts';
import type { YamlScalar } from '../yaml/node.ts';
import type { CaseOutline, RuleOutline, VariableOutline } from './policy.ts';

export type SiteRole = 'condition' | 'output' | 'explanation' | 'variable' | 'file' | 'test';

/** Whose expression it is. */
export interface SiteOwner {
  readonly role: SiteRole;
  readonly rule: RuleOutline | null;
  readonly case: CaseOutline | null;
  readonly variable: VariableOutline | null;
}

/** Trees by the text of the expression. */
export class TreeCache {
  readonly #trees = new Map<string, LooseTree>();

  tree(text: string): LooseTree {
    const known = this.#trees.get(text);
    if (known) return known;
    if (this.#trees.size >= 20_000) this.#trees.clear();
    const tree = parseLoose(text);
    this.#trees.set(text, tree);
    return tree;
  }
}

/** An expression where it stands in a file. */
export class Site implements SiteOwner {
  readonly role: SiteRole;
  readonly rule: RuleOutline | null;
  readonly case: CaseOutline | null;
  readonly variable: VariableOutline | null;
  readonly style: YamlScalar['style'] | 'file';
  /** In the file; quotes and block header included. */
  readonly range: TextRange;
  readonly #file: string;
  readonly #scalar: YamlScalar | null;
  readonly #trees: TreeCache;
  #source: SourceExpression | null = null;

  /** `scalar` null: the whole file. */
  constructor(owner: SiteOwner, scalar: YamlScalar | null, file: string, trees: TreeCache) {
    this.role = owner.role;
    this.rule = owner.rule;
    this.case = owner.case;
    this.variable = owner.variable;
    this.style = scalar?.style ?? 'file';
    this.range = scalar ?? { start: 0, end: file.length };
    this.#file = file;
    this.#scalar = scalar;
    this.#trees = trees;
  }

  get source(): SourceExpression {
    this.#source ??= sourceOf(this.#file, this.#scalar);
    return this.#source;
  }

  get text(): string {
    return this.source.text;
  }

  get tree(): LooseTree {
    return this.#trees.tree(this.text);
  }

  /** False where a quote at its end is missing. */
  get isClosed(): boolean {
    return this.#scalar?.isClosed ?? true;
  }

  /** The same place with another text, such as one without the mark of the cursor. Positions stay the first text's. */
  typed(text: string): Site {
    const site = new Site(this, this.#scalar, this.#file, this.#trees);
    site.#source = { ...this.source, text };
    return site;
  }

  /** The file's range of a range of the expression. */
  toFile({ start, end }: TextRange): TextRange {
    return this.source.toFile(start, end);
  }

  /** The offset in the expression of one in the file; null where that stands beside it. */
  fromFile(offset: number): number | null {
    const { text } = this;
    if (offset < this.range.start || offset > this.range.end) return null;
    if (this.style === 'file') return offset;
    if (this.source.toFile(0, 0).start > offset) return null;
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.source.toFile(middle, middle).start < offset) low = middle + 1;
      else high = middle;
    }
    const isQuoted = this.style === 'single' || this.style === 'double';
    return isQuoted && this.#scalar?.isClosed && offset === this.range.end ? null : low;
  }
}

function sourceOf(file: string, scalar: YamlScalar | null): SourceExpression {
  if (!scalar) return wholeFile(file);
  const { start, end } = scalar;
  if (scalar.style === 'block') return readBlock(file, start, end);
  const quote = scalar.style === 'double' ? '"' : scalar.style === 'single' ? "'" : '';
  return readFlowScalar(file, start, end, quote, scalar.isClosed);
}
