import { gzipSync } from 'node:zlib';
import { runCli, tempWorkspace } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { CEDAR, CEL, LANGUAGES, line, REGO, session } from './fixtures.ts';

const replayJson = async (cwd: string, ...flags: string[]) => {
  const { stdout, stderr, code } = await runCli(
    ['replay', '--format', 'json', '--decisions', '--no-latency', ...flags],
    { cwd },
  );
  return { report: stdout ? JSON.parse(stdout) : null, stderr, code };
};

describe.each(LANGUAGES)('%s', (_name, file, text) => {
  test('decides each call, names the determining policies, and counts', async () => {
    const cwd = await tempWorkspace({
      [file]: text,
      'traces/a.jsonl': session([{ amount: 40 }, { amount: 500 }, { amount: 5000 }]),
    });
    const { report, stderr, code } = await replayJson(cwd);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(report.summary).toEqual({
      calls: 3,
      sessions: 1,
      outcomes: { allow: 1, deny: 2, escalate: 0, indeterminate: 0 },
      withErrors: 0,
      unreadable: 0,
      firstDivergences: 1,
      expectations: { met: 0, missed: 0 },
    });
    expect(report.decisions.map((d: { outcome: string; basis: string }) => [d.outcome, d.basis])).toEqual([
      ['allow', 'determined'],
      ['deny', 'defaulted'],
      ['deny', 'determined'],
    ]);
    expect(
      report.policies.map((p: { applied: number; determined: number }) => [p.applied, p.determined]),
    ).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(report.decisions.map((d: { afterDivergence: boolean }) => d.afterDivergence)).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('is the same twice', async () => {
    const cwd = await tempWorkspace({
      [file]: text,
      'traces/a.jsonl': session([{ amount: 40 }, { amount: 500 }, { amount: 5000 }, { amount: 40 }]),
    });
    const flags = ['replay', '--format', 'json', '--decisions', '--no-latency'];
    expect(await runCli(flags, { cwd })).toEqual(await runCli(flags, { cwd }));
  });

  test('an integer beyond 2^53 keeps its last digit', async () => {
    const exact = text.replaceAll('1000', '9007199254740992');
    const cwd = await tempWorkspace({
      [file]: exact,
      'traces/a.jsonl': session([{ amount: 9007199254740992n }, { amount: 9007199254740993n }]),
    });
    const { report } = await replayJson(cwd);
    expect(report.decisions.map((d: { basis: string }) => d.basis)).toEqual(['defaulted', 'determined']);
  });

  test('arguments that were not recorded make it indeterminate, and say so', async () => {
    const cwd = await tempWorkspace({
      [file]: text,
      'traces/a.jsonl': session([null], { missing: ['args'] }),
    });
    const { report } = await replayJson(cwd);
    expect(report.decisions).toMatchObject([
      { outcome: 'indeterminate', basis: 'failed', missing: ['/args'] },
    ]);
  });

  test('what it cannot parse is told once, with file, line and column', async () => {
    const broken = `${text}\n}}}`;
    const cwd = await tempWorkspace({ [file]: broken, 'traces/a.jsonl': line() });
    const { stdout, stderr, code } = await runCli(['replay'], { cwd });
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    expect(stderr).toMatch(new RegExp(`^benchbook: ${file.replaceAll('.', '\\.')}:\\d+:\\d+: .+\\n$`));
  });
});

describe('keep going', () => {
  test('replays what loads and lists what does not', async () => {
    const cwd = await tempWorkspace({
      'policies/good.cel.yaml': CEL,
      'policies/bad.cedar': 'permit (',
      'traces/a.jsonl': session([{ amount: 40 }]),
    });
    const { report, code } = await replayJson(cwd, '--keep-going');
    expect(code).toBe(0);
    expect(report.skippedFiles).toEqual(['policies/bad.cedar']);
    expect(report.summary.outcomes.allow).toBe(1);
  });
});

describe('unreadable lines', () => {
  const files = {
    'policies/a.cel.yaml': CEL,
    'traces/a.jsonl': `${session([{ amount: 40 }])}{"v":1, nonsense\n${line({ seq: 1, id: 'x' })}\n`,
  };

  test('are counted and named; the rest is replayed', async () => {
    const { report, code } = await replayJson(await tempWorkspace(files));
    expect(code).toBe(0);
    expect(report.summary).toMatchObject({ calls: 2, unreadable: 1 });
    expect(report.unreadable).toMatchObject([{ file: 'traces/a.jsonl', line: 2 }]);
  });

  test('fail with --strict', async () => {
    const { stdout, stderr, code } = await runCli(['replay', '--strict'], {
      cwd: await tempWorkspace(files),
    });
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    expect(stderr).toMatch(/^benchbook: traces\/a\.jsonl:2: .+ \(--strict\)\n$/);
  });
});

describe('expectations and thresholds', () => {
  test('a missed expectation is a finding', async () => {
    const cwd = await tempWorkspace({
      'policies/a.cedar': CEDAR,
      'traces/a.jsonl': `${line({ expect: 'allow' })}\n${line({ seq: 1, id: 'second', args: { amount: 4000 }, expect: 'allow' })}\n`,
    });
    const { report, code } = await replayJson(cwd);
    expect(code).toBe(1);
    expect(report.summary.expectations).toEqual({ met: 1, missed: 1 });
    expect(report.findings).toEqual([
      {
        kind: 'expectation',
        call: 'second',
        expected: 'allow',
        actual: 'deny',
        tool: 'refund',
        determining: ['policies/a.cedar#limit'],
        source: { file: 'traces/a.jsonl', line: 2 },
        message: 'second (refund): expected allow, decided deny by policies/a.cedar#limit',
      },
    ]);
  });

  test('a threshold that is set and missed is one, a deny alone is none', async () => {
    const files = { 'policies/a.cedar': CEDAR, 'traces/a.jsonl': session([{ amount: 4000 }]) };
    expect((await replayJson(await tempWorkspace(files))).code).toBe(0);
    const strict = { ...files, 'benchbook.yaml': 'version: 1\nthresholds: { policyCoverage: 0.9 }\n' };
    const { report, code } = await replayJson(await tempWorkspace(strict));
    expect(code).toBe(1);
    expect(report.findings).toMatchObject([{ kind: 'threshold', threshold: 'policyCoverage', actual: 0.5 }]);
  });
});

describe('audit mode', () => {
  test('is decided and reported, not applied', async () => {
    const cwd = await tempWorkspace({
      'benchbook.yaml': 'version: 1\naudit: ["policies/trial/**"]\n',
      'policies/a.cedar': CEDAR,
      'policies/trial/none.cedar': '@id("none")\nforbid (principal, action, resource);\n',
      'traces/a.jsonl': session([{ amount: 40 }]),
    });
    const { report } = await replayJson(cwd);
    expect(report.decisions).toMatchObject([{ outcome: 'allow', wouldBe: 'deny' }]);
    expect(report.wouldChange).toEqual({ 'allow->deny': 1 });
    expect(
      report.policies.map((p: { id: string; mode: string; applied: number; determined: number }) => [
        p.id,
        p.mode,
        p.applied,
        p.determined,
      ]),
    ).toEqual([
      ['policies/a.cedar#small', 'enforce', 1, 1],
      ['policies/a.cedar#limit', 'enforce', 0, 0],
      ['policies/trial/none.cedar#none', 'audit', 1, 0],
    ]);
  });
});

describe('what errs is never silent', () => {
  test('a forbid that Cedar skips is shown with the call that went through', async () => {
    const cwd = await tempWorkspace({
      'policies/a.cedar':
        '@id("all")\npermit (principal, action, resource);\n@id("typo")\nforbid (principal, action, resource) when { context.input.amout > 1 };\n',
      'traces/a.jsonl': session([{ amount: 40 }]),
    });
    const { report, code } = await replayJson(cwd);
    expect(code).toBe(0);
    expect(report.summary).toMatchObject({ withErrors: 1, outcomes: { allow: 1 } });
    expect(report.decisions[0].errors).toMatchObject([{ policy: 'policies/a.cedar#typo', kind: 'runtime' }]);
    const { stdout } = await runCli(['replay', '--no-latency'], { cwd });
    expect(stdout).toMatch(/policies\/a\.cedar#typo/);
  });
});

describe('policies without end', () => {
  const runaway: readonly (readonly [string, string, string])[] = [
    [
      'Rego',
      'policies/loop.rego',
      'package loop\n\ndefault allow := false\n\nallow if {\n\tsome a in numbers.range(1, 3000)\n\tsome b in numbers.range(1, 3000)\n\tsome c in numbers.range(1, 3000)\n\ta + b + c == input.args.amount - 100000\n}\n',
    ],
    [
      'CEL',
      'policies/loop.cel.yaml',
      'name: loop\nrule:\n  id: loop\n  match:\n    - id: loop\n      condition: "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9,10].all(d, [1,2,3,4,5,6,7,8,9,10].all(e, [1,2,3,4,5,6,7,8,9,10].all(f, a + b + c + d + e + f < args.amount + 1000))))))"\n      output: "true"\n',
    ],
  ];
  test.each(runaway)(
    'in %s are stopped, the call is indeterminate, the replay goes on',
    async (_name, file, text) => {
      const cwd = await tempWorkspace({
        [file]: text,
        'traces/a.jsonl': session([{ amount: 1 }, { amount: 2 }]),
      });
      const { report, code } = await replayJson(cwd);
      expect(code).toBe(0);
      expect(report.summary.outcomes).toMatchObject({ indeterminate: 2 });
      for (const decision of report.decisions) {
        expect(decision).toMatchObject({
          outcome: 'indeterminate',
          basis: 'failed',
          errors: [{ kind: 'budget' }],
        });
        expect(JSON.stringify(decision.errors)).toMatch(/loop/);
      }
    },
  );
});

describe('hostile arguments', () => {
  test('neither crash nor pollute, in any language', async () => {
    const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    const lines = [
      line({ seq: 0, args: JSON.parse('{"amount": 40, "__proto__": {"amount": 5000}}') }),
      line({ seq: 1, args: '@@' }).replace('"@@"', deep),
      line({ seq: 2, args: '@@' }).replace('"@@"', '{"amount": 40, "note": "\\ud800"}'),
      line({ seq: 3, args: '@@' }).replace('"@@"', '{"amount": 1e400}'),
      line({ seq: 4, args: '@@' }).replace('"@@"', '{"amount": 123456789012345678901234567890}'),
      line({ seq: 5, args: { amount: 40, text: 'x'.repeat(5_000_000) } }),
      line({ seq: 6, args: { amount: 40, constructor: 1, toString: null } }),
    ];
    for (const [, file, text] of LANGUAGES) {
      const cwd = await tempWorkspace({ [file]: text, 'traces/a.jsonl': `${lines.join('\n')}\n` });
      const { report, stderr, code } = await replayJson(cwd);
      expect({ file, code, stderr }).toEqual({ file, code: 0, stderr: '' });
      expect(report.summary.calls).toBe(7);
      const outcomes = report.decisions.map((d: { outcome: string }) => d.outcome);
      expect([outcomes[0], outcomes[1], outcomes[2], outcomes[5], outcomes[6]]).toEqual([
        'allow',
        'indeterminate',
        'allow',
        'allow',
        'allow',
      ]);
      expect(['deny', 'indeterminate']).toContain(outcomes[4]);
    }
  });
});

describe('recordings', () => {
  test('may be compressed, and may lie outside the workspace', async () => {
    const outside = await tempWorkspace({
      'more.jsonl.gz': gzipSync(session([{ amount: 40 }, { amount: 41 }])),
    });
    const cwd = await tempWorkspace({ 'policies/a.rego': REGO });
    const { report, code } = await replayJson(cwd, '--traces', `${outside}/more.jsonl.gz`);
    expect(code).toBe(0);
    expect(report.summary.calls).toBe(2);
    expect(JSON.stringify(report)).not.toMatch(new RegExp(`"${outside}`));
  });

  test('the same id in two files is made unique', async () => {
    const cwd = await tempWorkspace({
      'policies/a.cel.yaml': CEL,
      'traces/a.jsonl': session([{ amount: 40 }]),
      'traces/b.jsonl': session([{ amount: 40 }]),
    });
    const { report } = await replayJson(cwd);
    expect(report.decisions.map((d: { call: string }) => d.call)).toEqual(['s1#0', 's1#0~2']);
    expect(report.summary.sessions).toBe(2);
  });
});
