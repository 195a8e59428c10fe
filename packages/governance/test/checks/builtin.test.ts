import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@benchbook/testkit';
import { expect, test } from 'vitest';

const folder = join(repositoryRoot, 'packages/governance/checks');
const files = readdirSync(folder).sort();

test('the checks that are built in are the files of the folder', async () => {
  const entries = files.map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return `  { file: ${JSON.stringify(file)}, text: ${JSON.stringify(text)} },\n`;
  });
  const generated = `// Generated from packages/governance/checks by the test that compares it; \`vitest -u\` writes it anew.
// biome-ignore-all format: generated
/** The checks that come with Benchbook. */
export const builtinChecks: readonly { readonly file: string; readonly text: string }[] = [
${entries.join('')}];
`;
  await expect(generated).toMatchFileSnapshot('../../src/checks/builtin.ts');
});

test('each check is a file of its id', () => {
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(/^name: (.+)$/m.exec(text)?.[1], file).toBe(file.replace('.cel.yaml', ''));
    expect(/^ {2}id: (.+)$/m.exec(text)?.[1], file).toBe(file.replace('.cel.yaml', ''));
  }
});
