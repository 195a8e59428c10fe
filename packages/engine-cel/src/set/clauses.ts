/** Clauses and their boolean leaves: what coverage by condition looks at. */
import type { Condition } from '@benchbook/model';
import type { SourceExpression } from '../policy/scalar.ts';
import type { Expression } from '../syntax/index.ts';
import { comparisonOf } from './comparison.ts';
import type { Names } from './expressions.ts';
import type { OperandScope } from './operands.ts';

/** A `condition:`, or the expression of a `.cel` file, ready to be compiled once more. */
export interface Clause {
  readonly expression: Expression;
  readonly names: Names;
}

/** A clause with what its conditions are made of. */
export interface PlacedClause {
  readonly clause: Clause;
  readonly source: SourceExpression;
  readonly facts: OperandScope;
  /** The policy that it belongs to; null where several hang on it. */
  readonly policy: number | null;
}

/** Conditions of a set, and for each clause which of its parts they are. */
export interface Conditions {
  readonly conditions: readonly Condition[];
  /** Indexes of conditions by the syntax node that gives their value. */
  readonly byNode: ReadonlyMap<Expression, number>;
}

/** Lists the conditions of a file's clauses by place, a whole clause before its leaves. */
export function conditionsOf(clauses: readonly PlacedClause[], file: string): Conditions {
  const conditions: Condition[] = [];
  const byNode = new Map<Expression, number>();
  const start = ({ source, clause }: PlacedClause): number =>
    source.toFile(clause.expression.start, clause.expression.end).start;
  for (const { clause, source, facts, policy } of [...clauses].sort((a, b) => start(a) - start(b))) {
    const add = (node: Expression, parent: number | null): number => {
      const comparison = comparisonOf(node, facts);
      const range = source.toFile(node.start, node.end);
      conditions.push({ file, range, policy, parent, ...(comparison && { comparison }) });
      byNode.set(node, conditions.length - 1);
      return conditions.length - 1;
    };
    const { expression } = clause;
    const leaves = leavesOf(expression);
    const [only] = leaves;
    if (leaves.length === 1 && only) add(only, null);
    else if (!haveOwnPlaces([expression, ...leaves], source)) add(expression, null);
    else {
      const whole = add(expression, null);
      for (const leaf of leaves) add(leaf, whole);
    }
  }
  return { conditions, byNode };
}

/** The leaves under `&&`, `||`, `!` and `? :`, in order of the text. */
export function leavesOf(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'not':
      return leavesOf(expression.operand);
    case 'and':
    case 'or':
      return expression.operands.flatMap(leavesOf);
    case 'conditional':
      return [expression.test, expression.then, expression.otherwise].flatMap(leavesOf);
    default:
      return [expression];
  }
}

/** False where the way back from a scalar is so coarse that parts cannot be told apart. */
function haveOwnPlaces(nodes: readonly Expression[], source: SourceExpression): boolean {
  const places = nodes.map(({ start, end }) => {
    const range = source.toFile(start, end);
    return `${range.start}-${range.end}`;
  });
  return new Set(places).size === places.length;
}
