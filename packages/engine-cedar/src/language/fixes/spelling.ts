import { type CodeFix, type Diagnostic, suggest, type TextRange } from '@benchbook/model';
import { BUILTINS } from '../builtins.ts';
import { attributeName, cedarString } from '../cedar-text.ts';
import { actionUids } from '../complete/items.ts';
import { pathText } from '../knowledge/catalog.ts';
import { isActionType } from '../knowledge/view.ts';
import { holds } from '../place.ts';
import { type Expr, expressionsAt, expressionsOf, type Name } from '../syntax/tree.ts';
import type { FixPlace } from './fixes.ts';

interface Better {
  readonly range: TextRange;
  readonly to: string;
  readonly newText: string;
}

/** Replaces the word that a finding is about with the name nearest to it. */
export function spellingFix(place: FixPlace, range: TextRange, diagnostic: Diagnostic): CodeFix | null {
  const better = betterWord(place, range);
  if (!better) return null;
  const { start, path } = place;
  return {
    title: `Change to \`${better.to.slice(0, 80)}\``,
    kind: 'quickfix',
    edits: [
      {
        file: path,
        edits: [
          {
            range: { start: better.range.start + start, end: better.range.end + start },
            newText: better.newText,
          },
        ],
      },
    ],
    diagnostic,
    isPreferred: true,
  };
}

function betterWord(place: FixPlace, range: TextRange): Better | null {
  const { policy } = place;
  if (range.end - range.start >= policy.range.end - policy.range.start && policy.isComplete) return null;
  const around = expressionsAt(policy, range.end);
  const own = around.findLast((expr) => expr.range.start === range.start && expr.range.end === range.end);
  const inner = around.at(-1);
  for (const expr of [own, inner, ...expressionsAt(policy, range.start).toReversed().slice(0, 1)]) {
    const better = expr && ofExpression(place, expr);
    if (better) return better;
  }
  for (const expr of expressionsOf(policy)) {
    const isInside = range.start <= expr.range.start && expr.range.end <= range.end;
    const better = isInside && expr.kind !== 'variable' ? ofExpression(place, expr) : null;
    if (better) return better;
  }
  for (const { type } of policy.scope) if (type && holds(type.range, range.start)) return ofType(place, type);
  return ofWord(place, range);
}

function ofExpression(place: FixPlace, expr: Expr): Better | null {
  switch (expr.kind) {
    case 'member':
      return expr.name && ofMember(place, expr.target, expr.name, expr.indexed);
    case 'has':
      return expr.attributes.length === 1 ? ofMember(place, expr.target, expr.attributes[0]!, false) : null;
    case 'entity': {
      const type = pathText(expr.path);
      if (isActionType(type) && expr.id) {
        const { id } = expr;
        const names = actionUids(place.workspace, place.known)
          .filter((uid) => uid.type === type)
          .map((uid) => uid.id);
        const near = names.includes(id.value) ? undefined : suggest(id.value, names);
        return near === undefined ? null : { range: id.range, to: near, newText: cedarString(near) };
      }
      return ofType(place, expr.path);
    }
    case 'is':
      return expr.type && ofType(place, expr.type);
    case 'call':
    case 'method': {
      const name = expr.kind === 'call' ? expr.callee.parts.at(-1)! : expr.name;
      const names = BUILTINS.filter(({ on }) => (on === null) === (expr.kind === 'call')).map(
        (one) => one.name,
      );
      return ofName(name, names);
    }
    case 'variable':
      return ofName({ text: expr.name, range: expr.range }, [
        'principal',
        'action',
        'resource',
        'context',
        'true',
        'false',
      ]);
    default:
      return null;
  }
}

function ofMember({ view }: FixPlace, target: Expr, name: Name, indexed: boolean): Better | null {
  const names = view.membersOf(target).map((one) => one.name);
  const better = ofName(name, names);
  if (!better) {
    // `contxt.input.amount`: the first word is what is wrong.
    return target.kind === 'variable' || target.kind === 'member' ? rootOf(target) : null;
  }
  return indexed
    ? { ...better, newText: cedarString(better.to).slice(1, -1) }
    : { ...better, newText: attributeName(better.to) };
}

function rootOf(target: Expr): Better | null {
  let current = target;
  while (current.kind === 'member') current = current.target;
  if (current.kind !== 'variable') return null;
  return ofName({ text: current.name, range: current.range }, ['principal', 'action', 'resource', 'context']);
}

function ofType({ workspace }: FixPlace, path: Parameters<typeof pathText>[0]): Better | null {
  const name = pathText(path);
  const last = path.parts.at(-1)!;
  const names = [...workspace.catalog.entityTypes.keys()];
  // `Acton::"refund"`: actions have a type of their own.
  return ofName({ text: name, range: { start: path.range.start, end: last.range.end } }, [
    ...names,
    'Action',
  ]);
}

function ofName(name: Name, names: readonly string[]): Better | null {
  if (names.includes(name.text)) return null;
  const near = suggest(name.text, names);
  return near === undefined ? null : { range: name.range, to: near, newText: near };
}

/** Effects, conditions and variables of the scope. */
function ofWord({ text }: FixPlace, range: TextRange): Better | null {
  const word = text.slice(range.start, range.end);
  if (!/^[A-Za-z_]\w*$/.test(word)) return null;
  return ofName({ text: word, range }, [
    'permit',
    'forbid',
    'when',
    'unless',
    'principal',
    'action',
    'resource',
  ]);
}
