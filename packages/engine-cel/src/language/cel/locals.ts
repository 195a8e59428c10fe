/** Names that macros bind. */
import type { LooseCall, LooseName, LooseNode } from '../../syntax/loose/node.ts';

/** A name bound by a macro. */
export interface Local {
  readonly name: string;
  /** Where it is declared: the name itself. */
  readonly declaration: LooseName;
  readonly macro: LooseCall;
  /** What it stands for: an item of the list or a key, the value beside the key or index, or the bound value. */
  readonly role: 'item' | 'first' | 'second' | 'bound';
}

const PAIRS = new Set(['all', 'exists', 'exists_one', 'existsOne']);
const TRANSFORMS = new Set(['transformList', 'transformMap', 'transformMapEntry']);

/** How many first arguments of a call are names that it binds; 0 where it is no macro. */
export function boundNames(call: LooseCall): number {
  const { name, args, target } = call;
  if (!target) return 0;
  if (isBind(call)) return args.length > 1 ? 1 : 0;
  if (TRANSFORMS.has(name)) return args.length >= 3 ? 2 : Math.min(args.length, 1);
  if (PAIRS.has(name)) return args.length >= 3 ? 2 : 1;
  return name === 'map' || name === 'filter' ? 1 : 0;
}

function isBind({ name, target }: LooseCall): boolean {
  return name === 'bind' && target?.kind === 'name' && target.name === 'cel';
}

/** The names that a call binds. */
export function localsOf(call: LooseCall): Local[] {
  const count = boundNames(call);
  const isPair = count === 2;
  return call.args.slice(0, count).flatMap((arg, index): Local[] => {
    if (arg.kind !== 'name') return [];
    const role = isBind(call) ? 'bound' : isPair ? (index === 0 ? 'first' : 'second') : 'item';
    return [{ name: arg.name, declaration: arg as LooseName, macro: call, role }];
  });
}

/** Names that hold inside a part of a node, added to those around. */
export function innerLocals(node: LooseNode, part: LooseNode, outer: readonly Local[]): readonly Local[] {
  if (node.kind !== 'call') return outer;
  const call = node as LooseCall;
  const count = boundNames(call);
  const index = call.args.indexOf(part);
  // The value that `cel.bind` binds does not see the name.
  if (count === 0 || index < (isBind(call) ? 2 : 0)) return outer;
  return [...outer, ...localsOf(call)];
}

/** The names that hold at the end of a path of nodes. */
export function localsAt(path: readonly LooseNode[]): readonly Local[] {
  let locals: readonly Local[] = [];
  for (const [index, node] of path.entries()) {
    const next = path[index + 1];
    if (next) locals = innerLocals(node, next, locals);
  }
  return locals;
}
