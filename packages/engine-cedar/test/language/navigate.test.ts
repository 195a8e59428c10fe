import type { Location } from '@benchbook/model';
import { expect, test } from 'vitest';
import { verbs } from './verbs.ts';

const FILES = {
  'a.cedar': `@id("t")
permit (principal == ?principal, action, resource);
@id("mover")
forbid (principal is Agent, action == Action::"refund", resource)
when { principal in User::"alice" && resource is ToolServer };`,
  'b.cedar':
    'permit (principal == Agent::"bot", action in [Action::"refund", Action::"read_ticket"], resource);',
  'e.entities.json': `[
 { "uid": { "type": "Agent", "id": "bot" }, "attrs": { "riskTier": "low" }, "parents": [{ "type": "User", "id": "alice" }] },
 { "uid": { "type": "User", "id": "alice" }, "attrs": {}, "parents": [] }
]`,
  'l.links.json': '[{ "template_id": "t", "link_id": "x", "args": { "?principal": "Agent::\\"bot\\"" } }]',
  'p.tests.json': `[{ "request": { "principal": "Agent::\\"bot\\"", "action": "Action::\\"refund\\"", "resource": "ToolServer::\\"s\\"" },
 "decision": "deny", "reason": ["mover"], "num_errors": 0 }]`,
};

/** The files with a cursor in front of the `nth` occurrence of `word` in `file`. */
function at(file: keyof typeof FILES | 's.cedarschema', word: string, nth = 0) {
  return async (files: Record<string, string> = FILES) => {
    const opened = await verbs(files);
    let offset = -1;
    const text = opened.texts[file]!;
    for (let count = 0; count <= nth; count++) offset = text.indexOf(word, offset + 1);
    expect(offset).toBeGreaterThanOrEqual(0);
    const shown = (places: readonly Location[]) =>
      places.map((place) => {
        const all = opened.texts[place.file]!;
        const line = all.slice(0, place.range.start).split('\n').length;
        return `${place.file}:${line} ${all.slice(place.range.start, place.range.end)}`;
      });
    return { ...opened, file, offset: offset + 1, shown };
  };
}

test('definitions of types, actions, templates, entities, attributes', async () => {
  for (const [place, expected] of [
    [at('a.cedar', 'Agent'), ['s.cedarschema:2 Agent']],
    [at('a.cedar', 'User'), ['s.cedarschema:7 User']],
    [at('a.cedar', 'refund'), ['s.cedarschema:11 refund']],
    [at('a.cedar', 'alice'), ['e.entities.json:3 alice']],
    [at('l.links.json', 't"'), ['a.cedar:1 t']],
    [at('s.cedarschema', 'Caller', 1), ['s.cedarschema:8 Caller']],
    [at('s.cedarschema', 'moving', 1), ['s.cedarschema:9 moving']],
    [at('p.tests.json', 'mover'), ['a.cedar:3 mover']],
    [at('a.cedar', 'permit'), []],
  ] as const) {
    const { definition, file, offset, shown } = await place();
    expect(shown(definition(file, offset))).toEqual(expected);
  }
  const { definition, cursor, texts } = await verbs(
    'permit (principal, action == Action::"refund", resource) when { context.input.no¦te == principal.owner };',
  );
  const [{ file, range }] = definition(cursor.file, cursor.offset) as [Location];
  expect([file, texts[file]!.slice(range.start, range.end)]).toEqual(['s.cedarschema', 'note']);
});

test('references over policies, schema, entities, links and tests', async () => {
  const { references, file, offset, shown } = await at('s.cedarschema', 'Agent')();
  const all = [
    ...['a.cedar:4 Agent', 'b.cedar:1 Agent', 'e.entities.json:2 Agent', 'l.links.json:1 Agent'],
    ...['p.tests.json:1 Agent', 's.cedarschema:2 Agent', 's.cedarschema:12 Agent', 's.cedarschema:16 Agent'],
  ];
  expect(shown(references(file, offset, true))).toEqual(all);
  expect(shown(references(file, offset, false))).toEqual(
    all.filter((one) => one !== 's.cedarschema:2 Agent'),
  );
  const action = await at('b.cedar', 'refund')();
  expect(action.shown(action.references(action.file, action.offset, false))).toEqual([
    ...['a.cedar:4 refund', 'b.cedar:1 refund', 'p.tests.json:1 refund'],
  ]);
});

test('highlights stay in the file', async () => {
  const { highlights, file, offset, texts } = await at('s.cedarschema', 'Agent')();
  expect(
    highlights(file, offset).map(({ range, kind }) => [kind, texts[file]!.slice(range.start, range.end)]),
  ).toEqual([
    ['write', 'Agent'],
    ['read', 'Agent'],
    ['read', 'Agent'],
  ]);
  const word = await at('a.cedar', 'principal in')();
  expect(word.highlights('a.cedar', word.offset).map(({ kind }) => kind)).toEqual(['text', 'text']);
});

/** Files after edits. */
function edited(
  texts: Readonly<Record<string, string>>,
  edits: ReturnType<Awaited<ReturnType<typeof verbs>>['rename']>,
) {
  if ('refused' in edits) return edits.refused;
  const result: Record<string, string> = {};
  for (const { file, edits: own } of edits) {
    let text = texts[file]!;
    for (const { range, newText } of own.toReversed())
      text = text.slice(0, range.start) + newText + text.slice(range.end);
    result[file] = text;
  }
  return result;
}

test('a type is renamed in the schema, the policies and the entities', async () => {
  const { rename, prepareRename, file, offset, texts } = await at('a.cedar', 'Agent')();
  expect(prepareRename(file, offset)).toMatchObject({ name: 'Agent' });
  const after = edited(texts, rename(file, offset, 'Bot'));
  expect(Object.keys(after)).toEqual([
    ...['a.cedar', 'b.cedar', 'e.entities.json', 'l.links.json', 'p.tests.json', 's.cedarschema'],
  ]);
  for (const [path, text] of Object.entries(after))
    expect([path, text]).toEqual([path, texts[path]!.replaceAll('Agent', 'Bot')]);
  // The renamed workspace loads as the old one did.
  const again = await verbs({ ...texts, ...(after as Record<string, string>) });
  expect((await again.session.snapshot()).diagnostics).toEqual([]);
});

test('an action gets a name that has to be quoted', async () => {
  const { rename, file, offset, texts } = await at('b.cedar', 'refund')();
  const after = edited(texts, rename(file, offset, 'pay "back"')) as Record<string, string>;
  expect(after['s.cedarschema']).toContain('action "pay \\"back\\"" in [moving]');
  expect(after['b.cedar']).toContain('[Action::"pay \\"back\\"", Action::"read_ticket"]');
  expect(after['p.tests.json']).toContain('"Action::\\"pay \\\\\\"back\\\\\\"\\""');
  expect(JSON.parse(after['p.tests.json']!)[0].request.action).toBe('Action::"pay \\"back\\""');
});

test('a template is renamed with its links', async () => {
  const { rename, file, offset, texts } = await at('l.links.json', 't"')();
  expect(edited(texts, rename(file, offset, 'grant'))).toEqual({
    'a.cedar': texts['a.cedar']!.replace('@id("t")', '@id("grant")'),
    'l.links.json': texts['l.links.json']!.replace('"t"', '"grant"'),
  });
});

test('what cannot be renamed says why', async () => {
  const refused = async (place: ReturnType<typeof at>, name: string) => {
    const { rename, file, offset, texts } = await place();
    return edited(texts, rename(file, offset, name));
  };
  expect(await refused(at('a.cedar', 'Agent'), 'User')).toBe('another type is called `User` already');
  expect(await refused(at('a.cedar', 'Agent'), 'a b')).toBe(
    "`a b` is no name for a type: letters, digits and `_`, not a word of Cedar's own",
  );
  expect(await refused(at('a.cedar', 'refund'), 'read_ticket')).toBe(
    'another action is called `read_ticket` already',
  );
  expect(await refused(at('a.cedar', 'mover'), 't')).toBe('another policy is called `t` already');
  expect(await refused(at('a.cedar', 'mover'), ' ')).toBe('a name has 1 to 200 characters, on one line');
  expect(await refused(at('a.cedar', 'alice'), 'bob')).toBe(
    'the id of an entity comes with the calls: renaming it here would part it from them',
  );
  const { prepareRename, file, offset } = await at('a.cedar', 'permit')();
  expect(prepareRename(file, offset)).toBe(null);
});
