import { describe, expect, test } from 'vitest';
import { base64 } from '../src/client/base64.ts';
import { documentSelector } from '../src/client/selector.ts';
import { serverSettings } from '../src/client/settings.ts';
import { type Entry, isPathBelow, walk } from '../src/client/walk.ts';

describe('documents', () => {
  test('are those of folders and new ones, not the sides of a diff', () => {
    const schemes = new Set(documentSelector(['vscode-vfs', 'file']).map(({ scheme }) => scheme));
    expect([...schemes]).toEqual(['file', 'untitled', 'vscode-vfs']);
  });

  test('companions count where they lie in a folder', () => {
    const companions = documentSelector([]).filter(({ pattern }) => pattern !== undefined);
    expect([...new Set(companions.map(({ scheme }) => scheme))]).toEqual(['file']);
  });
});

describe('settings', () => {
  const read = (values: { [key: string]: unknown }) => (key: string) => values[key];

  test('are handed on as they are', () => {
    const values = {
      'preview.enabled': false,
      'preview.calls': 500,
      'preview.conditions': true,
      'codeLens.enabled': true,
    };
    expect(serverSettings(read(values), { rego: ['rename'] })).toEqual({
      preview: { enabled: false, calls: 500, conditions: true },
      codeLens: { enabled: true },
      leaveToOthers: { rego: ['rename'] },
    });
  });

  test('of the wrong type are left out', () => {
    const values = { 'preview.enabled': 'yes', 'preview.calls': -1, 'codeLens.enabled': null };
    expect(serverSettings(read(values), {})).toEqual({ preview: {}, codeLens: {}, leaveToOthers: {} });
  });
});

describe('walking a folder that only the editor can read', () => {
  const tree: { [path: string]: readonly Entry[] } = {
    '': [
      { name: 'policies', kind: 'folder' },
      { name: 'node_modules', kind: 'folder' },
      { name: 'benchbook.yaml', kind: 'file' },
    ],
    policies: [
      { name: 'b.rego', kind: 'file' },
      { name: 'a.cedar', kind: 'file' },
    ],
    node_modules: [{ name: 'x.rego', kind: 'file' }],
  };
  const read = async (path: string) => {
    const entries = tree[path];
    if (!entries) throw new Error('unreadable');
    return entries;
  };

  test('lists files by path and leaves installed packages alone', async () => {
    expect(await walk(read)).toEqual({
      paths: ['benchbook.yaml', 'policies/a.cedar', 'policies/b.rego'],
      cut: false,
    });
  });

  test('a folder that cannot be read is empty', async () => {
    expect(await walk(async (path) => (path === '' ? [{ name: 'x', kind: 'folder' }] : read('no')))).toEqual({
      paths: [],
      cut: false,
    });
  });

  test.each([
    ['files', { files: 1, folders: 9, depth: 9 }, ['benchbook.yaml']],
    ['folders', { files: 9, folders: 1, depth: 9 }, ['benchbook.yaml']],
    ['depth', { files: 9, folders: 9, depth: 0 }, ['benchbook.yaml']],
  ])('keeps to a bound of %s, and what lies near the root comes first', async (_, bounds, paths) => {
    expect(await walk(read, bounds)).toEqual({ paths, cut: true });
  });

  test('ends where folders go round in circles', async () => {
    const round = async () => [{ name: 'again', kind: 'folder' as const }];
    expect(await walk(round)).toEqual({ paths: [], cut: true });
  });

  test.each(['../secret', 'a/../../b', '/etc/passwd', 'a//b', 'C:/x', 'a\\b', '', './a', 'a\0b'])(
    'the server may not ask for %j',
    (path) => expect(isPathBelow(path)).toBe(false),
  );

  test('the server may ask for a path in the folder', () => {
    expect(isPathBelow('policies/trial/..hidden.cedar')).toBe(true);
  });
});

test('base64 of more bytes than a call takes arguments', () => {
  const bytes = Uint8Array.from({ length: 200_001 }, (_, i) => i % 251);
  expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
});
