import { expect, test } from 'vitest';
import { load, openSession, sourceFiles, told } from './support.ts';

async function findings(texts: Record<string, string>, mapping?: Record<string, string>) {
  const { diagnostics } = await load(texts, {}, mapping);
  return told(diagnostics, texts);
}

test('several parse errors of a file, each at its place, also behind text that is not ASCII', async () => {
  const texts = {
    'a.cedar': `// «grüße» 😀
permit (principal, action, resource) when { context. };
forbid (principl, action, resource);
permit (principal, action, resource) when { "😀" == foo("x") };`,
    'b.cedar': 'permit (principal, action, resource);',
  };
  const { diagnostics, set } = await load(texts);
  expect(told(diagnostics, texts)).toEqual([
    '!cedar-parse-error a.cedar: }',
    '!cedar-parse-error a.cedar: principl',
    '!cedar-parse-error a.cedar: foo("x")',
  ]);
  // The rest can still be replayed.
  expect(set.policies.map(({ id }) => id)).toEqual(['b.cedar#policy0']);
});

test('a key of an annotation that Cedar cannot read says what to write', async () => {
  const { diagnostics } = await load({
    'a.cedar': `// «grüße»
@eu_ai_act("14(1)") @eu_ai_act("14(4)(d)")
permit (principal, action, resource);`,
    'b.cedar': '@eu-ai-act("14(1)") permit (principal, action, resource);',
    'c.cedar': 'permit (principal, action, resource) when { 1 -- };',
  });
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    [
      'cedar/duplicate-annotation',
      '@eu_ai_act stands here twice; write it once, its values joined by commas: @eu_ai_act("14(1), 14(4)(d)")',
    ],
    ['cedar/bad-key', 'keys of annotations have underscores: write @eu_ai_act for @eu-ai-act'],
    ['cedar-parse-error', expect.stringContaining('unexpected token')],
  ]);
});

test('a missing semicolon and an open string', async () => {
  expect(await findings({ 'a.cedar': 'permit (principal, action, resource)' })).toEqual([
    '!cedar-parse-error a.cedar: )',
  ]);
  expect(await findings({ 'a.cedar': 'permit (principal, action, resource) when { "abc' })).toEqual([
    '!cedar-parse-error a.cedar: "',
  ]);
});

const SCHEMA = `entity User; entity Agent in [User]; entity ToolServer;
action refund appliesTo { principal: [Agent], resource: [ToolServer],
  context: { input: { amount: Long, note?: String } } };`;

test('validation errors do not keep the set from deciding', async () => {
  const texts = {
    'a.cedar': `/* no comment in Cedar */`,
    's.cedarschema': SCHEMA,
  };
  expect(await findings(texts)).toEqual(['!cedar-parse-error a.cedar: /']);
  const bad = {
    'a.cedar': `// « »
@id("x") permit (principal is Agnt, action, resource);
permit (principal, action == Action::"refund", resource) when { context.input.amout > 3 };
permit (principal, action == Action::"refund", resource) when { context.input.note == "x" };
permit (principal, action == Action::"refund", resource) when { 1 == 2 };`,
    's.cedarschema': SCHEMA,
  };
  const { diagnostics, set } = await load(bad);
  expect(told(diagnostics, bad)).toEqual([
    'cedar-validation-error a.cedar: Agnt',
    'cedar-validation-error a.cedar: amout',
    'cedar-validation-error a.cedar: context.input.note',
    'cedar-validation-warning a.cedar: permit (principal, action == Action::"refund", resource) when { 1 == 2 };',
  ]);
  expect(diagnostics[1]!.message).toBe(
    'attribute `input.amout` in context for Action::"refund" not found; did you mean `amount`?',
  );
  expect(set.policies).toHaveLength(4);
});

test('places inside a regrouped chain are those of the source', async () => {
  const chain = Array.from({ length: 40 }, (_, index) => `context.input.amount == ${index}`);
  chain[29] = 'context.input.amout == 29';
  const texts = {
    'a.cedar': `permit (principal, action, resource) when { ${chain.join(' || ')} };`,
    's.cedarschema': SCHEMA,
  };
  expect(await findings(texts)).toEqual(['cedar-validation-error a.cedar: amout']);
});

test('two policies of one name, and @effect where it means nothing', async () => {
  const texts = {
    'a.cedar': `@id("x") permit (principal, action, resource);
@id("x") @effect("escalate") permit (principal, action, resource);
@effect("block") forbid (principal, action, resource);
@effect("forbid") forbid (principal, action, resource);`,
  };
  const { diagnostics, set } = await load(texts);
  expect(told(diagnostics, texts)).toEqual([
    'duplicate-policy-id a.cedar: x',
    'cedar-effect-ignored a.cedar: @effect("escalate")',
    'cedar-effect-ignored a.cedar: @effect("block")',
  ]);
  expect(set.policies.map(({ id, effect }) => [id, effect])).toEqual([
    ['a.cedar#x', 'permit'],
    ['a.cedar#x[2]', 'permit'],
    ['a.cedar#policy2', 'forbid'],
    ['a.cedar#policy3', 'forbid'],
  ]);
});

test('schema errors', async () => {
  const permit = { 'a.cedar': 'permit (principal, action, resource);' };
  expect(await findings({ ...permit, 's.cedarschema': '// ü\nentity A in [B];' })).toEqual([
    '!cedar-schema-error s.cedarschema: B',
  ]);
  expect(await findings({ ...permit, 's.cedarschema.json': '{ "": ' })).toEqual([
    '!cedar-schema-error s.cedarschema.json: *',
  ]);
  expect(
    await findings({ ...permit, 's.cedarschema': `type T = ${'Set<'.repeat(60)}Long${'>'.repeat(60)};` }),
  ).toEqual(['!cedar-schema-error s.cedarschema: *']);
});

test('an error in the second of two schemas stands in the second', async () => {
  const texts = {
    'a.cedar': 'permit (principal, action, resource);',
    'r.cedarschema': '// ü\nentity A;',
    's.cedarschema': '// ß\nentity B in [C];',
  };
  expect(await findings(texts)).toEqual(['!cedar-schema-error s.cedarschema: C']);
});

test('a schema in JSON types as one in text does', async () => {
  const json = {
    '': {
      entityTypes: { User: {}, Agent: { memberOfTypes: ['User'] }, ToolServer: {} },
      actions: {
        refund: {
          appliesTo: {
            principalTypes: ['Agent'],
            resourceTypes: ['ToolServer'],
            context: { type: 'Record', attributes: { input: { type: 'Record', attributes: {} } } },
          },
        },
      },
    },
  };
  const texts = {
    'a.cedar': 'permit (principal, action, resource) when { context.input.amount == 1 };',
    's.cedarschema.json': JSON.stringify(json),
  };
  expect(await findings(texts)).toEqual(['cedar-validation-error a.cedar: amount']);
});

test('entities: one finding for each that is wrong, the others stay', async () => {
  const texts = {
    'a.cedar': 'permit (principal, action, resource) when { principal.tier == "low" };',
    's.cedarschema':
      'entity Agent { tier?: String }; entity ToolServer; action refund appliesTo { principal: [Agent], resource: [ToolServer] };',
    'x.entities.json': `[
 { "uid": { "type": "Agent", "id": "support-bot" }, "attrs": { "tier": "low" }, "parents": [] },
 { "uid": { "type": "Agent", "id": "b" }, "attrs": { "tier": 5 }, "parents": [] },
 { "uid": { "type": "Agent", "id": "c" }, "attrs": { "tier": null }, "parents": [] },
 { "uid": { "type": "Agent", "id": "b" }, "attrs": {}, "parents": [] }
]`,
  };
  const { diagnostics, decide } = await load(texts);
  const [, , second, third, fourth] = texts['x.entities.json']
    .split('\n')
    .map((line) => line.trim().replace(/,$/, ''));
  expect(told(diagnostics, texts)).toEqual([
    'cedar-validation-error a.cedar: principal.tier',
    `cedar-entities-error x.entities.json: ${second}`,
    `!cedar-entities-error x.entities.json: ${third}`,
    `!cedar-entities-error x.entities.json: ${fourth}`,
  ]);
  expect(decide({}).outcome).toBe('allow');
  expect(await findings({ 'x.entities.json': '[ { "uid": ]' })).toEqual([
    '!cedar-entities-error x.entities.json: ]',
  ]);
  expect(await findings({ 'x.entities.json': '{}' })).toEqual(['!cedar-entities-error x.entities.json: {}']);
});

test('links that name nothing, or not all', async () => {
  const texts = {
    'a.cedar': '@id("t") permit (principal == ?principal, action, resource);',
    'b.links.json':
      '[{"template_id":"u","link_id":"1"},{"template_id":"t","link_id":"2"},{"template_id":"t","link_id":"3","args":{"?principal":"alice"}},7]',
  };
  const { diagnostics } = await load(texts);
  expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'cedar-link-error: no template is called `u`',
    'cedar-link-error: ?principal of template `t` has no value',
    'cedar-link-error: the value of ?principal is no entity such as User::"alice"',
    'cedar-link-error: a link is an object with template_id, link_id and args',
  ]);
});

test('a mapping that is not understood', async () => {
  const { diagnostics } = await load({}, {}, { preset: 'azure', contxt: {}, decimals: 'round' });
  expect(diagnostics.map(({ file, message, fatal }) => [file, message, fatal])).toEqual([
    [
      'benchbook.yaml',
      'mapping.cedar: `contxt` is unknown; known are preset, principal, action, resource, context, decimals',
      true,
    ],
    ['benchbook.yaml', 'mapping.cedar: decimals is `truncate` or `exact`', true],
    ['benchbook.yaml', 'mapping.cedar: preset `azure` is unknown; known is agentcore', true],
  ]);
});

test('a snapshot follows what update gave, and mends with it', async () => {
  const session = await openSession();
  const ids = async (text: string) => {
    session.update({ files: sourceFiles({ 'a.cedar': text }), tools: [], agents: [], numbers: [] });
    const { sets, diagnostics } = await session.snapshot();
    return [sets.flatMap(({ policies }) => policies.map(({ id }) => id)), diagnostics.length];
  };
  expect(await ids('permit (principal, action, resource)')).toEqual([[], 1]);
  expect(await ids('permit (principal, action, resource);')).toEqual([['a.cedar#policy0'], 0]);
  const controller = new AbortController();
  controller.abort();
  session.update({ files: sourceFiles({ 'a.cedar': '' }), tools: [], agents: [], numbers: [] });
  await expect(session.snapshot(controller.signal)).rejects.toThrow('abort');
});

test('an edit among statements that are known is told at its place', async () => {
  const session = await openSession();
  const first = '// «»\npermit (principal, action, resource);\n';
  const second = 'forbid (principal, action, resource) when { context.a };\n';
  const findings = async (text: string) => {
    session.update({ files: sourceFiles({ 'a.cedar': text }), tools: [], agents: [], numbers: [] });
    return told((await session.snapshot()).diagnostics, { 'a.cedar': text });
  };
  expect(await findings(first + second)).toEqual([]);
  expect(await findings(first + second.replace('context.a', 'contxt.a'))).toEqual([
    '!cedar-parse-error a.cedar: contxt.a',
  ]);
  expect(await findings(first + second.replace(';', ''))).toEqual(['!cedar-parse-error a.cedar: }']);
  expect(await findings(`${first}${second}permit`)).toEqual(['!cedar-parse-error a.cedar: t']);
  expect(await findings(second + first)).toEqual([]);
});

test('broken policies give an error each, and the rest is still checked', async () => {
  const texts = {
    'a.cedar': `@id("one") permit (principal, action, resource)
@id("two") permit (principal, action, resource) when { context.input.amout == 1 };
@id("three") forbid (principal, action, resource) when { (context.input.amount == 1 };
permit (principal, action, resource) when { "open };
@id("five") permit (principal is Agnt, action, resource);
@id("six") forbid (principal, action, resource) when { context.input.note == }
permit (principal, action, resource) when { "x".foo("y") };`,
    's.cedarschema': SCHEMA,
  };
  expect(await findings(texts)).toEqual([
    '!cedar-parse-error a.cedar: )',
    'cedar-validation-error a.cedar: amout',
    '!cedar-parse-error a.cedar: }',
    '!cedar-parse-error a.cedar: "',
    'cedar-validation-error a.cedar: Agnt',
    // An operand is missing, and the semicolon.
    '!cedar-parse-error a.cedar: }',
    '!cedar-parse-error a.cedar: }',
    '!cedar-parse-error a.cedar: "x".foo("y")',
  ]);
});

test('a policy that can never apply', async () => {
  const texts = {
    'a.cedar': `permit (principal, action, resource) when { false };
forbid (principal, action, resource) when { context.a == "x" && context.b > 1 } when { context.a == "y" };
forbid (principal, action, resource) when { context.b > 5 && context.b < 5 };
forbid (principal, action, resource) when { context.b >= 5 && context.b <= 5 };
forbid (principal, action, resource) when { context.a == "x" || context.a == "y" };
forbid (principal, action, resource) unless { context.a == "x" && context.a == "y" };`,
  };
  const { diagnostics } = await load(texts);
  expect(diagnostics.map(({ code, severity, message }) => [code, severity, message])).toEqual([
    ['cedar-never-applies', 'warning', 'this policy can never apply: a condition of it is always false'],
    [
      'cedar-never-applies',
      'warning',
      'this policy can never apply: `context.a` cannot be == "x" and == "y"',
    ],
    ['cedar-never-applies', 'warning', 'this policy can never apply: `context.b` cannot be > 5 and < 5'],
  ]);
});
