/** Asks whether a field is there before it is read: `has(args.amount) && ...`. */
import { type CodeFix, pointerTokens } from '@benchbook/model';
import { type LooseCall, type LooseNode, pathAt } from '../../syntax/loose/node.ts';
import { boundNames, localsAt } from '../cel/locals.ts';
import type { Site } from '../document/site.ts';
import { Certainty } from '../facts/certain.ts';
import { type FixContext, fixOf } from './context.ts';

const CONDITIONS = new Set(['all', 'exists', 'exists_one', 'existsOne', 'filter']);

export function hasFixes(context: FixContext): CodeFix[] {
  const { document, range, workspace } = context;
  const found = document.siteAt(range.start);
  if (!found) return [];
  const { site, at } = found;
  const path = pathAt(site.tree.root, at);
  const chain = chainIn(path);
  if (chain < 0 || path.some(isGuard)) return [];
  const target = operandAbove(path, chain, site);
  const operand = target === null ? undefined : path[target];
  if (target === null || !operand) return [];
  const certainty = new Certainty(workspace);
  const locals = localsAt(path.slice(0, chain + 1));
  const { present } = certainty.at(site, path.slice(0, chain + 1));
  const asked: string[] = [];
  for (let node = path[chain]; node; node = 'operand' in node ? node.operand : undefined) {
    if (node.kind !== 'select') continue;
    if (node.optional || node.field === '') return [];
    const pointer = certainty.meanings.pointer({ node, site, locals });
    // Members of the call that are always there need no question.
    if (
      pointer === null ||
      pointer === '/tool/name' ||
      present.has(pointer) ||
      pointerTokens(pointer).length < 2
    )
      continue;
    const { start, end } = site.toFile(node);
    asked.unshift(`has(${document.text.slice(start, end)})`);
  }
  if (asked.length === 0) return [];
  const { start, end } = site.toFile(operand);
  const isLoose = operand.kind === 'conditional' || operand.kind === 'or';
  const text = document.text.slice(start, end);
  const newText = `${asked.join(' && ')} && ${isLoose ? `(${text})` : text}`;
  const title = `Ask for the field first: \`${asked.at(-1)} && ...\``;
  return [fixOf(context, title, { range: { start, end }, newText }, { kind: 'refactor' })];
}

function isGuard(node: LooseNode): boolean {
  return node.kind === 'call' && node.name === 'has' && !node.target;
}

/** Index of the outermost step of the path of fields at the end of a path of nodes; -1 where there is none. */
function chainIn(path: readonly LooseNode[]): number {
  let index = path.length - 1;
  if (path[index]?.kind !== 'name' && path[index]?.kind !== 'select') return -1;
  while (index > 0) {
    const parent = path[index - 1];
    const isStep = parent?.kind === 'select' || (parent?.kind === 'index' && parent.operand === path[index]);
    if (!isStep) break;
    index--;
  }
  return path[index]?.kind === 'select' ? index : -1;
}

/** Index of the boolean part around, which the question is put before; null where there is none. */
function operandAbove(path: readonly LooseNode[], from: number, site: Site): number | null {
  for (let index = from; index >= 0; index--) {
    const node = path[index] as LooseNode;
    const parent = path[index - 1];
    if (!parent) return site.role === 'condition' || site.role === 'file' || isBoolean(node) ? index : null;
    if (parent.kind === 'and' || parent.kind === 'or') return index;
    if (parent.kind === 'conditional' && parent.test === node) return index;
    if (parent.kind === 'paren' && isBoolean(node)) return index;
    if (parent.kind === 'call' && isCondition(parent as LooseCall, node)) return index;
  }
  return null;
}

function isCondition(call: LooseCall, node: LooseNode): boolean {
  const index = call.args.indexOf(node);
  return (
    CONDITIONS.has(call.name) &&
    boundNames(call) > 0 &&
    index === call.args.length - 1 &&
    index >= boundNames(call)
  );
}

function isBoolean(node: LooseNode): boolean {
  if (node.kind === 'binary') return !['+', '-', '*', '/', '%'].includes(node.operator);
  return node.kind === 'and' || node.kind === 'or' || node.kind === 'not';
}
