import type { ConditionState } from '@benchbook/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { call, openSession, sourceFiles } from './support.ts';

/** Leaves over `args` below, with what each is. */
const LEAVES: readonly (readonly [text: string, value: ConditionState])[] = [
  ['context.input.t', 'true'],
  ['context.input.f', 'false'],
  ['context.input.absent', 'error'],
  ['context.input.n', 'error'],
  ['true', 'true'],
  ['context.input has absent', 'false'],
  ['context.input.n == 5', 'true'],
  ['!context.input.f == true', 'true'],
  ['context.input.text == "a && (b || c"', 'true'],
  ['["then", context.input.text].contains("if") // else &&\n', 'false'],
  ['principal in Agent::"é😀"', 'true'],
  ['(if context.input.f then 1 else 2) < 2', 'false'],
];
const args = { t: true, f: false, n: 5, text: 'a && (b || c' };

type Node =
  | { readonly kind: 'leaf'; readonly text: string; readonly value: ConditionState }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Node[] }
  | { readonly kind: 'if'; readonly of: readonly [Node, Node, Node] };

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...LEAVES).map(([text, value]): Node => ({ kind: 'leaf', text, value })),
    tie('node').map((of): Node => ({ kind: 'not', of })),
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('node'), { minLength: 2, maxLength: 12 }),
      )
      .map(([kind, of]): Node => ({ kind, of })),
    fc.tuple(tie('node'), tie('node'), tie('node')).map((of): Node => ({ kind: 'if', of })),
  ),
}));
const clause = fc.tuple(fc.constantFrom('when' as const, 'unless' as const), node);

/** Each operand in parentheses where it needs them, and leaves now and then where they do not. */
function write(one: Node, isOperand: boolean): string {
  switch (one.kind) {
    case 'leaf':
      return isOperand && one.text.length % 2 ? `(${one.text})` : one.text;
    case 'not':
      return `!(${write(one.of, false)})`;
    case 'if': {
      const [condition, positive, negative] = one.of.map((part) => write(part, false));
      const text = `if ${condition} then ${positive} else ${negative}`;
      return isOperand ? `( ${text} )` : text;
    }
    default: {
      const text = one.of.map((part) => write(part, true)).join(one.kind === 'and' ? ' && ' : ' || ');
      return isOperand ? `(${text})` : text;
    }
  }
}

function leavesOf(one: Node): string[] {
  if (one.kind === 'leaf') return [one.text];
  return one.kind === 'not' ? leavesOf(one.of) : one.of.flatMap(leavesOf);
}

/** Evaluates as the language is defined, noting each leaf; what is not evaluated is noted as unreached. */
function evaluate(one: Node, isReached: boolean, seen: ConditionState[]): ConditionState {
  const skip = (nodes: readonly Node[]) => {
    for (const other of nodes) evaluate(other, false, seen);
  };
  switch (one.kind) {
    case 'leaf':
      seen.push(isReached ? one.value : 'unreached');
      return isReached ? one.value : 'unreached';
    case 'not': {
      const value = evaluate(one.of, isReached, seen);
      return value === 'true' ? 'false' : value === 'false' ? 'true' : value;
    }
    case 'if': {
      const [condition, positive, negative] = one.of;
      const value = evaluate(condition, isReached, seen);
      const first = evaluate(positive, value === 'true', seen);
      const second = evaluate(negative, value === 'false', seen);
      return value === 'true' ? first : value === 'false' ? second : value;
    }
    default: {
      const goesOn = one.kind === 'and' ? 'true' : 'false';
      for (const [index, part] of one.of.entries()) {
        const value = evaluate(part, isReached, seen);
        if (value === goesOn) continue;
        skip(one.of.slice(index + 1));
        return value;
      }
      return goesOn;
    }
  }
}

test('states of all operands are what the language says, and Cedar agrees on the policy', async () => {
  const session = await openSession();
  await fc.assert(
    fc.asyncProperty(fc.array(clause, { minLength: 1, maxLength: 3 }), async (clauses) => {
      const body = clauses.map(([kind, one]) => `${kind} { ${write(one, false)} }`).join('\n');
      const text = `// 😀\npermit (principal, action, resource)\n${body};`;
      session.update({ files: sourceFiles({ 'a.cedar': text }), tools: [], agents: [], numbers: [] });
      const { sets, diagnostics } = await session.snapshot();
      // Deeper than can be evaluated at all.
      fc.pre(!diagnostics.some(({ code }) => code === 'cedar-too-deep'));
      const set = sets[0]!;

      const states: ConditionState[] = [];
      const texts: string[] = [];
      let state = 'applied';
      for (const [kind, one] of clauses) {
        const seen: ConditionState[] = [];
        const value = evaluate(one, state === 'applied', seen);
        const isReached = state === 'applied';
        if (value === 'error') state = 'error';
        else if (isReached && (value === 'true') !== (kind === 'when')) state = 'silent';
        states.push(...(seen.length > 1 ? [isReached ? value : 'unreached', ...seen] : seen));
        const leaves = leavesOf(one).map((leaf) => leaf.replace(/ \/\/.*\n/, ''));
        texts.push(...(leaves.length > 1 ? ['*', ...leaves] : leaves));
      }
      const requests = set.prepare([call({ agent: { id: 'é😀' }, args })]);
      const decision = set.decide(requests, 0);
      const cover = set.cover(requests, 0);
      expect(cover.conditions).toEqual(states);
      expect(cover.statements).toEqual([state === 'applied']);
      expect(set.observe(requests, 0).states).toEqual([state]);
      expect(set.decide(requests, 0)).toEqual(decision);
      expect(
        set.conditions.map(({ range }, index) =>
          texts[index] === '*' ? '*' : text.slice(range.start, range.end),
        ),
      ).toEqual(texts);
    }),
    { numRuns: 300 },
  );
});
