import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engines } from '@benchbook/engines';
import { digest } from '@benchbook/model';
import { repositoryRoot } from '@benchbook/testkit';
import { expect, test } from 'vitest';
import { readDependencies } from '../../src/index.ts';

const assets = { read: async (name: string) => new TextEncoder().encode(name) };
const manifests = engines.map(({ manifest }) => manifest);
const using = (...names: string[]) => ({ policyFiles: names.map((engine) => ({ engine })) }) as never;

test('only engines that the policies need, with the digests of their assets', async () => {
  expect(await readDependencies(using('rego', 'cel', 'cel'), manifests, assets, '1.2.3')).toEqual({
    benchbook: '1.2.3',
    engines: [
      { name: 'cel', version: '8.0.0', assets: [] },
      {
        name: 'rego',
        version: '1.21.4',
        assets: [{ name: 'toolchain.wasm', sha256: digest('toolchain.wasm') }],
      },
    ],
  });
});

test('engines state the versions that they are built with', () => {
  const versionOf = (name: string) => manifests.find((one) => one.name === name)?.version;
  const text = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');
  const pinned = (engine: string, library: string): unknown =>
    JSON.parse(text(`packages/${engine}/package.json`)).dependencies[library];
  expect(versionOf('cedar')).toBe(pinned('engine-cedar', '@cedar-policy/cedar-wasm'));
  expect(versionOf('cel')).toBe(pinned('engine-cel', '@marcbachmann/cel-js'));
  expect(text('packages/engine-rego/toolchain/go.mod')).toContain(
    `github.com/open-policy-agent/opa v${versionOf('rego')}\n`,
  );
});
