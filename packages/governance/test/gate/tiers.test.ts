import { describe, expect, test } from 'vitest';
import { files, gate, keyOf, keysYaml, NOW, signedFiles, TRACE } from './fixture.ts';

describe('low', () => {
  test('build checks without error are enough', async () => {
    const { outcome, report, open } = await gate(await files());
    expect({ outcome, open }).toEqual({ outcome: 'certified', open: {} });
    expect([report.issued, report.expires]).toEqual(['2026-06-01T12:00:00Z', '2027-06-01T12:00:00Z']);
    expect(report.subjects.map(({ name }) => name)).toEqual([
      'agents/payer.yaml',
      'benchbook.yaml',
      'dependencies:engines',
      'policies/pay.cel.yaml',
      'suite:expect',
      'tools/bank.json',
    ]);
  });

  test('an error of a build check refuses; that of another agent does not', async () => {
    const finding = {
      agent: 'payer',
      check: 'owner',
      severity: 'error',
      message: 'no owner',
      controls: [],
      file: 'agents/payer.yaml',
      range: null,
    } as const;
    const refused = await gate(await files(), { findings: [finding] });
    expect([refused.outcome, refused.envelope, refused.report.issued]).toEqual(['refused', null, null]);
    expect(refused.open).toEqual({ 'build-checks': 'failed: 1 error: owner: no owner' });
    expect((await gate(await files(), { findings: [{ ...finding, agent: 'other' }] })).outcome).toBe(
      'certified',
    );
  });

  test('without a key it passes, and nothing is issued', async () => {
    const { outcome, envelope, open } = await gate(await files(), { key: null });
    expect([outcome, envelope]).toEqual(['passed', null]);
    expect(open).toEqual({ certificate: 'unverified: no --key was given, so nothing was issued' });
  });

  test('a bare name and missing evidence are told, and do not block', async () => {
    const reviews = {
      impactAssessment: {
        date: '2026-04-01',
        by: 'Dora',
        evidence: { file: 'gone.md', sha256: 'ab'.repeat(32) },
      },
      signOffs: [{ role: 'CFO', by: 'Ann', date: '2026-05-01' }],
    };
    const { outcome, open } = await gate(await files({ reviews }));
    expect(outcome).toBe('certified');
    expect(open).toEqual({
      evidence: 'unverified: impact assessment, gone.md: cannot read gone.md: no such file or folder',
      'sign-offs':
        'unverified: 0 people signed; 0 asked for; Ann, CFO: a bare name, not signed: run `benchbook gate sign-off`',
    });
  });

  test('a key that the ring does not know issues nothing', async () => {
    const { outcome, envelope } = await gate(await files(), { key: await keyOf('stranger') });
    expect([outcome, envelope]).toEqual(['refused', null]);
  });

  test('nor does a revoked one', async () => {
    const keys = `${await keysYaml()}  revoked: 2026-06-01\n`;
    const { outcome, open } = await gate(await files({}, { 'governance/keys.yaml': keys }));
    expect(outcome).toBe('refused');
    expect(open).toEqual({ certificate: 'failed: the key `gate` is revoked' });
  });
});

describe('medium', () => {
  test('asks for met expectations and coverage', async () => {
    const { outcome, report } = await gate(await files({ tier: 'medium' }));
    expect(outcome).toBe('certified');
    expect(report.checks.map(({ id }) => id)).toEqual([
      'build-checks',
      'recordings',
      'expectations',
      'policy-coverage',
      'condition-coverage',
    ]);
  });

  test('a missed expectation refuses', async () => {
    const wrong = TRACE.replace('"expect":"allow"', '"expect":"deny"');
    const { outcome, open } = await gate(await files({ tier: 'medium' }, { 'traces/a.jsonl': wrong }));
    expect(outcome).toBe('refused');
    expect(open).toEqual({ expectations: 'failed: 1 of 2 missed: s1#0 must be deny and is allow' });
  });

  test('no expectation at all refuses', async () => {
    const none = TRACE.replaceAll(/,"expect":"\w+"/g, '');
    const { outcome } = await gate(await files({ tier: 'medium' }, { 'traces/a.jsonl': none }));
    expect(outcome).toBe('refused');
  });

  test('policies that nothing exercises refuse', async () => {
    const one = `${TRACE.split('\n')[0]}\n`;
    const { outcome, open } = await gate(await files({ tier: 'medium' }, { 'traces/a.jsonl': one }));
    expect(outcome).toBe('refused');
    expect(open).toEqual({
      'policy-coverage': 'failed: 1 of 2 policies applied to a recorded call; 70 % asked for',
      'condition-coverage': 'failed: 0 of 2 conditions seen true and false; 50 % asked for',
    });
  });

  test('an unreadable line is told, and does not block', async () => {
    const { outcome, open } = await gate(
      await files({ tier: 'medium' }, { 'traces/a.jsonl': `${TRACE}{"v":\n` }),
    );
    expect(outcome).toBe('certified');
    expect(open).toEqual({ recordings: 'unverified: 1 unreadable place, left out: traces/a.jsonl:6' });
  });
});

describe('high', () => {
  const signed = [['Ann', 'CFO']] as const;

  test('passes with evidence, assessment, attacks denied and a signature', async () => {
    const { outcome, open, report } = await gate(await signedFiles('high', signed));
    expect({ outcome, open }).toEqual({ outcome: 'certified', open: {} });
    expect(report.expires).toBe('2026-08-30T12:00:00Z');
  });

  test('without a key it is refused', async () => {
    const { outcome, open } = await gate(await signedFiles('high', signed), { key: null });
    expect(outcome).toBe('refused');
    expect(open).toEqual({ certificate: 'failed: no --key was given, so nothing was issued' });
  });

  test('what cannot be verified blocks', async () => {
    const good = await signedFiles('high', signed);
    const without = async (path: string) => {
      const { [path]: _, ...rest } = good;
      const { outcome, open } = await gate(rest);
      return [outcome, Object.keys(open)];
    };
    expect(await without('evidence/impact.md')).toEqual(['refused', ['evidence']]);
    expect(await without('governance/sign-offs/0.json')).toEqual(['refused', ['sign-offs']]);
    expect(await without('governance/keys.yaml')).toEqual([
      'refused',
      ['key-ring', 'sign-offs', 'certificate'],
    ]);
    const torn = await gate({ ...good, 'traces/a.jsonl': `${TRACE}{"v":\n` });
    expect([torn.outcome, Object.keys(torn.open)]).toEqual(['refused', ['recordings']]);
    const unreplayed = await gate(good, { replay: null });
    expect([unreplayed.outcome, Object.keys(unreplayed.open)]).toEqual([
      'refused',
      ['recordings', 'expectations', 'policy-coverage', 'condition-coverage', 'adversarial-suite'],
    ]);
  });

  test('a bare name is told as unverified and blocks', async () => {
    const reviews = {
      impactAssessment: { date: '2026-04-01', by: 'Dora' },
      signOffs: [{ role: 'CFO', by: 'Ann', date: '2026-05-01' }],
    };
    const { outcome, open } = await gate(await files({ tier: 'high', reviews }));
    expect(outcome).toBe('refused');
    expect(open).toEqual({
      evidence: 'unverified: the card names no evidence: give reviews an `evidence` with file and sha256',
      'impact-assessment': 'unverified: of 2026-04-01 by Dora, but it names no evidence',
      'sign-offs':
        'unverified: 0 people signed; 1 asked for; Ann, CFO: a bare name, not signed: run `benchbook gate sign-off`',
    });
  });

  test('changed evidence blocks', async () => {
    const { outcome, open } = await gate(
      await signedFiles('high', signed, { 'evidence/impact.md': 'All is well.\n' }),
    );
    expect([outcome, Object.keys(open)]).toEqual(['refused', ['evidence']]);
  });

  test('no attack by this agent blocks', async () => {
    const others = TRACE.replaceAll('"id":"payer"', '"id":"other"');
    const { outcome, open } = await gate(await signedFiles('high', signed, { 'traces/a.jsonl': others }));
    expect(outcome).toBe('refused');
    expect(open).toEqual({
      'adversarial-suite': 'failed: 0 recorded calls by `payer` with `expect: deny`; 1 asked for',
    });
  });
});

describe('critical', () => {
  test('two people, one of them for risk, and the controls evidenced', async () => {
    const { outcome, open, report } = await gate(
      await signedFiles('critical', [
        ['Ann', 'CFO'],
        ['Ben', 'Chief Risk Officer'],
      ]),
    );
    expect({ outcome, open }).toEqual({ outcome: 'certified', open: {} });
    expect(report.expires).toBe('2026-07-01T12:00:00Z');
    expect(report.checks.map(({ id }) => id)).toHaveLength(12);
  });

  test('the same person in two roles counts once', async () => {
    const { outcome, open } = await gate(
      await signedFiles('critical', [
        ['Ann', 'CFO'],
        ['Ann', 'Risk'],
      ]),
    );
    expect(outcome).toBe('refused');
    expect(open).toEqual({ 'sign-offs': 'failed: 1 person signed (Ann); 2 asked for' });
  });

  test('two people of whom none answers for risk', async () => {
    const { outcome, open } = await gate(
      await signedFiles('critical', [
        ['Ann', 'CFO'],
        ['Ben', 'Brisk walker'],
      ]),
    );
    expect(outcome).toBe('refused');
    expect(open).toEqual({ 'sign-off-roles': 'failed: nobody in a role of risk or compliance has signed' });
  });

  test('a control that nothing evidences blocks, and is named', async () => {
    const never = 'traces/a.jsonl';
    const small = `${TRACE.split('\n')
      .filter((one) => !one.includes('00}'))
      .join('\n')}\n`;
    const { open } = await gate(await signedFiles('critical', [['Ann', 'Risk']], { [never]: small }));
    expect(open['control-evidence']).toMatch(
      /^failed: 1 of 2 controls of enforced policies evidenced; 90 % asked for; not: eu-ai-act@[\d-]+:14\(4\)\(d\): No recorded call/,
    );
  });
});

test('figures of the manifest are told', async () => {
  const manifest = `version: 1
governance:
  keys: governance/keys.yaml
  tiers:
    low: { signOffs: 1, validDays: 400, policyCoverage: 0.5 }
`;
  const { outcome, report, open } = await gate(await files({}, { 'benchbook.yaml': manifest }));
  expect(outcome).toBe('refused');
  expect(open).toEqual({ 'sign-offs': 'failed: 0 people signed; 1 asked for' });
  expect(report.notes).toEqual([
    'benchbook.yaml sets low.policyCoverage to 0.5 (default 0): stricter',
    'benchbook.yaml sets low.signOffs to 1 (default 0): stricter',
    'benchbook.yaml sets low.validDays to 400 (default 365): looser',
  ]);
});

test('a certificate may hold for less than its tier allows, never for more', async () => {
  const short = await gate(await files(), { validDays: 7 });
  const long = await gate(await files(), { validDays: 4000 });
  expect([short.report.expires, long.report.expires]).toEqual([
    '2026-06-08T12:00:00Z',
    '2027-06-01T12:00:00Z',
  ]);
  expect(NOW).toBe(Date.parse('2026-06-01T12:00:00Z'));
});
