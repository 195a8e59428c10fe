import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const probe = `import { resolveControl } from '@benchbook/controls';
console.log(resolveControl({ framework: 'eu_ai_act', id: '14(4)(e)' }, []).title);`;

test('loads from source under tsx', () => {
  const stdout = execFileSync(
    process.execPath,
    ['--conditions=@benchbook/source', '--import', 'tsx', '--input-type=module', '-e', probe],
    { cwd: root, encoding: 'utf8' },
  );
  expect(stdout).toBe('Stop safely\n');
});

async function bundled(contents: string): Promise<string> {
  const result = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: ['@benchbook/source'],
    minify: true,
    logLevel: 'silent',
  });
  return result.outputFiles[0]!.text;
}

test('all of it takes some 250 KB: every catalog once', async () => {
  const bundle = await bundled(`export * from '@benchbook/controls';`);
  expect(bundle.length).toBeLessThan(262_144);
  expect(bundle.split('after stop, every tool call is denied')).toHaveLength(2);
});

test('bundles for a browser: no file is read at run time', async () => {
  const bundle = await bundled(probe);
  const stdout = execFileSync(process.execPath, ['--input-type=module', '-'], {
    input: bundle,
    encoding: 'utf8',
  });
  expect(stdout).toBe('Stop safely\n');
});
