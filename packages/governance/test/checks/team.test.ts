import { builtinCatalogs, describeControl } from '@benchbook/controls';
import { describe, expect, test } from 'vitest';
import { CARD, findingsOf, told } from './workspace.ts';

const cel = (id: string, condition: string, output: string) =>
  `name: ${id}\nrule:\n  id: ${id}\n  match:\n    - id: case\n      condition: ${JSON.stringify(condition)}\n      output: '${output}'\n`;
const team = (name: string, text: string) => ({ files: { [`governance/checks/${name}`]: text } });
const ownerless = { 'agents/bot.yaml': CARD.replace(/owner.*\n/, '') };

describe('a check of the team', () => {
  test('in CEL adds to the built-in ones, at the member that it names', async () => {
    const text = cel(
      'contact',
      '!args.agent.owner.endsWith("@norrwall.example")',
      '{"outcome": "escalate", "reason": "the owner is outside of the house", "obligations": [{"type": "at", "member": "owner"}]}',
    );
    const [one, ...others] = await findingsOf(team('contact.cel.yaml', text));
    expect(others).toEqual([]);
    expect([one!.severity, one!.check, one!.message]).toEqual([
      'warning',
      'governance/checks/contact.cel.yaml#contact/case',
      'the owner is outside of the house',
    ]);
    expect(CARD.slice(one!.range!.start, one!.range!.end)).toBe('desk@example.com');
  });

  test('in Cedar, each policy for itself', async () => {
    const text = `@id("two-approvers") @reason("two people must be able to approve")
@effect("escalate")
forbid (principal, action == Action::"build-check", resource)
when { !context.input.deployment.approvers.containsAll(["Bo", "Cy"]) };
`;
    expect(await told(team('a.cedar', text))).toEqual(['warning governance/checks/a.cedar#two-approvers']);
    const forbid = text.replace('@effect("escalate")\n', '');
    const [one, ...others] = await findingsOf(team('a.cedar', forbid));
    expect(others).toEqual([]);
    expect([one!.severity, one!.check, one!.message]).toEqual([
      'error',
      'governance/checks/a.cedar#two-approvers',
      'two people must be able to approve',
    ]);
  });

  test('in Rego', async () => {
    const text = `package checks.pairs

deny contains "a bot is not its own approver" if {
  some name in input.args.deployment.approvers
  name == "Bo"
}
`;
    const [one, ...others] = await findingsOf(team('pairs.rego', text));
    expect(others).toEqual([]);
    expect([one!.severity, one!.message]).toEqual(['error', 'a bot is not its own approver']);
  });

  test.each([
    ['CEL', 'mine.cel.yaml', cel('owner', 'args.now == ""', '"deny"')],
    [
      'Cedar',
      'mine.cedar',
      '@id("owner") forbid (principal, action, resource) when { context.input.now == "" };',
    ],
    ['Rego', 'mine.rego', 'package checks.owner\n\ndeny contains "x" if input.args.now == ""\n'],
  ])('of the same id takes the place of a built-in one: %s', async (_language, name, text) => {
    expect(await told({ files: ownerless })).toEqual(['error owner/missing']);
    expect(await told({ files: { ...ownerless, [`governance/checks/${name}`]: text } })).toEqual([]);
  });

  test('that does not load is an error, and the built-in one stays', async () => {
    const text = cel('owner', 'args.agent.owner ==', '"deny"');
    const found = await findingsOf({ files: { ...ownerless, 'governance/checks/mine.cel.yaml': text } });
    expect(found.map(({ severity, check, file }) => [severity, check, file])).toEqual([
      ['error', 'owner/missing', 'agents/bot.yaml'],
      ['error', 'check-broken', 'governance/checks/mine.cel.yaml'],
    ]);
  });

  test('that does not load is told even where there is no agent', async () => {
    const files = {
      'agents/bot.yaml': '[]',
      'governance/checks/mine.cel.yaml': cel('mine', 'args.agent.owner ==', '"deny"'),
    };
    expect(await told({ files })).toEqual(['error check-broken']);
  });

  test('that errs when it is asked is an error, never silence', async () => {
    const found = await findingsOf(team('mine.cel.yaml', cel('mine', 'args.nothing.here == 1', '"deny"')));
    expect(found.map(({ severity, check }) => [severity, check])).toEqual([
      ['error', 'governance/checks/mine.cel.yaml#mine/case'],
    ]);
    expect(found[0]!.message).toMatch(/^the check could not be decided: /);
  });

  test('in Cedar that errs is an error, though Cedar itself skips it', async () => {
    const text = '@id("mine") forbid (principal, action, resource) when { context.input.nothing == 1 };';
    const found = await findingsOf(team('mine.cedar', text));
    expect(found.map(({ severity, check }) => [severity, check])).toEqual([
      ['error', 'governance/checks/mine.cedar#mine'],
    ]);
  });

  test('written as a permit that does not hold is a finding', async () => {
    const text =
      'package checks.mine\n\ndefault allow := false\n\nallow if input.args.agent.owner == "nobody"\n';
    const found = await findingsOf(team('mine.rego', text));
    expect(found.map(({ severity, message }) => [severity, message])).toEqual([
      ['error', 'the check allows nothing here: no permit of it holds'],
    ]);
  });

  test('is not decided on calls, even where `policies` finds it as well', async () => {
    const files = {
      'benchbook.yaml': 'version: 1\npolicies: ["**"]\ngovernance: { checks: ["governance/checks/**"] }\n',
      'governance/checks/mine.cedar': 'forbid (principal, action == Action::"get_order", resource);',
    };
    expect(await told({ files })).toEqual([]);
  });
});

test('every provision that a built-in check names is in the catalogs', async () => {
  const files = { 'agents/bot.yaml': 'id: bot\nriskTier: critical\n' };
  const found = await findingsOf({ files, calls: [] });
  const refs = new Set(found.flatMap(({ controls }) => controls));
  expect(refs.size).toBeGreaterThan(15);
  for (const ref of refs) {
    const [, framework, edition, id] = /^([^@]+)@([^:]+):(.+)$/.exec(ref)!;
    const tag = { framework: framework!, edition: edition!, id: id!, file: '', range: { start: 0, end: 0 } };
    const context = { editions: [], catalogs: builtinCatalogs(), profile: {} };
    expect(describeControl(tag, context).known, ref).toBe(true);
  }
});
