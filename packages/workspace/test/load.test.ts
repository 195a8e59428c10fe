import { describe, expect, test } from 'vitest';
import { describeLookedFor, loadWorkspace } from '../src/index.ts';
import { ENGINES, treeOf } from './tree.ts';

describe('policy files', () => {
  test('get role, language, engine and root from the first fitting pattern', async () => {
    const { policyFiles, diagnostics } = await loadWorkspace(
      treeOf({
        'policies/pay.cedar': 'permit(principal, action, resource);',
        'policies/app.cedarschema': '',
        'policies/rego/authz.rego': 'package authz',
        'policies/rego/authz_test.rego': 'package authz_test',
        'policies/rego/roles/data.json': '{}',
        'policies/rego/.manifest': '{}',
        'policies/limits.cel.yaml': 'name: limits',
        'policies/README.md': '# not a policy',
        'other/x.cedar': 'permit(principal, action, resource);',
      }),
      ENGINES,
    );
    expect(diagnostics).toEqual([]);
    expect(policyFiles.map((f) => [f.path, f.rootPath, f.role, f.language, f.engine, f.comment])).toEqual([
      ['policies/app.cedarschema', 'app.cedarschema', 'schema', 'cedar', 'cedar', '//'],
      ['policies/limits.cel.yaml', 'limits.cel.yaml', 'policy', 'cel-policy', 'cel', '#'],
      ['policies/pay.cedar', 'pay.cedar', 'policy', 'cedar', 'cedar', '//'],
      ['policies/rego/.manifest', 'rego/.manifest', 'manifest', 'rego', 'rego', '#'],
      ['policies/rego/authz.rego', 'rego/authz.rego', 'policy', 'rego', 'rego', '#'],
      ['policies/rego/authz_test.rego', 'rego/authz_test.rego', 'test', 'rego', 'rego', '#'],
      ['policies/rego/roles/data.json', 'rego/roles/data.json', 'data', 'rego', 'rego', '//'],
    ]);
  });

  test('mount relative to the fixed part of the glob that found them first', async () => {
    const { policyFiles } = await loadWorkspace(
      treeOf({
        'benchbook.yaml': 'policies: ["rules/opa/**", "rules/**"]',
        'rules/opa/a.rego': 'package a',
        'rules/opa/roles/data.json': '{}',
        'rules/b.cedar': '',
        'rules/data.json': '{}',
      }),
      ENGINES,
    );
    expect(policyFiles.map((f) => [f.path, f.rootPath])).toEqual([
      ['rules/b.cedar', 'b.cedar'],
      ['rules/opa/a.rego', 'a.rego'],
      ['rules/opa/roles/data.json', 'roles/data.json'],
    ]);
  });

  test('under an audit glob are marked', async () => {
    const { policyFiles } = await loadWorkspace(
      treeOf({
        'benchbook.yaml': 'audit: ["policies/trial/**"]',
        'policies/a.cedar': '',
        'policies/trial/b.cedar': '',
      }),
      ENGINES,
    );
    expect(policyFiles.map((f) => [f.path, f.audit])).toEqual([
      ['policies/a.cedar', false],
      ['policies/trial/b.cedar', true],
    ]);
  });

  test('that are too large or no UTF-8 are told and left out', async () => {
    const { policyFiles, diagnostics } = await loadWorkspace(
      treeOf({
        'policies/big.cedar': new Uint8Array(10 * 1024 * 1024 + 1).fill(32),
        'policies/latin1.cedar': new Uint8Array([0x2f, 0x2f, 0xe9]),
        'policies/ok.cedar': '\uFEFFpermit(principal, action, resource);',
      }),
      ENGINES,
    );
    expect(policyFiles.map((f) => [f.path, f.text])).toEqual([
      ['policies/ok.cedar', 'permit(principal, action, resource);'],
    ]);
    expect(diagnostics.map((d) => [d.code, d.file, d.message, d.fatal])).toEqual([
      ['file-too-large', 'policies/big.cedar', 'the file has 10.0 MB; at most 10 MB are read', true],
      ['file-unreadable', 'policies/latin1.cedar', 'the file is not UTF-8; save it in that encoding', true],
    ]);
  });
});

describe('recordings', () => {
  const files = {
    'policies/a.cedar': '',
    'traces/b.jsonl': '',
    'traces/a.json.gz': '',
    'traces/README.md': '',
    'old/c.txt': '',
    'old/d.jsonl': '',
  };

  test('are found by ending under a glob', async () => {
    const { tracePaths } = await loadWorkspace(treeOf(files), ENGINES);
    expect(tracePaths).toEqual(['traces/a.json.gz', 'traces/b.jsonl']);
  });

  test('named in full need no ending; a folder means all in it', async () => {
    const named = await loadWorkspace(treeOf(files), ENGINES, { traces: ['old/c.txt'] });
    expect(named.tracePaths).toEqual(['old/c.txt']);
    const folder = await loadWorkspace(treeOf(files), ENGINES, { traces: ['./old/'] });
    expect(folder.tracePaths).toEqual(['old/d.jsonl']);
  });

  test('may lie outside where the caller says so and the tree lists them', async () => {
    const { tracePaths } = await loadWorkspace(treeOf({ ...files, '../shared/x.jsonl': '' }), ENGINES, {
      traces: ['../shared/*.jsonl'],
    });
    expect(tracePaths).toEqual(['../shared/x.jsonl']);
  });

  test('are taken away by a pattern with an exclamation mark', async () => {
    const { tracePaths } = await loadWorkspace(treeOf(files), ENGINES, { traces: ['traces/**', '!**/a.*'] });
    expect(tracePaths).toEqual(['traces/b.jsonl']);
  });
});

describe('nothing found', () => {
  test('says what was looked for, where, and why there', async () => {
    const { lookedFor, diagnostics } = await loadWorkspace(treeOf({ 'policies/readme.md': '' }), ENGINES);
    expect(diagnostics).toEqual([]);
    expect(describeLookedFor('policy', lookedFor.policies)).toBe(
      'no policy found: looked for *.cedar, *.cel.yaml, *.cel and *.rego in policies/** (the convention, since ' +
        'benchbook.yaml does not say it); none of the 1 file there is one (1 file in the workspace)',
    );
    expect(describeLookedFor('trace', lookedFor.traces)).toBe(
      'no trace found: looked for *.json, *.jsonl, *.ndjson and *.log in traces/** (the convention, since ' +
        'benchbook.yaml does not say it); no file is there (1 file in the workspace)',
    );
  });

  test('tells apart the manifest and the caller', async () => {
    const { lookedFor, diagnostics } = await loadWorkspace(
      treeOf({ 'benchbook.yaml': 'policies: ["rules/**"]\n' }),
      ENGINES,
      { traces: ['nowhere'] },
    );
    expect([lookedFor.policies.from, lookedFor.traces.from]).toEqual(['manifest', 'caller']);
    expect(diagnostics).toEqual([
      {
        code: 'glob-matches-nothing',
        severity: 'warning',
        file: 'benchbook.yaml',
        range: { start: 11, end: 21 },
        message: 'no file matches `rules/**` (1 in the workspace)',
      },
    ]);
  });

  test('of a folder that cannot be listed is a finding, not an exception', async () => {
    const broken = {
      list: () => Promise.reject(new Error('cannot read x: permission denied')),
      read: treeOf({}).read,
    };
    const { diagnostics } = await loadWorkspace(broken, ENGINES);
    expect(diagnostics.map((d) => [d.code, d.message])).toEqual([
      ['workspace-unreadable', 'cannot read x: permission denied'],
    ]);
  });

  test('a manifest under another name is pointed at', async () => {
    const { diagnostics } = await loadWorkspace(treeOf({ 'benchbook.yml': 'policies: []' }), ENGINES);
    expect(diagnostics.map((d) => [d.code, d.file, d.message])).toEqual([
      ['manifest-name', 'benchbook.yml', 'this file is not read; rename it to benchbook.yaml'],
    ]);
  });
});
