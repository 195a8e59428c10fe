import { expect, test } from 'vitest';
import { call, load } from './support.ts';

const POLICIES = {
  'pay.cedar': `
@id("base") @reason("Support may refund.")
permit (principal, action == Action::"refund", resource);

@id("limit") @reason("Above 500 nobody refunds.") @obligation("log, notify")
forbid (principal, action == Action::"refund", resource) when { context.input.amount > 500 };

@id("review") @effect("escalate") @advice("A person approves above 100.")
forbid (principal, action, resource) when { context.input.amount > 100 };
`,
};

test('a permit allows, and is what determined it', async () => {
  const { decide } = await load(POLICIES);
  expect(decide({ args: { amount: 40 } })).toEqual({
    outcome: 'allow',
    basis: 'determined',
    determining: [0],
    reasons: ['Support may refund.'],
    obligations: [],
    errors: [],
  });
});

test('a forbid that escalates asks a person only where the set would allow', async () => {
  const { decide } = await load(POLICIES);
  expect(decide({ args: { amount: 200 } })).toEqual({
    outcome: 'escalate',
    basis: 'determined',
    determining: [2],
    reasons: ['A person approves above 100.'],
    obligations: [],
    errors: [],
  });
  expect(decide({ tool: { name: 'delete' }, args: { amount: 200 } })).toEqual({
    outcome: 'deny',
    basis: 'determined',
    determining: [2],
    reasons: ['A person approves above 100.'],
    obligations: [],
    errors: [],
  });
});

test('one plain forbid beside an escalating one denies', async () => {
  const { decide } = await load(POLICIES);
  expect(decide({ args: { amount: 600 } })).toEqual({
    outcome: 'deny',
    basis: 'determined',
    determining: [1, 2],
    reasons: ['Above 500 nobody refunds.', 'A person approves above 100.'],
    obligations: [
      { type: 'log', policy: 'pay.cedar#limit' },
      { type: 'notify', policy: 'pay.cedar#limit' },
    ],
    errors: [],
  });
});

test('an erring forbid is skipped as Cedar does, and the error stands with the decision', async () => {
  const { decide } = await load(POLICIES);
  const { outcome, determining, errors } = decide({ args: { sum: 600 } });
  expect({ outcome, determining }).toEqual({ outcome: 'allow', determining: [0] });
  expect(errors).toEqual([
    { policy: 'pay.cedar#limit', kind: 'runtime', message: 'record does not have the attribute `amount`' },
    { policy: 'pay.cedar#review', kind: 'runtime', message: 'record does not have the attribute `amount`' },
  ]);
});

test('nothing applies: a defaulted deny', async () => {
  const { decide } = await load(POLICIES);
  expect(decide({ tool: { name: 'delete' }, args: { amount: 1 } })).toEqual({
    outcome: 'deny',
    basis: 'defaulted',
    determining: [],
    reasons: [],
    obligations: [],
    errors: [],
  });
});

test('a call whose action no policy can match is denied by default', async () => {
  const { decide } = await load({
    'a.cedar': 'permit (principal, action == Action::"refund", resource);',
  });
  expect(decide({ tool: { name: 'other' } }).basis).toBe('defaulted');
});

test('observing tells what applied even where another policy decided', async () => {
  const { set } = await load(POLICIES);
  const requests = set.prepare([
    call({ args: { amount: 600 } }),
    call({ args: { amount: 40 } }),
    call({ args: {} }),
    call({ tool: { name: 'delete' }, args: { amount: 600 } }),
  ]);
  const states = [0, 1, 2, 3].map((row) => set.observe(requests, row).states);
  expect(states).toEqual([
    ['applied', 'applied', 'applied'],
    ['applied', 'silent', 'silent'],
    ['applied', 'error', 'error'],
    ['silent', 'silent', 'applied'],
  ]);
});

test('alternatives hold every outcome that open policies leave possible', async () => {
  const { set } = await load(POLICIES);
  const requests = set.prepare([call({ args: { amount: 40 } }), call({ args: { amount: 600 } })]);
  const outcomes = (row: number, open: number[]) =>
    set.alternatives(requests, row, open).map(({ outcome, determining }) => [outcome, ...determining]);
  expect(outcomes(0, [])).toEqual([['allow', 0]]);
  expect(outcomes(0, [2])).toEqual([
    ['allow', 0],
    ['escalate', 2],
  ]);
  expect(outcomes(0, [1, 2])).toEqual([
    ['allow', 0],
    ['escalate', 2],
    ['deny', 1],
    ['deny', 1, 2],
  ]);
  // A hard forbid that stands hides what the open one could do, but not whom it would be named beside.
  expect(outcomes(1, [0])).toEqual([['deny', 1, 2]]);
  expect(outcomes(0, [0])).toEqual([['allow', 0], ['deny']]);
});

test('policies whose scope cannot match the action are not open', async () => {
  const { set } = await load({
    'a.cedar': `permit (principal, action == Action::"refund", resource);
      forbid (principal, action == Action::"delete", resource) when { context.user.id == "eve" };`,
  });
  const requests = set.prepare([call()]);
  expect(set.alternatives(requests, 0, [1]).map(({ outcome }) => outcome)).toEqual(['allow']);
});

test('entities give groups, attributes and what they point to', async () => {
  const { decide } = await load({
    'a.cedar': `
      permit (principal in Team::"support", action, resource) when { resource.owner.region == "eu" };
      forbid (principal, action, resource) when { principal.suspended };`,
    'x.entities.json': JSON.stringify([
      { uid: { type: 'Team', id: 'support' }, attrs: {}, parents: [{ type: 'Team', id: 'all' }] },
      {
        uid: { type: 'Agent', id: 'support-bot' },
        attrs: { suspended: false },
        parents: [{ type: 'Team', id: 'support' }],
      },
      { uid: { type: 'Agent', id: 'stray' }, attrs: { suspended: true }, parents: [] },
      {
        uid: { type: 'ToolServer', id: 'payments' },
        attrs: { owner: { __entity: { type: 'Org', id: 'bank' } } },
        parents: [],
      },
      { uid: { type: 'Org', id: 'bank' }, attrs: { region: 'eu' }, parents: [] },
    ]),
  });
  expect(decide({}).outcome).toBe('allow');
  expect(decide({ agent: { id: 'stray' } })).toMatchObject({ outcome: 'deny', determining: [1] });
  expect(decide({ agent: { id: 'nobody' } }).errors).toEqual([
    {
      policy: 'a.cedar#policy1',
      kind: 'runtime',
      message: '`Agent::"nobody"` does not have the attribute `suspended`',
    },
  ]);
});

test('attributes of agents come from the registry, users are what agents are in', async () => {
  const { decide, set } = await load(
    {
      'a.cedar': `permit (principal in User::"alice", action, resource)
        when { principal.tier == "low" && principal.limit.lessThan(decimal("2.5")) };`,
    },
    { agents: [{ id: 'support-bot', attributes: { tier: 'low', limit: 1.5, note: null } }] },
  );
  expect(decide({ user: { id: 'alice' } }).outcome).toBe('allow');
  expect(decide({ user: { id: 'bob' } }).outcome).toBe('deny');
  expect(decide({ user: { id: 'alice' }, agent: { id: 'other' } }).errors).toHaveLength(1);
  expect(set.reads).toEqual(['/agent/id', '/tool/name', '/user/id']);
});

test('links are policies with the id of the link, in the file of the link', async () => {
  const links = `[
  { "template_id": "share", "link_id": "alice-pays", "args": { "?principal": "Agent::\\"a\\"" } },
  { "templateId": "policy1", "newId": "bob-shows", "values": { "?resource": { "type": "ToolServer", "id": "payments" } } }
]`;
  const { decide, set, diagnostics } = await load({
    'a.cedar': `@id("share") permit (principal == ?principal, action, resource);
      @owasp_asi("ASI02") permit (principal, action, resource in ?resource) when { context.input.amount == 7 };`,
    'b.links.json': links,
  });
  expect(diagnostics).toEqual([]);
  expect(set.policies.map(({ id, range }) => [id, links.slice(range.start, range.start + 26)])).toEqual([
    ['b.links.json#alice-pays', '{ "template_id": "share", '],
    ['b.links.json#bob-shows', '{ "templateId": "policy1",'],
  ]);
  expect(set.policies[1]!.controls.map(({ framework, id, file }) => [framework, id, file])).toEqual([
    ['owasp-asi', 'ASI02', 'a.cedar'],
  ]);
  expect(decide({ agent: { id: 'a' } }).determining).toEqual([0]);
  expect(decide({ args: { amount: 7 } }).determining).toEqual([1]);
  expect(decide({}).basis).toBe('defaulted');
});

test('actions in groups of the schema match through the group', async () => {
  const { decide, set } = await load({
    'a.cedar': 'permit (principal, action in Company::Action::"money", resource);',
    's.cedarschema': `namespace Company {
      entity User; entity Agent in [User]; entity ToolServer;
      action "money"; action "transfers" in ["money"];
      action "refund" in ["transfers"] appliesTo { principal: [Agent], resource: [ToolServer], context: {} };
    }`,
  });
  expect(decide({}).outcome).toBe('allow');
  expect(decide({ tool: { name: 'delete' } }).outcome).toBe('deny');
  expect(set.canAllow).toBe(true);
});

test('only a permit that is not dead can allow', async () => {
  const canAllow = async (text: string) => (await load({ 'a.cedar': text })).set.canAllow;
  expect(await canAllow('forbid (principal, action, resource);')).toBe(false);
  expect(await canAllow('permit (principal, action, resource) when { false };')).toBe(false);
  expect(await canAllow('permit (principal, action, resource) unless { false };')).toBe(true);
});

test('more groups of policies than preparsed sets are kept at once', async () => {
  const names = Array.from({ length: 600 }, (_, index) => `tool${index}`);
  const { set } = await load({
    'a.cedar': names
      .map(
        (name, index) => `permit (principal, action == Action::"${name}", resource) when { ${index} < 590 };`,
      )
      .join('\n'),
  });
  const requests = set.prepare(names.map((name) => call({ tool: { name } })));
  for (let pass = 0; pass < 2; pass++)
    names.forEach((_, row) => {
      const expected = row < 590 ? [row] : [];
      expect(set.decide(requests, row).determining).toEqual(expected);
    });
});

test('Cedar names reasons in any order; here they ascend', async () => {
  const { decide } = await load({
    'a.cedar': 'permit (principal, action, resource);\n'.repeat(40),
  });
  expect(decide({}).determining).toEqual(Array.from({ length: 40 }, (_, index) => index));
});
