import type { ComparedText } from '../conditions/comparison.ts';
import type { Outline } from '../conditions/outline.ts';
import type { Tree } from '../conditions/tree.ts';

type Bound = ComparedText & { readonly literal: number };

/** Two comparisons of one value in the `when` clauses that cannot both hold, as one sentence; null where none are seen. */
export function contradiction({ clauses }: Outline): string | null {
  const byPath = new Map<string, ComparedText[]>();
  for (const { kind, tree, leaves } of clauses) {
    if (kind !== 'when') continue;
    for (const index of demanded(tree)) {
      const comparison = leaves[index]?.comparison;
      if (!comparison) continue;
      const key = comparison.path.join('\0');
      const known = byPath.get(key) ?? [];
      for (const other of known)
        if (clash(other, comparison) || clash(comparison, other)) return sentence(other, comparison);
      if (known.length < 50) byPath.set(key, [...known, comparison]);
    }
  }
  return null;
}

/** Leaves that must all be true for the clause to be. */
function demanded(tree: Tree): number[] {
  const found: number[] = [];
  const pending = [tree];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.kind === 'leaf') found.push(next.index);
    else if (next.kind === 'and') pending.push(...next.operands);
  }
  return found.sort((a, b) => a - b);
}

function clash(a: ComparedText, b: ComparedText): boolean {
  if (a.operator === '==' && b.operator === '==') return a.literal !== b.literal;
  if (a.operator === '==' && b.operator === '!=') return a.literal === b.literal;
  if (!isBound(a) || !isBound(b)) return false;
  const isUpper = (one: Bound) => one.operator === '<' || one.operator === '<=' || one.operator === '==';
  const isLower = (one: Bound) => one.operator === '>' || one.operator === '>=' || one.operator === '==';
  if (!isUpper(a) || !isLower(b)) return false;
  const isStrict = a.operator === '<' || b.operator === '>';
  return isStrict ? a.literal <= b.literal : a.literal < b.literal;
}

function isBound(one: ComparedText): one is Bound {
  return typeof one.literal === 'number' && one.operator !== '!=';
}

function sentence(a: ComparedText, b: ComparedText): string {
  const shown = ({ operator, literal }: ComparedText) =>
    `${operator} ${JSON.stringify(literal).slice(0, 60)}`;
  const path = ['context', ...a.path].join('.').slice(0, 120);
  return `this policy can never apply: \`${path}\` cannot be ${shown(a)} and ${shown(b)}`;
}
