/** Holds every package against the table of layers in docs/architecture.md. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';

const core = ['core', 'controls', 'traces', 'pdp', 'workspace', 'model'];
const governance = ['governance', ...core];
const top = ['host', 'engines', 'language-service', 'reports', 'protocol', ...governance];

/** What a package may import; `model` imports nothing. Tests alone import the testkit. */
const LAYERS: Record<string, { tag: string; mayImport: string[]; knowsNode?: RegExp }> = {
  model: { tag: 'model', mayImport: [] },
  host: { tag: 'host', mayImport: ['model'], knowsNode: /^node\// },
  controls: { tag: 'controls', mayImport: ['model'] },
  traces: { tag: 'traces', mayImport: ['model'] },
  'engine-cedar': { tag: 'engine', mayImport: ['model'] },
  'engine-rego': { tag: 'engine', mayImport: ['model'] },
  'engine-cel': { tag: 'engine', mayImport: ['model'] },
  engines: { tag: 'engines', mayImport: ['model', 'engine-cedar', 'engine-rego', 'engine-cel'] },
  pdp: { tag: 'pdp', mayImport: ['model'] },
  workspace: { tag: 'workspace', mayImport: ['model'] },
  core: { tag: 'core', mayImport: core.slice(1) },
  governance: { tag: 'governance', mayImport: core },
  'language-service': { tag: 'language-service', mayImport: governance },
  reports: { tag: 'reports', mayImport: ['model'] },
  protocol: { tag: 'protocol', mayImport: ['model'] },
  'language-server': { tag: 'language-server', mayImport: top },
  cli: { tag: 'cli', mayImport: [...top, 'language-server'], knowsNode: /./ },
  extension: { tag: 'extension', mayImport: ['model', 'protocol'], knowsNode: /./ },
  testkit: { tag: 'testkit', mayImport: ['model', 'host'], knowsNode: /./ },
};

const packages = join(repositoryRoot, 'packages');
const folderOf = (name: string) => (name === 'benchbook' ? 'cli' : name.replace('@benchbook/', ''));
const isOurs = (name: string) => name === 'benchbook' || name.startsWith('@benchbook/');
const packageOf = (specifier: string) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** Source files with what they import and their text without comments. */
function sources(folder: string): { path: string; imports: string[]; code: string }[] {
  const root = join(packages, folder, 'src');
  if (!existsSync(root)) return [];
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  return paths
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => {
      const code = readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      const imports = [...code.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(
        (match) => match[1]!,
      );
      return { path, imports, code };
    });
}

describe.each(readdirSync(packages).filter((folder) => existsSync(join(packages, folder, 'package.json'))))(
  'packages/%s',
  (folder) => {
    const manifest = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8'));
    const layer = LAYERS[folder];
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter(isOurs);

    test('stands in the table, under its name and tag', () => {
      expect([folderOf(manifest.name), manifest.nx?.tags]).toEqual([folder, [`layer:${layer?.tag}`]]);
    });

    test('declares only what its layer may import', () => {
      expect(declared.map(folderOf).filter((name) => !layer?.mayImport.includes(name))).toEqual([]);
    });

    test('imports only what it declares', () => {
      const undeclared = sources(folder).flatMap(({ path, imports }) =>
        imports
          .filter((specifier) => isOurs(packageOf(specifier)) && !declared.includes(packageOf(specifier)))
          .map((specifier) => `${path}: ${specifier}`),
      );
      expect(undeclared).toEqual([]);
    });

    test('knows Node and its process only where its layer may', () => {
      const knowing = sources(folder)
        .filter(({ path }) => !layer?.knowsNode?.test(path))
        .filter(
          ({ imports, code }) => imports.some((name) => name.startsWith('node:')) || PROCESS.test(code),
        );
      expect(knowing.map(({ path }) => path)).toEqual([]);
    });
  },
);

/** The global of that name, not a property or a word in a text. */
const PROCESS = /(?<![\w$.'"`-])process\s*(?:\?\.|\.|\[)\s*['"]?[a-z]/;
