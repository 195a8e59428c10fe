/** Holds `package.json` against the files and commands that it names. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLIENT_COMMANDS } from '@benchbook/protocol';
import { describe, expect, test } from 'vitest';
import { EXTENSION_ID } from '../src/client/extension-id.ts';
import { LANGUAGES } from '../src/client/selector.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { contributes } = manifest;
const declared: string[] = contributes.commands.map(({ command }: { command: string }) => command);
const sources = (readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }) as string[])
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join(root, 'src', path), 'utf8'))
  .join('\n');

describe('the manifest', () => {
  test('declares the commands that are registered, and no other', () => {
    const table = readFileSync(join(root, 'src/commands/index.ts'), 'utf8')
      .split('COMMANDS: {')[1]!
      .split('};')[0]!;
    const registered = [...table.matchAll(/^ {2}(\w+)(?::|,)/gm)].map((match) => `benchbook.${match[1]}`);
    expect([...declared].sort()).toEqual(registered.sort());
  });

  test('every command that lenses use is declared', () => {
    expect(Object.values(CLIENT_COMMANDS).filter((command) => !declared.includes(command))).toEqual([]);
  });

  test('menus, keys, welcome texts and the walkthrough use declared commands', () => {
    const used = JSON.stringify([
      contributes.menus,
      contributes.keybindings,
      contributes.viewsWelcome,
      contributes.walkthroughs,
    ]);
    const commands = new Set([...used.matchAll(/benchbook\.\w+/g)].map(([name]) => name));
    const other = ['benchbook.recordings', 'benchbook.benchbook', 'benchbook.start', 'benchbook.yaml'];
    const keys = [...sources.matchAll(/setContext\(\s*'(\w+)'/g)].map((match) => `benchbook.${match[1]}`);
    const known = new Set([...declared, ...other, ...keys]);
    expect([...commands].filter((name) => !known.has(name))).toEqual([]);
  });

  test('every title starts with a capital letter and has no category in it', () => {
    const odd = contributes.commands.filter(
      ({ title, category }: { title: string; category: string }) =>
        !/^[A-Z](?!.*Benchbook)/.test(title) || category !== 'Benchbook',
    );
    expect(odd).toEqual([]);
  });

  test('every file that it names is there', () => {
    const named = [
      ...JSON.stringify(contributes).matchAll(
        /"(?:\.\/)?((?:language|syntaxes|snippets|walkthrough|media)\/[^"]+)"/g,
      ),
    ];
    expect(named.map((match) => match[1]!).filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(named.length).toBe(new Set(contributes.languages.map(JSON.stringify)).size + 5 + 4 + 6 + 2);
  });

  test('languages are those that the server is told of', () => {
    expect(contributes.languages.map(({ id }: { id: string }) => id)).toEqual([...LANGUAGES]);
  });

  test('settings that are read are declared, with a description and a default', () => {
    const read = [...sources.matchAll(/(?:read|section\.get)\('([\w.]+)'/g)].map(
      (match) => `benchbook.${match[1]}`,
    );
    const properties: {
      [key: string]: { description?: string; markdownDescription?: string; default?: unknown };
    } = contributes.configuration.properties;
    expect([...new Set(read)].filter((key) => !Object.hasOwn(properties, key))).toEqual([]);
    const bare = Object.entries(properties).filter(
      ([, property]) =>
        (property.description ?? property.markdownDescription ?? '') === '' || property.default === undefined,
    );
    expect(bare).toEqual([]);
  });

  test('limits are told with their reasons', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    for (const { supported, description } of [untrustedWorkspaces, virtualWorkspaces]) {
      expect(supported).toBe('limited');
      expect(description).toMatch(/^.{60,}\.$/);
    }
  });

  test('the id is the one that is packaged', () => {
    expect(EXTENSION_ID).toBe(`${manifest.publisher}.benchbook`);
  });
});
