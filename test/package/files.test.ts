/** What the .vsix holds, and that it holds all that it names. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { repositoryRoot } from '@benchbook/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Packed, pack } from './packed.ts';

let packed: Packed;
beforeAll(() => {
  packed = pack();
}, 120_000);
afterAll(() => packed?.remove());

const read = (path: string) => readFileSync(join(packed.stage, path), 'utf8');

describe('the packaged extension', () => {
  test('holds these files', () => {
    const files = (readdirSync(packed.stage, { recursive: true, encoding: 'utf8' }) as string[])
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => statSync(join(packed.stage, path)).isFile())
      // Chunks are named by what is in them, and there are as many as it takes.
      .map((path) => path.replace(/^(dist\/server\/chunks\/).*\.js$/, '$1*.js'));
    expect([...new Set(files)].sort().join('\n')).toMatchInlineSnapshot(`
      "CHANGELOG.md
      LICENSE
      README.md
      THIRD-PARTY-NOTICES.txt
      dist/assets/cedar_wasm_bg.wasm.gz
      dist/assets/toolchain.wasm.gz
      dist/browser/extension.js
      dist/node/extension.js
      dist/report/panel.js
      dist/server/browser-main.js
      dist/server/browser-worker.js
      dist/server/chunks/*.js
      dist/server/node-main.js
      dist/server/node-worker.js
      dist/server/package.json
      language/cedar.json
      language/cel-policy.json
      language/cel.json
      language/rego.json
      media/benchbook.svg
      media/icon.png
      package.json
      schema/agent.schema.json
      schema/benchbook.schema.json
      snippets/cedar.json
      snippets/cel-policy.json
      snippets/cel.json
      snippets/rego.json
      syntaxes/cedar.tmLanguage.json
      syntaxes/cedarschema.tmLanguage.json
      syntaxes/cel-policy.tmLanguage.json
      syntaxes/cel.tmLanguage.json
      syntaxes/rego.tmLanguage.json
      walkthrough/call.md
      walkthrough/flips.md
      walkthrough/init.md
      walkthrough/preview.md
      walkthrough/report.md
      walkthrough/sample.md"
    `);
  });

  test('is told in one line, and is smaller than 15 MB', () => {
    const size = /^\/benchbook-\d+\.\d+\.\d+\.vsix \((\d+\.\d) MB\)\n$/.exec(packed.stdout)?.[1];
    expect(Number(size)).toBeLessThan(15);
  });

  test('has a manifest that installs: its own name, nothing to be installed', () => {
    const manifest = JSON.parse(read('package.json'));
    expect([manifest.name, manifest.publisher, manifest.dependencies, manifest.type]).toEqual([
      'benchbook',
      'benchbook',
      undefined,
      undefined,
    ]);
    const paths = [
      manifest.main,
      manifest.browser,
      manifest.icon,
      manifest.contributes.yamlValidation[0].url,
    ];
    expect(paths.filter((path: string) => !existsSync(join(packed.stage, path)))).toEqual([]);
  });

  test('carries the engines as they are built, and the schema as it is published', () => {
    const toolchain = readFileSync(join(repositoryRoot, 'packages/engine-rego/dist/toolchain.wasm'));
    const carried = gunzipSync(readFileSync(join(packed.stage, 'dist/assets/toolchain.wasm.gz')));
    expect(carried.equals(toolchain)).toBe(true);
    expect(read('schema/benchbook.schema.json')).toBe(
      readFileSync(join(repositoryRoot, 'packages/workspace/schema/benchbook.schema.json'), 'utf8'),
    );
  });

  test('asks for nothing but the editor, and in browsers for nothing of Node', () => {
    const required = (path: string) => [
      ...new Set([...read(path).matchAll(/\brequire\("([^"]+)"\)/g)].map((match) => match[1])),
    ];
    expect(required('dist/browser/extension.js')).toEqual(['vscode']);
    expect(required('dist/node/extension.js').sort()).toEqual([
      'child_process',
      'crypto',
      'fs',
      'net',
      'os',
      'path',
      'readline',
      'util',
      'vscode',
    ]);
    expect(['browser-main', 'browser-worker'].flatMap((name) => required(`dist/server/${name}.js`))).toEqual(
      [],
    );
  });

  test('names what it holds of others, with their licences', () => {
    const notices = read('THIRD-PARTY-NOTICES.txt');
    const names = [...notices.matchAll(/^-{4}\n\n((?:@[\w-]+\/)?[\w.-]+) \d+\.\d+\.\d+/gm)].map(
      (match) => match[1],
    );
    expect(names).toMatchInlineSnapshot(`
      [
        "@marcbachmann/cel-js",
        "@noble/hashes",
        "@open-policy-agent/opa-wasm",
        "balanced-match",
        "brace-expansion",
        "get-east-asian-width",
        "jsonc-parser",
        "minimatch",
        "picomatch",
        "re2js",
        "semver",
        "sprintf-js",
        "vscode-jsonrpc",
        "vscode-languageclient",
        "vscode-languageserver",
        "vscode-languageserver-protocol",
        "vscode-languageserver-textdocument",
        "vscode-languageserver-types",
        "yaml",
        "yaml",
        "zod",
      ]
    `);
    expect(notices.match(/^Licence: undefined$/m)).toBe(null);
  });
});
