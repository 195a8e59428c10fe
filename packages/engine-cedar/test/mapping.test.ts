import { expect, test } from 'vitest';
import { call, load } from './support.ts';

test('reads are pointers into the call, of each policy and of the set', async () => {
  const { set } = await load({
    'a.cedar': `
permit (principal, action, resource);
permit (principal is Agent, action == Action::"refund", resource);
permit (principal == Agent::"a", action, resource == ToolServer::"s");
permit (principal in User::"u", action, resource) when { context.input.to.name like "a*" };
permit (principal, action, resource) when { context has user && context.user.roles.contains("x") };
permit (principal, action, resource) when { context.session.calls > 3 && context.session has tools };
permit (principal, action, resource) when { context.input == {} && principal.tier == "x" };
permit (principal, action, resource) when { [context].contains({}) };
permit (principal, action, resource) when { context.input["a/b"] == 1 && context.other.x == 1 };`,
  });
  expect(set.policies.map(({ reads }) => reads)).toEqual([
    [],
    ['/tool/name'],
    ['/agent/id', '/tool/server'],
    ['/agent/id', '/args/to/name', '/tool/name', '/user/id'],
    ['/tool/name', '/user', '/user/roles'],
    ['/session/calls', '/session/tools', '/tool/name'],
    ['/agent/id', '/args', '/tool/name'],
    ['/args', '/session/calls', '/session/tools', '/tool/name', '/user'],
    ['/args/a~1b', '/tool/name'],
  ]);
  expect(set.reads).toEqual([
    ...['/agent/id', '/args', '/args/a~1b', '/args/to/name', '/session/calls', '/session/tools'],
    ...['/tool/name', '/tool/server', '/user', '/user/id', '/user/roles'],
  ]);
});

test('facts outside the reads change nothing', async () => {
  const { set } = await load({
    'a.cedar': 'permit (principal, action, resource) when { context.input.a == 1 };',
  });
  const requests = set.prepare([
    call({ args: { a: 1, b: 2 }, user: { id: 'u' } }),
    { tool: { name: 'refund' }, args: { a: 1 }, session: {} },
  ]);
  expect(set.decide(requests, 0)).toEqual(set.decide(requests, 1));
});

test('types and actions are those of the schema by base name, the context is cut to what it declares', async () => {
  const { decide, diagnostics } = await load({
    'a.cedar': `permit (principal is Co::Bots::Agent in Co::Bots::User::"u", action == Co::Bots::Action::"refund", resource is Co::Bots::ToolServer)
      when { context.input == { amount: 40 } };`,
    's.cedarschema': `namespace Co::Bots { entity User; entity Agent in [User]; entity ToolServer;
      action refund appliesTo { principal: [Agent], resource: [ToolServer], context: { input: { amount: Long } } }; }`,
  });
  expect(diagnostics).toEqual([]);
  expect(decide({ user: { id: 'u' }, args: { amount: 40, extra: 'x' } }).outcome).toBe('allow');
  expect(decide({ user: { id: 'u' }, args: { amount: 41 } }).outcome).toBe('deny');
});

test('an absent agent or server is `unknown`', async () => {
  const { set } = await load({
    'a.cedar': 'permit (principal == Agent::"unknown", action, resource == ToolServer::"unknown");',
  });
  const requests = set.prepare([{ tool: { name: 'x' }, args: {}, session: {} }]);
  expect(set.decide(requests, 0).outcome).toBe('allow');
});

test('a user is a parent only where the schema lets agents be in users', async () => {
  const { decide } = await load({
    'a.cedar': 'permit (principal in User::"u", action, resource);',
    's.cedarschema':
      'entity User, Agent, ToolServer; action refund appliesTo { principal: [Agent], resource: [ToolServer] };',
  });
  expect(decide({ user: { id: 'u' } }).outcome).toBe('deny');
});

test('declared types make entities, dates and addresses of strings', async () => {
  const { decide, missing } = await load({
    'a.cedar': `permit (principal, action, resource) when {
        context.input.who == User::"eve" && context.input.at > datetime("2026-01-01") &&
        context.input.from.isLoopback() && context.input.who.age == 7 };`,
    's.cedarschema': `entity User { age: Long }; entity Agent; entity ToolServer;
      action refund appliesTo { principal: [Agent], resource: [ToolServer], context: { input: { who: User, at: datetime, from: ipaddr } } };`,
    'u.entities.json': '[{ "uid": { "type": "User", "id": "eve" }, "attrs": { "age": 7 }, "parents": [] }]',
  });
  expect(decide({ args: { who: 'eve', at: '2026-02-01T00:00:00Z', from: '127.0.0.1' } }).outcome).toBe(
    'allow',
  );
  expect(missing({ args: { who: 5, at: 'soon', from: '300.0.0.1' } })).toEqual([
    ...['/args/who', '/args/at', '/args/from'],
  ]);
});

test('entities are read as the schema types them', async () => {
  const { decide } = await load({
    'a.cedar': `permit (principal, action, resource) when {
      principal.boss == User::"b" && principal.limit == decimal("1.5") && principal.hasTag("t") && principal.getTag("t") == decimal("2.0") };`,
    's.cedarschema': `entity User; entity Agent { boss: User, limit: decimal } tags decimal; entity ToolServer;
      action refund appliesTo { principal: [Agent], resource: [ToolServer] };`,
    'x.entities.json':
      '[{"uid":{"type":"Agent","id":"support-bot"},"attrs":{"boss":{"type":"User","id":"b"},"limit":"1.5"},"tags":{"t":"2.0"},"parents":[]}]',
  });
  expect(decide({})).toMatchObject({ outcome: 'allow', errors: [] });
});

test('a mapping of one’s own', async () => {
  const mapping = {
    principal: { type: 'Person', id: '/user/id', in: [{ type: 'Team', id: '/user/team' }] },
    action: { type: 'Own::Action', id: '/context/verb' },
    resource: { type: { literal: 'Thing' }, id: 'all' },
    context: { who: '/agent/id', args: '/args', fixed: { literal: '/x' }, list: ['/tool/name', 'b'] },
  };
  const { decide, set, diagnostics } = await load(
    {
      'a.cedar': `permit (principal == Person::"u", action == Own::Action::"pay", resource == Thing::"all") when {
        principal in Team::"t" && context.who == "bot" && context.args.n == 1 && context.fixed == "/x" && context.list == ["refund", "b"] };`,
    },
    {},
    mapping,
  );
  expect(diagnostics).toEqual([]);
  const facts = {
    user: { id: 'u', team: 't' },
    agent: { id: 'bot' },
    args: { n: 1 },
    context: { verb: 'pay' },
  };
  expect(decide(facts)).toMatchObject({ outcome: 'allow', errors: [] });
  expect(set.reads).toEqual([
    ...['/agent/id', '/args/n', '/context/verb', '/tool/name', '/user/id', '/user/team'],
  ]);
  // The action itself may be what is missing: then every policy that is open stays open.
  const requests = set.prepare([call({ ...facts, context: {} })]);
  expect(set.alternatives(requests, 0, [0]).map(({ outcome }) => outcome)).toEqual(['deny', 'allow']);
});

test("AWS's model: OAuth user with claims as tags, Target___tool, the gateway, arguments alone", async () => {
  const gateway = 'arn:aws:bedrock-agentcore:us-west-2:123456789012:gateway/refund-gateway';
  const { decide, set } = await load(
    {
      'a.cedar': `permit (
  principal is AgentCore::OAuthUser,
  action == AgentCore::Action::"RefundTool___process_refund",
  resource == AgentCore::Gateway::"${gateway}"
) when {
  principal.hasTag("scope") && principal.getTag("scope") like "*refund:write*" &&
  principal.id == "sub-1" && context.input.amount.lessThan(decimal("500.0"))
};
forbid (principal, action in AgentCore::Action::"Mcp", resource) when { context.input.amount == decimal("0.1234") };`,
    },
    {
      tools: [
        { name: 'process_refund', inputSchema: { properties: { amount: { type: 'number' } } } as never },
      ],
    },
    { preset: 'agentcore' },
  );
  const facts = {
    user: { id: 'sub-1', scope: ['admin', 'refund:write'] },
    tool: { name: 'process_refund', server: 'RefundTool' },
  };
  expect(decide({ ...facts, args: { amount: 450 } })).toMatchObject({ outcome: 'allow', determining: [0] });
  const raw = { name: 'process_refund', rawName: 'RefundTool___process_refund' };
  expect(decide({ ...facts, tool: raw, args: { amount: 450 } }).outcome).toBe('allow');
  expect(decide({ ...facts, args: { amount: 500 } }).outcome).toBe('deny');
  expect(decide({ ...facts, args: { amount: 0.12349 } })).toMatchObject({
    outcome: 'deny',
    determining: [1],
  });
  expect(set.reads).toEqual([
    ...[
      '/args/amount',
      '/context/gatewayArn',
      '/tool/name',
      '/tool/rawName',
      '/tool/server',
      '/user',
      '/user/id',
    ],
  ]);
});

test('digests follow meaning: not layout, comments or names, but limits, entities and mapping', async () => {
  const digests = async (text: string, files = {}, mapping?: Parameters<typeof load>[2]) => {
    const { set } = await load({ 'a.cedar': text, ...files }, {}, mapping);
    return { policy: set.policies[0]!.digest, set: set.digest };
  };
  const rule = 'permit (principal, action, resource) when { context.input.a == 1 };';
  const base = await digests(rule);
  expect(await digests(`// new\n${rule.replaceAll(' ', '  ')}`)).toEqual(base);
  const named = await digests(`@id("other") ${rule}`);
  expect(named.policy).toBe(base.policy);
  expect(named.set).not.toBe(base.set);
  expect((await digests(rule.replace('1', '2'))).policy).not.toBe(base.policy);
  expect((await digests(rule, { 'x.entities.json': '[]' })).policy).not.toBe(base.policy);
  expect((await digests(rule, {}, { decimals: 'truncate' })).policy).not.toBe(base.policy);
  const forbid = rule.replace('permit', 'forbid');
  expect((await digests(`@effect("escalate") ${forbid}`)).policy).not.toBe((await digests(forbid)).policy);
});
