/** The gate on the command line: from the first refusal to a certificate, its fall, and its renewal. */
import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digest, writeJson } from '@benchbook/model';
import { runCli, tempWorkspace } from '@benchbook/testkit';
import { beforeAll, describe, expect, test } from 'vitest';

const IMPACT = 'No harm is to be expected.\n';
const REVIEW = `{ date: 2026-05-01, by: Dora, evidence: { file: evidence/impact.md, sha256: ${digest(IMPACT)} } }`;
const AT = '2026-06-01T12:00:00Z';

const CARD = `id: payer
name: Payer
owner: finance@example.org
accountable: { name: Ann Berg, role: CFO }
purpose: Pays small bills.
risk: { dataSensitivity: confidential, decisionAuthority: acts-alone, blastRadius: one-team }
tools: [pay]
model: some-model-1
deployment:
  environment: production
  failMode: closed
  approvers: [Ann Berg]
  breakers: [{ id: many, count: calls, per: agent, limit: 100, windowMinutes: 60 }]
reviews:
  impactAssessment: ${REVIEW}
  adversarialTest: ${REVIEW}
`;

const POLICIES = `@id("small")
permit (principal, action == Action::"pay", resource)
when { context.input.amount <= 1000 };

@id("large")
forbid (principal, action == Action::"pay", resource)
when { context.input.amount > 1000 };
`;

const calls = (
  [
    [10, 'allow'],
    [5000, 'deny'],
  ] as const
).map(([amount, wanted], seq) =>
  writeJson({
    v: 1,
    session: 's1',
    seq,
    agent: { id: 'payer' },
    tool: { name: 'pay', server: 'bank' },
    args: { amount },
    expect: wanted,
  }),
);

let cwd: string;

async function run(...args: string[]) {
  return runCli(['gate', ...args], { cwd });
}

async function at(...args: string[]) {
  return run(...args, '--at', AT);
}

async function signOff(): Promise<void> {
  const { stdout, stderr, code } = await at('sign-off', 'payer', '--role', 'CFO', '--key', 'keys/ann.pem');
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(stdout).toBe(
    '- role: "CFO"\n  by: "Ann Berg"\n  date: "2026-06-01"\n  envelope: "governance/sign-offs/payer-ann-CFO.json"\n',
  );
  const entry = stdout.replace(/^/gm, '    ').trimEnd();
  await writeFile(join(cwd, 'agents/payer.yaml'), `${CARD}  signOffs:\n${entry}\n`);
}

beforeAll(async () => {
  cwd = await tempWorkspace({
    'benchbook.yaml': 'version: 1\ngovernance: { keys: governance/keys.yaml, retentionMonths: 12 }\n',
    'agents/payer.yaml': CARD,
    'policies/pay.cedar': POLICIES,
    'tools/bank.json':
      '{"tools":[{"name":"pay","inputSchema":{"type":"object","properties":{"amount":{"type":"integer"}},"required":["amount"]}}]}',
    'traces/a.jsonl': `${calls.join('\n')}\n`,
    'evidence/impact.md': IMPACT,
    'governance/keys.yaml': '',
  });
});

describe('from the first refusal to a certificate', () => {
  test('a pair of keys: the private one is its owner’s alone, and never written over', async () => {
    for (const [id, holder] of [
      ['gate', 'Release pipeline'],
      ['ann', 'Ann Berg'],
    ] as const) {
      const made = await run('keygen', '--id', id, '--holder', holder, '--key', `keys/${id}.pem`);
      expect({ stderr: made.stderr, code: made.code }).toEqual({ stderr: '', code: 0 });
      expect(made.stdout).toMatch(
        new RegExp(`^- id: "${id}"\n {2}holder: "${holder}"\n {2}publicKey: [A-Za-z0-9+/]{43}=\n$`),
      );
      await appendFile(join(cwd, 'governance/keys.yaml'), made.stdout);
      expect((await stat(join(cwd, `keys/${id}.pem`))).mode & 0o777).toBe(0o600);
    }
    expect(await run('keygen', '--id', 'x', '--holder', 'X', '--key', 'keys/ann.pem')).toEqual({
      stdout: '',
      stderr: 'benchbook: keys/ann.pem exists; a key is never written over\n',
      code: 2,
    });
  });

  test('refused for want of a signature, and nothing is written', async () => {
    const { stdout, stderr, code } = await at('payer', '--key', 'keys/gate.pem');
    expect({ stderr, code }).toEqual({ stderr: '', code: 1 });
    expect(stdout).toBe(`payer: refused at tier high: 1 failed

  passed      Build checks without error
              no error
  passed      Recordings readable
              2 calls
  passed      Expectations met
              2 of 2 met
  passed      Policies exercised
              2 of 2 policies applied to a recorded call; 80 % asked for
  passed      Conditions exercised
              2 of 2 conditions seen true and false; 70 % asked for
  passed      Evidence as it was reviewed
              2 files with matching digests
  passed      Impact assessment
              of 2026-05-01 by Dora, evidence/impact.md
  passed      Adversarial suite
              1 attack denied by the current policies
  passed      Key ring readable
              2 keys
  failed      Signed off
              0 people signed; 1 asked for

10 checks: 9 passed, 1 failed, 0 unverified; refused
`);
    expect(await at('payer', '--verify')).toEqual({
      stdout:
        '  - there is no certificate governance/certificates/payer.json\n\npayer: certificate invalid: 1 reason\n',
      stderr: '',
      code: 1,
    });
  });

  test('signed, certified, verified', async () => {
    await signOff();
    const { stdout, code } = await at('payer', '--key', 'keys/gate.pem', '--format', 'json');
    const report = JSON.parse(stdout);
    expect([code, report.outcome, report.issued, report.expires, report.certificate]).toEqual([
      0,
      'certified',
      AT,
      '2026-08-30T12:00:00Z',
      'governance/certificates/payer.json',
    ]);
    expect(await at('payer', '--verify')).toEqual({
      stdout: `  signed with gate, issued ${AT}\n\npayer: certificate valid until 2026-08-30T12:00:00Z\n`,
      stderr: '',
      code: 0,
    });
  });

  test('the same again is the same certificate, from a key in the environment too', async () => {
    const first = await readFile(join(cwd, 'governance/certificates/payer.json'), 'utf8');
    const pem = await readFile(join(cwd, 'keys/gate.pem'), 'utf8');
    const { code } = await runCli(
      ['gate', 'payer', '--key', 'env:GATE_KEY', '--certificate', 'again.json', '--at', AT],
      { cwd, env: { GATE_KEY: pem } },
    );
    expect([code, await readFile(join(cwd, 'again.json'), 'utf8')]).toEqual([0, first]);
    expect((await at('payer', '--verify', 'again.json')).code).toBe(0);
  });

  test('a byte of a policy changed, and it is refused; restored, it holds; policies that do not load are no excuse', async () => {
    const file = join(cwd, 'policies/pay.cedar');
    for (const text of [`${POLICIES}\n`, 'permit (', '']) {
      await writeFile(file, text);
      expect(await at('payer', '--verify')).toEqual({
        stdout: `  - policies/pay.cedar changed\n  signed with gate, issued ${AT}\n\npayer: certificate invalid: 1 reason\n`,
        stderr: '',
        code: 1,
      });
    }
    await writeFile(file, POLICIES.replace('1000 }', '900 }'));
    const { stdout, code } = await at('payer', '--key', 'keys/gate.pem');
    expect(code).toBe(1);
    expect(stdout).toMatch(/it was given before policies\/pay\.cedar\s+changed: sign again/);
    await signOff();
    expect((await at('payer', '--key', 'keys/gate.pem')).code).toBe(0);
    expect((await at('payer', '--verify')).code).toBe(0);
  });

  test('expired, or from a clock that runs behind', async () => {
    const verify = async (time: string) =>
      (await run('payer', '--verify', '--at', time)).stdout.split('\n')[0];
    expect(await verify('2026-08-30T12:00:00Z')).toBe('  - it expired 2026-08-30T12:00:00Z');
    expect(await verify('2026-06-01T11:59:59Z')).toBe(
      `  - it was issued ${AT}, which is yet to come: look at the clock`,
    );
  });

  test('Markdown for a pull request', async () => {
    const { stdout } = await at('payer', '--verify', '--format', 'markdown');
    expect(stdout).toBe(
      '## Benchbook certificate: valid\n\n`payer`: certificate valid until 2026-08-30T12:00:00Z\n',
    );
    const gate = await at('payer', '--format', 'markdown', '--out', 'gate.md');
    expect(gate).toEqual({ stdout: '', stderr: '', code: 1 });
    const text = await readFile(join(cwd, 'gate.md'), 'utf8');
    expect(text.split('\n').slice(0, 3)).toEqual([
      '## Benchbook gate: refused',
      '',
      '`payer` is refused at tier high: 1 failed.',
    ]);
  });
});

describe('exit code 2, and one line that says what to do', () => {
  test.each([
    [['nobody'], "no agent 'nobody' in the registry; registered: payer"],
    [
      ['payer', '--key', 'gone.pem'],
      "cannot read the key: ENOENT: no such file or directory, stat 'gone.pem'",
    ],
    [['payer', '--key', 'env:NO_SUCH_KEY'], 'env:NO_SUCH_KEY: no such variable, or an empty one'],
    [
      ['payer', '--key', 'benchbook.yaml'],
      'benchbook.yaml holds no key: expected PEM, or base64 of 32 bytes',
    ],
    [['payer', '--expires', '0'], '--expires is no whole number of days: 0'],
    [
      ['payer', '--verify', '--key', 'keys/ann.pem'],
      '--verify issues nothing: leave --key and --expires out',
    ],
    [['payer', '--format', 'html'], "unknown format 'html'; known formats: text, json, markdown"],
    [
      ['sign-off', 'payer', '--role', 'CFO', '--key', 'keys/stranger.pem'],
      'the key is not among governance.keys, so nobody could verify the sign-off: enter it there',
    ],
  ])('%j', async (args, message) => {
    if (args.includes('keys/stranger.pem'))
      await run('keygen', '--id', 's', '--holder', 'S', '--key', 'keys/stranger.pem');
    expect(await run(...args)).toEqual({ stdout: '', stderr: `benchbook: ${message}\n`, code: 2 });
  });
});
