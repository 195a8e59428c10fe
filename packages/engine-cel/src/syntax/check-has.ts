import type { RawNode } from './convert.ts';

interface HasNode extends RawNode {
  check?: (
    checker: { check(node: unknown, context: unknown): unknown; getType(name: string): unknown },
    node: unknown,
    context: unknown,
  ) => unknown;
}

/**
 * Lets `has(e.f)` be checked for any `e`. cel-js checks it for chains of names alone and would refuse
 * `has(args.items[0].price)`, which CEL allows.
 */
export function checkHas(root: RawNode): void {
  const pending: RawNode[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    pending.push(...rawChildren(node));
    const [name, args] = node.op === 'call' ? (node.args as [string, RawNode[]]) : ['', []];
    const field = args[0];
    if (name !== 'has' || field?.op !== '.') continue;
    (node as HasNode).check = (checker, _node, context) => {
      checker.check((field.args as [RawNode])[0], context);
      return checker.getType('bool');
    };
  }
}

/** All syntax nodes among a node's arguments, however they are nested. */
function rawChildren(node: RawNode): RawNode[] {
  const found: RawNode[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null && 'op' in value) found.push(value as RawNode);
  };
  collect(node.args);
  return found;
}
