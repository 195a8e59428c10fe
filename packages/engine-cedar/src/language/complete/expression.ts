import type { CompletionItem } from '@benchbook/model';
import { BUILTINS, KEYWORDS, VARIABLES } from '../builtins.ts';
import { type Example, examplesOf } from '../knowledge/examples.ts';
import { oneLine } from '../markdown.ts';
import type { Expr } from '../syntax/tree.ts';
import type { Spot } from './complete.ts';
import { entityIdItems } from './entities.ts';
import { actionItems, builtinItem, item, typeItems, uidText } from './items.ts';
import { memberItems, pathItems } from './members.ts';

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const OPERATORS: ReadonlySet<string> = new Set([
  'in',
  'like',
  'has',
  'is',
  'if',
  'then',
  'else',
  'when',
  'unless',
]);

/** Inside the braces of a condition. */
export function expressionItems(spot: Spot): CompletionItem[] {
  const { word, range, workspace, before } = spot;
  if (word === '.') return behindDot(spot);
  if (word === 'has') {
    const test = find(spot, 'has', (expr) => expr.keyword.start === before!.start);
    return test ? memberItems(spot, test.target, range) : [];
  }
  if (word === 'is') return typeItems(workspace, range, { asEntity: false, rank: 10 });
  if (word === '::') return entityIdItems(spot);
  if (word === 'like')
    return [item('snippet', '"*"', range, 'pattern', { newText: '"$1*"', isSnippet: true, rank: 10 })];
  if (isOperandEnd(spot)) return operatorItems(spot);
  return [...expected(spot), ...operandItems(spot)];
}

/** The innermost expression of a kind around the token before. */
function find<K extends Expr['kind']>(
  { policy, before, around }: Spot,
  kind: K,
  fits: (expr: Extract<Expr, { kind: K }>) => boolean,
): Extract<Expr, { kind: K }> | null {
  if (!policy || !before) return null;
  for (const expr of around.toReversed())
    if (expr.kind === kind && fits(expr as Extract<Expr, { kind: K }>))
      return expr as Extract<Expr, { kind: K }>;
  return null;
}

function behindDot(spot: Spot): CompletionItem[] {
  const { before, around, range } = spot;
  const dot = before!.start;
  for (const expr of around.toReversed()) {
    if ((expr.kind === 'member' || expr.kind === 'method') && expr.dot === dot)
      return [...memberItems(spot, expr.target, range), ...methodItems(spot, expr.target)];
    if (expr.kind === 'has' && expr.keyword.end < dot) {
      // `has a.b`: below what stands before this dot.
      let target: Expr = expr.target;
      for (const name of expr.attributes.filter((one) => one.range.end <= dot))
        target = {
          kind: 'member',
          target,
          name,
          dot,
          indexed: false,
          range: { start: expr.range.start, end: name.range.end },
        };
      return memberItems(spot, target, range);
    }
  }
  return [];
}

/** Methods of the types that the target may have; all of them where nothing is known. */
function methodItems({ view, range, policy }: Spot, target: Expr): CompletionItem[] {
  if (!policy) return [];
  const types = view?.typesOf(target) ?? [];
  const kinds = new Set(types.map((type) => (type.kind === 'extension' ? type.name : type.kind)));
  const isUnknown = types.length === 0 && target.kind !== 'variable' && target.kind !== 'missing';
  return BUILTINS.filter(({ on }) => on !== null && (kinds.has(on) || isUnknown)).map((builtin) =>
    builtinItem(builtin, range, isUnknown ? 70 : 40),
  );
}

function isOperandEnd({ before, word }: Spot): boolean {
  if (!before) return false;
  if (before.kind === 'symbol') return word === ')' || word === ']' || word === '}';
  return !(before.kind === 'word' && OPERATORS.has(word));
}

function operatorItems(spot: Spot): CompletionItem[] {
  const words = ['&&', '||', '==', '!=', 'has', 'in', 'like', 'is', '<', '<=', '>', '>='];
  return words.map((word, index) =>
    item('keyword', word, spot.range, 'operator', {
      documentation: KEYWORDS.get(word) ?? '',
      rank: 10 + index,
    }),
  );
}

/** What goes with the other side of a comparison, or with what a method is asked of. */
function expected(spot: Spot): CompletionItem[] {
  const { word, before, range, workspace, known, view } = spot;
  if (!view) return [];
  if (COMPARISONS.has(word) || word === 'in') {
    const comparison = find(spot, 'binary', (expr) => expr.at.start === before!.start);
    if (!comparison) return [];
    const { left } = comparison;
    if (left.kind === 'variable' && left.name === 'action')
      return actionItems(workspace, known, range, uidText, 5);
    const types = view.typesOf(left);
    const entities = types.flatMap((type) => (type.kind === 'entity' ? type.name : []));
    return [
      ...exampleItems(examplesOf(view, left), spot),
      ...(types.some(({ kind }) => kind === 'boolean')
        ? ['true', 'false'].map((one) => item('constant', one, range, 'Bool', { rank: 8 }))
        : []),
      ...(entities.length
        ? typeItems(workspace, range, {
            asEntity: true,
            rank: 12,
            ...(word === 'in' ? {} : { only: entities }),
          })
        : []),
    ];
  }
  const method = spot.around.findLast((expr) => expr.kind === 'method' && expr.args.open < before!.end);
  if (method?.kind !== 'method') return [];
  const isElement = method.name.text.startsWith('contains');
  return exampleItems(examplesOf(view, method.target, isElement), spot);
}

function exampleItems(examples: readonly Example[], { range }: Spot): CompletionItem[] {
  return examples.flatMap(({ text, from }) =>
    text === null ? [] : [item('constant', text, range, oneLine(from), { rank: 5 })],
  );
}

function operandItems(spot: Spot): CompletionItem[] {
  const { range, workspace, view } = spot;
  return [
    ...Object.entries(VARIABLES).map(([name, doc]) =>
      item('variable', name, range, 'variable', { documentation: doc, rank: 20 }),
    ),
    ...(view ? pathItems(spot) : []),
    ...BUILTINS.filter(({ on }) => on === null).map((builtin) => builtinItem(builtin, range, 40)),
    ...['true', 'false', 'if'].map((one) =>
      item('keyword', one, range, 'keyword', {
        documentation: KEYWORDS.get(one)!,
        rank: 45,
        ...(one === 'if' ? { newText: 'if $1 then $2 else $3', isSnippet: true } : {}),
      }),
    ),
    ...typeItems(workspace, range, { asEntity: true, rank: 50 }),
  ];
}
