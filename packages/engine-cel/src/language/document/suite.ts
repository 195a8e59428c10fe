import type { TextRange } from '@benchbook/model';
import { entryOf, type YamlNode } from '../yaml/node.ts';
import { itemsOf, type PlacedText, textOf } from './policy.ts';
import { Site, type TreeCache } from './site.ts';

export interface TestOutline {
  readonly name: PlacedText | null;
  readonly range: TextRange;
}

export interface SectionOutline {
  readonly name: PlacedText | null;
  readonly tests: readonly TestOutline[];
  readonly range: TextRange;
}

/** The tests of a tests file, as far as half-typed text shows them. */
export interface SuiteOutline {
  readonly sections: readonly SectionOutline[];
  readonly sites: readonly Site[];
}

const OWNER = { role: 'test', rule: null, case: null, variable: null } as const;

export function outlineSuite(root: YamlNode, file: string, trees: TreeCache): SuiteOutline {
  const sites: Site[] = [];
  const add = (node: YamlNode | undefined): void => {
    const value = entryOf(node ?? null, 'expr')?.value;
    if (value?.kind === 'scalar') sites.push(new Site(OWNER, value, file, trees));
  };
  const sections = itemsOf(entryOf(root, 'section') ?? entryOf(root, 'sections')).map((item) => ({
    name: textOf(entryOf(item.value, 'name')?.value, file),
    range: { start: item.start, end: item.end },
    tests: itemsOf(entryOf(item.value, 'tests')).map((test) => {
      const input = entryOf(test.value, 'input')?.value;
      if (input?.kind === 'map') for (const { value } of input.entries) add(value);
      add(entryOf(test.value, 'output')?.value);
      return {
        name: textOf(entryOf(test.value, 'name')?.value, file),
        range: { start: test.start, end: test.end },
      };
    }),
  }));
  sites.sort((a, b) => a.range.start - b.range.start);
  return { sections, sites };
}
