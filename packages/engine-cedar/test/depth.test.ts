import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundDepth, originalOffset } from '../src/policies/depth.ts';
import { splitStatements } from '../src/policies/split.ts';
import { call, load, openSession, sourceFiles } from './support.ts';

function regroup(condition: string): string {
  const [statement] = splitStatements(`permit (principal, action, resource) when { ${condition} };`);
  const verdict = boundDepth(statement!);
  if (!verdict.ok) throw new Error(verdict.message);
  return verdict.text.slice(verdict.text.indexOf('{') + 2, -3);
}

test('chains up to eight stay as they are written', () => {
  const eight = 'a || b || c || d || e || f || g || h';
  expect(regroup(eight)).toBe(eight);
});

test('longer ones become balanced trees, each kind of operator by itself', () => {
  expect(regroup('a || b || c || d || e || f || g || h && x || i')).toBe(
    '((a || b) || (c || d)) || ((e || f) || (g || (h && x || i)))',
  );
  expect(regroup('(a && b && c && d && e && f && g && h && i) || j')).toBe(
    '(((a && b) && (c && d)) && ((e && f) && (g && (h && i)))) || j',
  );
});

test('a regrouped place leads back to the source', () => {
  fc.assert(
    fc.property(fc.integer({ min: 9, max: 60 }), (length) => {
      const [statement] = splitStatements(
        `permit (principal, action, resource) when { ${Array.from({ length }, (_, i) => `x${i}`).join(' || ')} };`,
      );
      const verdict = boundDepth(statement!);
      if (!verdict.ok) throw new Error(verdict.message);
      const { text, insertions } = verdict;
      expect(text.length).toBe(statement!.text.length + insertions.length);
      for (let i = 0; i < length; i++) {
        const place = new RegExp(`x${i}\\b`).exec(text)!.index;
        const original = originalOffset(insertions, place);
        expect(statement!.text.slice(original, original + 2)).toBe(`x${i}`.slice(0, 2));
        expect(originalOffset(insertions, place + 2)).toBe(original + 2);
      }
    }),
  );
});

/** Conditions over `context.input.{t,f,e}`: true, false, absent (an error). */
const leaf = fc.constantFrom('context.input.t', 'context.input.f', 'context.input.e', 'context.input.n');
const chain = (operand: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.constantFrom(' && ', ' || '), fc.array(operand, { minLength: 1, maxLength: 24 }))
    .map(([operator, operands]) => operands.join(operator));
const condition = chain(
  fc.oneof(
    { weight: 5, arbitrary: leaf },
    { weight: 1, arbitrary: chain(leaf).map((inner) => `(${inner})`) },
  ),
);

test('regrouping changes neither what applies nor what errs', async () => {
  const session = await openSession();
  await fc.assert(
    fc.asyncProperty(condition, async (text) => {
      // Each operand behind its own parenthesis is the same tree, written so that nothing is regrouped.
      const flat = leftNested(text);
      const rule = (one: string) => `permit (principal, action, resource) when { ${one} };`;
      const run = async (one: string) => {
        session.update({
          files: sourceFiles({ 'a.cedar': rule(one) }),
          tools: [],
          agents: [],
          numbers: [],
        });
        const set = (await session.snapshot()).sets[0]!;
        return set.decide(set.prepare([call({ args: { t: true, f: false, n: 5 } })]), 0);
      };
      expect(await run(text)).toEqual(await run(flat));
    }),
    { numRuns: 150 },
  );
});

/** `a || b || c` as `((a || b) || c)`, top level only: chains of two are never regrouped. */
function leftNested(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  const operator = text.replaceAll(/\([^()]*\)/g, '').includes('&&') ? '&&' : '||';
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')') depth--;
    if (depth === 0 && text.startsWith(operator, at)) {
      parts.push(text.slice(start, at).trim());
      start = at + 2;
    }
  }
  parts.push(text.slice(start).trim());
  return parts.reduce((left, right) => `(${left} ${operator} ${right})`);
}

test('splitting, comments and strings with semicolons', async () => {
  const first = `@reason("a;b") permit (principal, action, resource) // ;
when { context.input.t == ";\\"};" };`;
  const second = 'forbid (principal, action, resource) when { false };';
  const text = `// ; not here\n${first}\n${second}`;
  const { set } = await load({ 'a.cedar': text });
  expect(set.policies.map(({ range }) => text.slice(range.start, range.end))).toEqual([first, second]);
});
