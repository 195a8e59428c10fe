import { describe, expect, test } from 'vitest';
import { hasRole } from '../../src/signoffs/people.ts';
import { type Files, gate, keysYaml, signedFiles } from '../gate/fixture.ts';

type Change = Parameters<typeof signedFiles>[3];

const seen = async (contents: Files) => {
  const { report } = await gate(contents);
  return report.checks.find(({ id }) => id === 'sign-offs')!;
};
const changed = async (change: Change, more: Files = {}) =>
  (await seen(await signedFiles('high', [['Ann', 'CFO']], more, change))).message;
const REFUSED = '0 people signed; 1 asked for; Ann, CFO: ';

describe('a signature counts for nothing', () => {
  test.each<readonly [string, Change, string]>([
    ['for another agent', (one) => ({ ...one, agent: 'other' }), 'it is for the agent `other`'],
    [
      'for another tier',
      (one) => ({ ...one, tier: 'low' }),
      'it is for tier low, and the agent is of tier high',
    ],
    ['in the name of another', (one) => ({ ...one, by: 'Ben' }), 'it names Ben, but `Ann` is the key of Ann'],
    [
      'in another role than the card says',
      (one) => ({ ...one, role: 'CEO' }),
      'the card says Ann, CFO; signed is Ann, CEO',
    ],
    [
      'from a day to come',
      (one) => ({ ...one, date: '2026-06-02' }),
      'it is dated 2026-06-02, which is yet to come',
    ],
    ['of no day at all', (one) => ({ ...one, date: 'today' }), 'its date `today` is no ISO date'],
    [
      'over another state',
      (one) => ({ ...one, subjects: one.subjects.slice(1) }),
      'it was given before benchbook.yaml was added: sign again',
    ],
  ])('%s', async (_, change, message) => {
    expect(await changed(change)).toBe(REFUSED + message);
  });

  test('after the key was revoked; before, it counts and that is told', async () => {
    const keys = async (date: string) => ({
      'governance/keys.yaml': (await keysYaml('Ann')).replace(
        'holder: "Ann"',
        `holder: "Ann"\n  revoked: ${date}`,
      ),
    });
    expect(await changed((one) => one, await keys('2026-05-30'))).toBe(
      `${REFUSED}\`Ann\` was revoked when it was signed`,
    );
    expect(await seen(await signedFiles('high', [['Ann', 'CFO']], await keys('2026-05-31')))).toMatchObject({
      state: 'passed',
      message: '1 person signed (Ann); 1 asked for; Ann, CFO: `Ann` was revoked after it was signed',
    });
  });

  test('in a role that the key ring does not give', async () => {
    const keys = async (roles: string) => ({
      'governance/keys.yaml': (await keysYaml('Ann')).replace(
        'holder: "Ann"',
        `holder: "Ann"\n  roles: ${roles}`,
      ),
    });
    expect(await changed((one) => one, await keys('[Auditor]'))).toBe(
      `${REFUSED}the key ring does not give Ann the role CFO`,
    );
    expect(await changed((one) => one, await keys('[cfo]'))).toBe('1 person signed (Ann); 1 asked for');
    expect(await changed((one) => one, await keys('CFO'))).toBe(
      `${REFUSED}the key ring does not give Ann the role CFO`,
    );
  });

  test('once its card is changed', async () => {
    const signed = await signedFiles('high', [['Ann', 'CFO']]);
    const text = signed['agents/payer.yaml'] as string;
    const message = (await seen({ ...signed, 'agents/payer.yaml': text.replace('small', 'large') })).message;
    expect(message).toBe(`${REFUSED}it was given before card:payer changed: sign again`);
  });

  test('by a key that nobody knows, or with another content', async () => {
    const signed = await signedFiles('high', [['Ann', 'CFO']]);
    expect(await seen({ ...signed, 'governance/keys.yaml': await keysYaml('Ben') })).toMatchObject({
      state: 'unverified',
      message: `${REFUSED}the key \`Ann\` is unknown: add it to governance.keys`,
    });
    const file = 'governance/sign-offs/0.json';
    const envelope = JSON.parse(signed[file] as string);
    const payload = Buffer.from(envelope.payload, 'base64').toString().replace('CFO', 'CEO');
    const forged = JSON.stringify({ ...envelope, payload: Buffer.from(payload).toString('base64') });
    expect(await seen({ ...signed, [file]: forged })).toMatchObject({
      state: 'failed',
      message: `${REFUSED}the signature is not that of \`Ann\` over this content: one of them was changed`,
    });
  });

  test('from a file outside the workspace', async () => {
    const signed = await signedFiles('high', [['Ann', 'CFO']]);
    const text = signed['agents/payer.yaml'] as string;
    const outside = text.replace('governance/sign-offs/0.json', '../0.json');
    expect((await seen({ ...signed, 'agents/payer.yaml': outside })).message).toBe(
      `${REFUSED}../0.json: it lies outside the workspace`,
    );
  });
});

describe('people are told apart by whose key it is', () => {
  test('two keys of one holder are one person', async () => {
    const keys = (await keysYaml('Ann', 'Ben')).replace('holder: "Ben"', 'holder: " ANN"');
    const signed = await signedFiles(
      'critical',
      [
        ['Ann', 'CFO'],
        ['Ben', 'Risk'],
      ],
      { 'governance/keys.yaml': keys },
      (one, person) => (person === 'Ben' ? { ...one, by: 'ann' } : one),
    );
    const text = (signed['agents/payer.yaml'] as string).replace('"by":"Ben"', '"by":"Ann"');
    expect(await seen({ ...signed, 'agents/payer.yaml': text })).toMatchObject({
      state: 'failed',
      message: '1 person signed (Ann); 2 asked for',
    });
  });

  test('one envelope named twice is one signature', async () => {
    const signed = await signedFiles('critical', [
      ['Ann', 'CFO'],
      ['Ann', 'CFO'],
    ]);
    expect((await seen(signed)).message).toBe('1 person signed (Ann); 2 asked for');
  });

  test('a role is a word of it, not a part of a word', () => {
    expect(hasRole('Chief Risk Officer', ['risk', 'compliance'])).toBe(true);
    expect(hasRole('head-of-compliance', ['risk', 'compliance'])).toBe(true);
    expect(hasRole('Ｒｉｓｋ', ['risk'])).toBe(true);
    expect(hasRole('Asterisk', ['risk'])).toBe(false);
    expect(hasRole('Risky business', ['risk'])).toBe(false);
  });
});
