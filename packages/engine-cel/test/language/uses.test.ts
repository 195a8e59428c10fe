import { expect, test } from 'vitest';
import { open } from './workspace.ts';

async function used(text: string, path = 'p/x.cel'): Promise<string[]> {
  const { language } = await open({ [path]: text });
  return language.uses(path).map((use) => {
    const at = text.slice(use.range.start, use.range.end);
    if (use.kind === 'tool') return `tool ${use.name} at ${at}`;
    return `${use.pointer} at ${at}${use.tools.length > 0 ? ` of ${use.tools.join(' ')}` : ''}${use.guarded ? ' guarded' : ''}`;
  });
}

test('tools, by comparison and by what came before', async () => {
  expect(
    await used('tool.name in ["a", \'b\'] || tool.name != "c" || "d" in session.tools || args.x == "e"'),
  ).toEqual([
    'tool a at "a"',
    `tool b at 'b'`,
    'tool c at "c"',
    'tool d at "d"',
    // What follows matters only where the tool is `c`.
    '/session/tools at tools of c',
    '/args/x at x of c',
  ]);
});

test('facts, with the tools they can be of and whether they are asked for', async () => {
  expect(
    await used(
      'tool.name == "pay" && has(args.a) && args.a.b > 1 && args.items.exists(i, i.price > args.max)',
    ),
  ).toEqual([
    'tool pay at "pay"',
    '/args/a at a of pay guarded',
    '/args/a/b at b of pay',
    '/args/items at items of pay',
    '/args/items/-/price at price of pay',
    '/args/max at max of pay',
  ]);
  expect(
    await used('args.?x.orValue(1) > 1 || "y" in args && args.y || !has(args.z) || args["z"].w[0] == 1'),
  ).toEqual(['/args/x at x guarded', '/args/y at y guarded', '/args/z at z guarded', '/args/z/w/- at 0']);
});

test('tools of a policy are only those that are certain', async () => {
  expect(await used('(tool.name == "a" || tool.name == "b") && args.x')).toContain('/args/x at x of a b');
  expect(await used('(tool.name == "a" || args.y) && args.x')).toContain('/args/x at x');
  expect(await used('(args.y ? tool.name : args.z) == "a" && args.x')).toContain('/args/x at x');
  expect(await used('["a", "b"].exists(t, t == tool.name) && args.x')).toContain('/args/x at x');
  expect(await used('!(tool.name != "a") && args.x')).toContain('/args/x at x of a');
});

test('conditions around and before hold for what follows', async () => {
  const policy = `rule:
  match:
    - condition: tool.name != "pay"
      output: '"allow"'
    - condition: has(args.a)
      output: '"deny" + args.a + args.b'
`;
  expect(await used(policy, 'p/x.cel.yaml')).toEqual([
    'tool pay at "pay"',
    '/args/a at a of pay guarded',
    '/args/a at a of pay guarded',
    '/args/b at b of pay',
  ]);
  // Under `aggregate` every case is looked at.
  expect((await used(policy.replace('match:', 'aggregate:'), 'p/x.cel.yaml')).at(-1)).toBe('/args/b at b');
});

test('nothing where the file does not parse', async () => {
  expect(await used('args.a &&')).toEqual([]);
  expect(await used('rule:\n  match:\n    - condition: args.a\n      outp\n', 'p/x.cel.yaml')).toEqual([]);
});
