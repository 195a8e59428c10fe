import { expect, test } from 'vitest';
import { load } from './support.ts';

async function mentions(text: string, others: Readonly<Record<string, string>> = {}) {
  const { set } = await load({ 'a.cedar': text, ...others });
  return set.policies[0]!.mentions;
}

test('strings, patterns without wildcards, and entities of scope and conditions', async () => {
  expect(
    await mentions(
      `@reason("not this") permit (principal in Team::"a\\u{e9}", action in [Action::"pay", Action::"refund"], resource == Shop::"s")
      when { context.input.to == "bank" && ["x", "pay"].contains(context.input.y) && { k: "v" }.k == "v" }
      unless { context.input.to like "inter*" || context.input.to like "exact\\*" || context.session.tools.contains("read_mail") }
      when { principal.hasTag("scope") && resource != Shop::"t" && context.input.n == 5 };`,
    ),
  ).toEqual(['aé', 'bank', 'exact*', 'pay', 'read_mail', 'refund', 's', 'scope', 't', 'v', 'x']);
});

test('a group of actions names its members, of the schema and of the entities', async () => {
  const schema = `entity Agent; entity Shop; action read; action look in [read];
    action get, list in [look] appliesTo { principal: Agent, resource: Shop, context: {} };
    action pay appliesTo { principal: Agent, resource: Shop, context: {} };`;
  const text = 'permit (principal, action in Action::"read", resource);';
  expect(await mentions(text, { 'a.cedarschema': schema })).toEqual(['get', 'list', 'look', 'read']);
  const entities = JSON.stringify([
    { uid: { type: 'Action', id: 'find' }, attrs: {}, parents: [{ type: 'Action', id: 'read' }] },
  ]);
  expect(await mentions(text, { 'a.entities.json': entities })).toEqual(['find', 'read']);
});

test('the tool in the name of an action that a server or target stands before', async () => {
  expect(
    await mentions('permit (principal, action == AgentCore::Action::"Desk___send_reply", resource);'),
  ).toEqual(['Desk___send_reply', 'send_reply']);
  expect(
    await mentions('permit (principal, action == Action::"mcp__pay_ments__re__fund", resource);'),
  ).toEqual(['mcp__pay_ments__re__fund', 're__fund']);
  expect(await mentions('permit (principal == User::"a___b", action, resource);')).toEqual(['a___b']);
});

test('a link names what fills its slots', async () => {
  const template = '@id("t") permit (principal == ?principal, action, resource);';
  const links = '[{"template_id":"t","link_id":"l","args":{"?principal":"Agent::\\"bot\\""}}]';
  expect(await mentions(template, { 'a.links.json': links })).toEqual(['bot']);
});

test('at most 10,000 of them', async () => {
  const strings = Array.from({ length: 12_000 }, (_, index) => `"s${String(index).padStart(5, '0')}"`);
  const found = await mentions(
    `permit (principal, action, resource) when { [${strings.join(', ')}].contains(context.input.x) };`,
  );
  expect(found).toHaveLength(10_000);
  expect([found[0], found.at(-1)]).toEqual(['s00000', 's09999']);
});
