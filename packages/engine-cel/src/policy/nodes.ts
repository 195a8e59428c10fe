import type { Diagnostic, TextRange } from '@benchbook/model';
import type { SourceExpression } from './scalar.ts';

/** A policy file as written. */
export interface PolicyNode {
  readonly name: string | null;
  readonly rule: RuleNode;
}

export interface RuleNode {
  readonly id: string | null;
  /** First match decides, or all matches are collected. */
  readonly semantic: 'match' | 'aggregate';
  readonly variables: readonly VariableNode[];
  readonly matches: readonly MatchNode[];
  readonly range: TextRange;
}

export interface VariableNode {
  readonly name: string;
  readonly range: TextRange;
  readonly expression: SourceExpression;
}

/** One case: an output, or a nested rule. */
export interface MatchNode {
  readonly id: string | null;
  /** null: always. */
  readonly condition: SourceExpression | null;
  readonly output: SourceExpression | null;
  readonly explanation: SourceExpression | null;
  readonly rule: RuleNode | null;
  readonly range: TextRange;
}

/** Collects the findings of one file. */
export interface Findings {
  add(
    code: string,
    message: string,
    range: TextRange | null,
    options?: { readonly severity?: Diagnostic['severity']; readonly fatal?: boolean },
  ): void;
}
