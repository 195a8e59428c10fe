import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const scripts = readdirSync(join(repositoryRoot, 'ci'))
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => read(`ci/${file}`))
  .join('\n');

describe('action.yml', () => {
  const action = parse(read('action.yml'), { strict: true, uniqueKeys: true });
  const steps: readonly Step[] = action.runs.steps;

  test('is a composite action whose steps are whole', () => {
    expect(Object.keys(action)).toEqual(['name', 'description', 'branding', 'inputs', 'outputs', 'runs']);
    expect(Object.keys(action.runs)).toEqual(['using', 'steps']);
    expect(action.runs.using).toBe('composite');
    const broken = steps.filter((step) => (step.run === undefined) === (step.uses === undefined));
    expect(broken).toEqual([]);
    expect(steps.filter((step) => step.run !== undefined && step.shell !== 'bash')).toEqual([]);
  });

  test('puts no expression into the text of a script, and none but inputs into its environment', () => {
    const ran = steps.flatMap((step) => (step.run === undefined ? [] : [step]));
    expect(ran.map(({ run }) => run)).toEqual([
      'node "$GITHUB_ACTION_PATH/scripts/setup.mjs"',
      'node "$GITHUB_ACTION_PATH/ci/main.mjs"',
    ]);
    const values = ran.flatMap(({ env = {} }) => Object.values(env));
    expect(values.filter((value) => !/^\$\{\{ inputs\.[a-z-]+ \}\}$/.test(value))).toEqual([]);
  });

  test('hands every input to the script under a name that it reads, or uses it in a step', () => {
    const env = steps.find(({ id }) => id === 'run')!.env!;
    for (const [name, value] of Object.entries(env)) {
      const input = /inputs\.([a-z-]+)/.exec(value)![1]!;
      expect(name).toBe(`BENCHBOOK_${input.toUpperCase().replaceAll('-', '_')}`);
      expect([name, scripts.includes(`'${name.slice('BENCHBOOK_'.length)}'`)]).toEqual([name, true]);
    }
    const used = new Set([...JSON.stringify(steps).matchAll(/inputs\.([a-z-]+)/g)].map(([, name]) => name!));
    expect([...used].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  test('gives outputs that the script writes', () => {
    const values = Object.entries<{ value: string }>(action.outputs).map(([name, { value }]) => [
      name,
      value,
    ]);
    for (const [name, value] of values) {
      expect(value).toBe(`\${{ steps.run.outputs.${name} }}`);
      expect([name, scripts.includes(`output('${name}'`)]).toEqual([name, true]);
    }
  });

  test('uses the actions of others at a stated version, and publishes after findings too', () => {
    expect(steps.flatMap(({ uses }) => uses ?? [])).toEqual([
      'actions/setup-node@v6',
      'actions/setup-go@v6',
      'github/codeql-action/upload-sarif@v4',
    ]);
    expect(steps.at(-1)!.if!.startsWith('always() && ')).toBe(true);
  });

  test('asks for no token', () => {
    expect(/github\.token|secrets\.|GITHUB_TOKEN/.test(read('action.yml') + scripts)).toBe(false);
  });
});

describe('ci/gitlab.yml', () => {
  const [document, ...more] = parseAllDocuments(read('ci/gitlab.yml'), { strict: true, uniqueKeys: true });
  const pipeline = document!.toJS();

  test('is one document of variables and a job', () => {
    expect([document!.errors, more]).toEqual([[], []]);
    expect(Object.keys(pipeline)).toEqual(['variables', 'benchbook']);
    expect(pipeline.benchbook.script).toEqual(['node "$BENCHBOOK_PATH/ci/main.mjs"']);
    expect(pipeline.benchbook.artifacts.when).toBe('always');
  });

  test('sets variables that the script reads', () => {
    const names = Object.keys(pipeline.variables).filter((name) => name !== 'BENCHBOOK_IMAGE');
    const unread = names.filter((name) => !scripts.includes(`'${name.slice('BENCHBOOK_'.length)}'`));
    expect(unread).toEqual([]);
  });
});

describe('docs/ci.md', () => {
  const page = read('docs/ci.md');
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!);

  test('shows YAML that parses, with inputs and variables that are there', () => {
    const inputs = parse(read('action.yml')).inputs;
    const variables = /`BENCHBOOK_([A-Z_]+)`/g;
    for (const block of blocks) {
      const value = parse(block, { strict: true, uniqueKeys: true });
      for (const job of Object.values<{ steps?: readonly { uses?: string; with?: object }[] }>(
        value.jobs ?? {},
      )) {
        for (const step of job.steps ?? []) {
          if (!step.uses?.includes('benchbook')) continue;
          expect(Object.keys(step.with ?? {}).filter((name) => !Object.hasOwn(inputs, name))).toEqual([]);
        }
      }
    }
    const unread = [...page.matchAll(variables)].map(([, name]) => name!);
    expect(unread.filter((name) => name !== 'IMAGE' && !scripts.includes(`'${name}'`))).toEqual([]);
    expect(blocks.length).toBe(4);
  });

  test('links to files that are there', () => {
    const links = [...page.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path!);
    expect(links.filter((path) => !existsSync(join(repositoryRoot, 'docs', path)))).toEqual([]);
  });
});
