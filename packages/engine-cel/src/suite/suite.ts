/** The tests of a file as written: cel-go's format of a suite. */
import type { TextRange } from '@benchbook/model';
import type { Value } from '../values/index.ts';

/** A value given as YAML, or as a CEL expression over no variables. */
export type Given = { readonly value: Value } | { readonly expression: string };

export type Expected =
  | Given
  /** It must fail, with a message that holds one of these. */
  | { readonly errors: readonly string[] };

export interface SuiteTest {
  readonly inputs: ReadonlyMap<string, Given>;
  readonly expected: Expected;
}

/** One entry of a suite, in order of the document. */
export interface SuiteItem {
  /** `SECTION/TEST`; places where they have no names. */
  readonly name: string;
  readonly range: TextRange | null;
  /** What can be run, or why it cannot. */
  readonly content:
    | { readonly kind: 'test'; readonly test: SuiteTest }
    | { readonly kind: 'skipped' | 'error'; readonly message: string };
}
