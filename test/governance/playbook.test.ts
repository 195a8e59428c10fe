/** Runs docs/playbook.md from its first command to its last, in a copy of the sample that it is about. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '@benchbook/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { stepsOf } from './page.ts';

const page = readFileSync(join(repositoryRoot, 'docs/playbook.md'), 'utf8');
const steps = stepsOf(page);
const scratch = mkdtempSync(join(tmpdir(), 'benchbook-playbook-'));
const workspace = join(scratch, 'treasury');
cpSync(join(repositoryRoot, 'samples/treasury'), workspace, { recursive: true });
const bin = join(scratch, 'bin');
mkdirSync(bin);
writeFileSync(
  join(bin, 'benchbook'),
  `#!/bin/sh\nexec "${process.execPath}" "${join(repositoryRoot, 'packages/cli/bin/benchbook.js')}" "$@"\n`,
);
chmodSync(join(bin, 'benchbook'), 0o755);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the playbook', () => {
  test('tells seven steps', () => {
    expect(page.match(/^## \d\. /gm)).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => `## ${number}. `));
  });

  let printed = '';
  let wentOn = true;
  test.each(steps.map((step, index) => [index + 1, nameOf(step), step] as const))('%i %s', (_, __, step) => {
    // Each step stands on those before it.
    expect({ wentOn }).toEqual({ wentOn: true });
    wentOn = false;
    if (step.kind === 'file') {
      const path = join(workspace, step.path);
      mkdirSync(dirname(path), { recursive: true });
      (step.append ? appendFileSync : writeFileSync)(path, step.text);
    } else if (step.kind === 'output') {
      let at = 0;
      for (const line of step.lines) {
        const found = printed.indexOf(line, at);
        expect({ line, found: found >= 0, printed: found >= 0 ? '' : printed }).toEqual({
          line,
          found: true,
          printed: '',
        });
        at = found + line.length;
      }
    } else {
      const { status, stdout, stderr } = spawnSync('sh', ['-c', step.line], {
        cwd: workspace,
        encoding: 'utf8',
        env: { PATH: `${bin}:${process.env.PATH}`, HOME: scratch, NO_COLOR: '1' },
      });
      printed = stdout + stderr;
      expect({ status, stderr: status === step.exits ? '' : stderr + stdout }).toEqual({
        status: step.exits,
        stderr: '',
      });
    }
    wentOn = true;
  });
});

function nameOf(step: (typeof steps)[number]): string {
  if (step.kind === 'command') return step.line.slice(0, 90);
  return step.kind === 'file'
    ? `${step.append ? 'adds to' : 'writes'} ${step.path}`
    : `prints ${step.lines[0]}`;
}
