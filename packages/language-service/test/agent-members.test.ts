/** Members that quick fixes begin: in every shape of card, and for checks that there are. */
import { readdirSync } from 'node:fs';
import { isObject, type Json } from '@benchbook/model';
import { repositoryRoot } from '@benchbook/testkit';
import { agentCards, checkAgentCard, parseData } from '@benchbook/workspace';
import { describe, expect, test } from 'vitest';
import { addMember } from '../src/agents/insert.ts';
import { missingMember, skeletonOf } from '../src/agents/skeletons.ts';

const CHECKS = readdirSync(`${repositoryRoot}/packages/governance/checks`)
  .map((file) => file.replace('.cel.yaml', ''))
  .sort();
const BEGUN = CHECKS.filter((name) => missingMember(`check/${name}`) !== undefined);
const MEMBERS = [...new Set(BEGUN.map((name) => missingMember(`check/${name}`)!))].sort();

test('are those that built-in checks miss', () => {
  expect(BEGUN).toEqual([
    'accountable',
    'adversarial-test',
    'approvers',
    'breakers',
    'classified',
    'environment',
    'impact-assessment',
    'owner',
    'purpose',
    'retention',
    'tier',
    'tools-declared',
  ]);
  expect(MEMBERS.filter((member) => skeletonOf(member) === null)).toEqual([]);
  expect([missingMember('check/constructor'), missingMember('toString'), skeletonOf('constructor')]).toEqual([
    undefined,
    undefined,
    null,
  ]);
});

const SHAPES: readonly (readonly [string, string])[] = [
  ['a card', 'id: pay\nname: Payments\n'],
  ['a card without a line end', 'id: pay'],
  ['a card with sections', 'id: pay\ndeployment:\n    failMode: closed\nreviews:\n  signOffs: []\n'],
  ['a card that ends in a block of text', 'id: pay\nname: |\n  Pays\n  bills\n\n'],
  ['a list', '- id: pay\n  name: Payments\n- id: other\n'],
  ['a list of an object', 'agents:\n  - id: pay\n\n  - id: other\n# The end.\n'],
  [
    'Windows line ends',
    'agents:\r\n  - id: pay\r\n    deployment:\r\n      failMode: open\r\n  - id: other\r\n',
  ],
];

describe.each(SHAPES)('in %s', (_, text) => {
  test.each(MEMBERS)('%s is begun, and nothing else changes', (member) => {
    const document = parseData(text);
    const [{ card, path }] = agentCards(document.value!) as [ReturnType<typeof agentCards>[number]];
    const edit = addMember(document, text, path, member)!;
    const after = text.slice(0, edit.range.start) + edit.newText + text.slice(edit.range.end);
    const read = parseData(after);
    expect(read.problems).toEqual([]);
    const [now, ...others] = agentCards(read.value!).map((one) => one.card);
    expect(others).toEqual(
      agentCards(document.value!)
        .slice(1)
        .map((one) => one.card),
    );
    expect(without(now!, member.split('.'))).toEqual(without(card, member.split('.')));
    expect(at(now!, member.split('.'))).not.toBe(undefined);
    expect(checkAgentCard(read, path).filter(({ kind }) => kind === 'unknown-key')).toEqual([]);
    expect(/\r/.test(after) && /[^\r]\n/.test(after)).toBe(false);
  });
});

test('what is written is not begun again, and flow style is left alone', () => {
  for (const text of ['id: pay\nowner: a\n', '{ id: pay }', '{"id": "pay"}', '[]', '', 'id: [']) {
    const document = parseData(text);
    expect(addMember(document, text, [], 'owner')).toBe(null);
  }
  const text = 'id: pay\ndeployment: { failMode: open }\n';
  expect(addMember(parseData(text), text, [], 'deployment.environment')).toBe(null);
});

function at(value: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((so, step) => (isObject(so) ? so[step] : undefined), value);
}

/** Without the member, and without a section that holds nothing but it. */
function without(value: Json, [first = '', ...rest]: readonly string[]): Json {
  if (!isObject(value)) return value;
  const { [first]: member, ...others } = value;
  if (rest.length === 0 || member === undefined) return others;
  const left = without(member, rest);
  return isObject(left) && Object.keys(left).length === 0 ? others : { ...others, [first]: left };
}
