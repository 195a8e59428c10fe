import { describe, expect, test } from 'vitest';
import { baseParts, readBaseParts } from '../src/base/base-uri.ts';
import { nameOf, pathIn, workspaceOf } from '../src/workspaces.ts';

const workspaces = ['file:///repo', 'file:///repo/desk', 'file:///c%3A/other'];

describe('the workspace of a document', () => {
  test('is the nearest', () => {
    expect(workspaceOf('file:///repo/desk/policies/a.cedar', workspaces)).toBe('file:///repo/desk');
    expect(workspaceOf('file:///repo/desktop/a.cedar', workspaces)).toBe('file:///repo');
  });

  test('is none outside', () => {
    expect(workspaceOf('file:///elsewhere/a.cedar', workspaces)).toBe(null);
    expect(workspaceOf('untitled:Untitled-1', workspaces)).toBe(null);
  });

  test('is found however its drive is written', () => {
    expect(workspaceOf('file:///C:/other/a.cedar', workspaces)).toBe('file:///c%3A/other');
    expect(pathIn('file:///c%3A/other', 'file:///C%3A/other/a%20b.cedar')).toBe('a b.cedar');
  });

  test('has a name', () => {
    expect(nameOf('file:///repo/desk/')).toBe('desk');
    expect(pathIn('file:///repo', 'file:///repo')).toBe(null);
  });
});

test('a base document knows its workspace and path', () => {
  const parts = baseParts('vscode-remote://host:1/repo', 'policies/a b.cedar');
  expect(readBaseParts(parts)).toEqual({ folder: 'vscode-remote://host:1/repo', path: 'policies/a b.cedar' });
});
