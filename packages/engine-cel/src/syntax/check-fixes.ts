/** Where cel-js' type check is wrong, its nodes are given one that is right. */
import type { RawNode } from './convert.ts';

interface Checker {
  check(node: unknown, context: unknown): CheckedType;
  getType(name: string): CheckedType;
}

interface CheckedType {
  readonly kind: string;
  readonly name: string;
}

interface CheckedNode extends RawNode {
  check(checker: Checker, node: unknown, context: unknown): CheckedType;
}

const TIMESTAMP = 'google.protobuf.Timestamp';
const DURATION = 'google.protobuf.Duration';

/** Prepares a tree for its check. */
export function fixChecks(root: RawNode): void {
  const pending: RawNode[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    pending.push(...rawChildren(node));
    if (node.op === 'call') fixHas(node as CheckedNode);
    if (node.op === '+') fixSum(node as CheckedNode);
  }
}

/** `has(e.f)` for any `e`: cel-js takes chains of names alone and would refuse `has(args.items[0].price)`. */
function fixHas(node: CheckedNode): void {
  const [name, [field]] = node.args as [string, RawNode[]];
  if (name !== 'has' || field?.op !== '.') return;
  node.check = (checker, _node, context) => {
    // A number has no fields; of anything else the field itself need not be known.
    const { kind } = checker.check((field.args as [RawNode])[0], context);
    if (kind === 'primitive') checker.check(field, context);
    return checker.getType('bool');
  };
}

/** A duration plus a timestamp is a timestamp, for cel-js a duration. */
function fixSum(node: CheckedNode): void {
  const check = node.check.bind(node);
  node.check = (checker, self, context) => {
    const type = check(checker, self, context);
    const [left, right] = (node.args as RawNode[]).map((part) => checker.check(part, context).name);
    return left === DURATION && right === TIMESTAMP ? checker.getType(TIMESTAMP) : type;
  };
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
