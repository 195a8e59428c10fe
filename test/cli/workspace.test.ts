import { runCli, tempWorkspace } from '@benchbook/testkit';
import { expect, test } from 'vitest';
import { CEDAR, CEL, line, session } from './fixtures.ts';

const json = async (cwd: string, ...args: string[]) => {
  const { stdout, code } = await runCli([...args, '--format', 'json'], { cwd });
  return { report: JSON.parse(stdout), code };
};

const FORBID = 'forbid (principal, action, resource);\n';

test('the manifest changes severities', async () => {
  const files = { 'policies/a.cedar': FORBID };
  const manifest = (severity: string) => `version: 1\ndiagnostics: { nothing-allows: ${severity} }\n`;
  const error = await tempWorkspace({ ...files, 'benchbook.yaml': manifest('error') });
  expect(await json(error, 'check')).toMatchObject({ code: 1, report: { summary: { errors: 1 } } });
  const off = await tempWorkspace({ ...files, 'benchbook.yaml': manifest('off') });
  expect(await json(off, 'check')).toMatchObject({ code: 0, report: { diagnostics: [] } });
});

test('a comment with a reason silences, one that silences nothing is told', async () => {
  const silenced = await tempWorkspace({
    'policies/a.cedar': `// benchbook-ignore nothing-allows: permits live in another repository\n${FORBID}`,
  });
  expect((await json(silenced, 'check')).report.diagnostics).toEqual([]);
  const unused = await tempWorkspace({
    'policies/a.cedar': `// benchbook-ignore nothing-allows: why\n${CEDAR}`,
  });
  expect((await json(unused, 'check', '--traces', '.')).report.diagnostics).toMatchObject([
    { code: 'unused-ignore' },
  ]);
});

test('a set narrowed to some tools is not asked about others', async () => {
  const cwd = await tempWorkspace({
    'benchbook.yaml':
      'version: 1\ndefault: allow\nsets:\n  - { policies: ["policies/*.cel.yaml"], tools: ["refund*"] }\n',
    'policies/a.cel.yaml': CEL,
    'traces/a.jsonl': `${line({ args: { amount: 5000 } })}\n${line({ seq: 1, tool: { name: 'list' }, args: { amount: 5000 } })}\n`,
  });
  const { report } = await json(cwd, 'replay', '--decisions', '--no-latency');
  expect(report.decisions.map((d: { outcome: string; basis: string }) => [d.outcome, d.basis])).toEqual([
    ['deny', 'determined'],
    ['allow', 'defaulted'],
  ]);
});

test('a number without a schema has the type that the recordings show, and check says which', async () => {
  const cwd = await tempWorkspace({
    'policies/a.cedar':
      'permit (principal, action, resource) when { context.input.amount.lessThan(decimal("100.0")) };\n',
    'traces/a.jsonl': session([{ amount: 40 }, { amount: 40.5 }]),
  });
  const { report } = await json(cwd, 'replay', '--no-latency');
  expect(report.summary).toMatchObject({ outcomes: { allow: 2 }, withErrors: 0 });
  expect((await json(cwd, 'check')).report.diagnostics).toMatchObject([{ code: 'cedar-inferred-number' }]);
});
