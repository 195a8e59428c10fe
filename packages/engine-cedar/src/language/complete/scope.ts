import type { CompletionItem } from '@benchbook/model';
import { KEYWORDS, VARIABLES } from '../builtins.ts';
import { snippetText } from '../markdown.ts';
import type { Variable } from '../syntax/tree.ts';
import type { Spot } from './complete.ts';
import { entityIdItems } from './entities.ts';
import { actionItems, item, typeItems, uidText } from './items.ts';

const ORDER: readonly Variable[] = ['principal', 'action', 'resource'];

/** Inside the parentheses of a scope. */
export function scopeItems(spot: Spot): CompletionItem[] {
  const { word, range, workspace, known, policy, offset } = spot;
  const part = policy?.scope.findLast(({ name }) => name.range.end <= offset);
  if (word === '::') return entityIdItems(spot);
  const isInList = part && (word === '[' || (word === ',' && openBracket(spot)));
  if (word === '(' || (word === ',' && !isInList)) return variableItems(spot);
  if (!part) return [];
  if (word === '==' || word === 'in' || isInList) {
    if (part.variable === 'action') return actionItems(workspace, known, range, uidText, 10);
    const slot = `?${part.variable}`;
    return [
      ...typeItems(workspace, range, { asEntity: true, rank: 20 }),
      item('variable', slot, range, 'slot of a template', { rank: 30 }),
    ];
  }
  if (word === 'is') return typeItems(workspace, range, { asEntity: false, rank: 10 });
  const name = spot.piece.text.slice(part.name.range.start, part.name.range.end);
  if (word === name) {
    const operators = part.variable === 'action' ? ['==', 'in'] : ['==', 'in', 'is'];
    return operators.map((operator) =>
      item('keyword', operator, range, 'operator', { documentation: KEYWORDS.get(operator) ?? '', rank: 10 }),
    );
  }
  return part.type && part.operator === 'is' && !part.target
    ? [item('keyword', 'in', range, 'operator', { documentation: KEYWORDS.get('in')!, rank: 10 })]
    : [];
}

/** A `[` is open before the place. */
function openBracket({ piece, policy, before }: Spot): boolean {
  let depth = 0;
  for (const { kind, start } of piece.tokens) {
    if (start < (policy?.scopeRange?.start ?? 0) || kind !== 'symbol') continue;
    if (start > (before?.start ?? 0)) break;
    if (piece.text[start] === '[') depth++;
    else if (piece.text[start] === ']') depth--;
  }
  return depth > 0;
}

function variableItems(spot: Spot): CompletionItem[] {
  const { policy, range, workspace, known, offset } = spot;
  const taken = new Set(
    policy?.scope
      .filter(({ name }) => !(name.range.start <= offset && offset <= name.range.end))
      .map(({ variable }) => variable),
  );
  const next = ORDER.find((variable) => !taken.has(variable));
  if (!next) return [];
  const items = [item('variable', next, range, 'variable', { documentation: VARIABLES[next]!, rank: 10 })];
  if (next !== 'action') return items;
  const actions = actionItems(workspace, known, range, uidText, 20);
  return [
    ...items,
    ...actions.map((action) => ({
      ...action,
      label: `action == ${action.newText}`,
      newText: snippetText(`action == ${action.newText}`),
      isSnippet: true,
    })),
  ];
}
