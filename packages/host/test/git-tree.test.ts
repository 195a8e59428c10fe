import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, readlink, stat, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type GitTree, gitTree, nodeFileTree, resolveRevision } from '../src/node/index.ts';
import { GIT_ENV, gitChildren, type TestRepository, testRepository } from './git-repository.ts';

let repository: TestRepository;
const open: GitTree[] = [];

beforeEach(async () => {
  // The one who runs the tests may have settings of their own.
  vi.stubEnv('GIT_CONFIG_GLOBAL', GIT_ENV.GIT_CONFIG_GLOBAL);
  vi.stubEnv('GIT_CONFIG_NOSYSTEM', '1');
  repository = await testRepository();
});

afterEach(async () => {
  for (const tree of open.splice(0)) await tree.close();
  vi.unstubAllEnvs();
  await repository.remove();
});

async function treeAt(revision: string, root = repository.root): Promise<GitTree> {
  const tree = await gitTree(root, revision);
  open.push(tree);
  return tree;
}

const text = async (tree: GitTree, path: string): Promise<string> =>
  new TextDecoder().decode(await tree.read(path));

describe('the files of a revision', () => {
  test('are those of the commit, not of the work tree or the index', async () => {
    await repository.write({ 'policies/a.cedar': 'old', 'gone.rego': 'package gone\n' });
    const commit = repository.commit();
    await repository.write({ 'policies/a.cedar': 'new', 'staged.rego': 'x' });
    await unlink(join(repository.root, 'gone.rego'));
    repository.git('add', 'staged.rego');
    const before = await stat(join(repository.root, '.git/index'));
    const status = repository.git('status', '--porcelain');

    const tree = await treeAt('main');
    expect(tree.commit).toBe(commit);
    expect(await tree.list()).toEqual(['gone.rego', 'policies/a.cedar']);
    expect(await text(tree, 'policies/a.cedar')).toBe('old');
    expect(await text(tree, 'gone.rego')).toBe('package gone\n');
    expect(await tree.size('gone.rego')).toBe(13);

    expect(await readFile(join(repository.root, 'policies/a.cedar'), 'utf8')).toBe('new');
    expect(repository.git('status', '--porcelain')).toBe(status);
    expect((await stat(join(repository.root, '.git/index'))).size).toBe(before.size);
  });

  test('never refresh the index, even where it is out of date', async () => {
    await repository.write({ 'a.cedar': 'old' });
    repository.commit();
    await utimes(join(repository.root, 'a.cedar'), 1, 1);
    const index = await readFile(join(repository.root, '.git/index'));
    const tree = await treeAt('HEAD');
    await tree.read('a.cedar');
    expect((await readFile(join(repository.root, '.git/index'))).equals(index)).toBe(true);
  });

  test('are the very ones that a folder with that checkout has', async () => {
    await repository.write({
      'policies/b.rego': 'b',
      'policies/a-1.rego': 'a-1',
      'policies/a/x.rego': 'x',
      'policies/.manifest': '{}',
      'node_modules/p/index.json': '{}',
      'sub/dist/out.json': '{}',
      '.vscode/settings.json': '{}',
      'benchbook.yaml': 'version: 1\n',
      'empty.cedar': '',
      'bytes.bin': new Uint8Array(3_000_000).map((_, index) => index % 251),
      'umläut/日本.cedar': 'permit',
      'with space/"quoted".cedar': 'q',
      'new\nline\ttab.cedar': 'n',
    });
    await chmod(join(repository.root, 'policies/b.rego'), 0o755);
    repository.commit();
    const folder = nodeFileTree(repository.root);
    const tree = await treeAt('HEAD');
    const paths = await tree.list();
    expect(paths).toEqual(await folder.list());
    expect(paths.length).toBe(10);
    const read = await Promise.all(paths.map((path) => tree.read(path)));
    for (const [index, path] of paths.entries()) {
      expect(Buffer.from(read[index]!).equals(await folder.read(path))).toBe(true);
      expect(await tree.size(path)).toBe(await folder.size!(path));
    }
  });

  test('of a folder inside the repository are relative to it, also through a link to it', async () => {
    await repository.write({ 'top.cedar': 'top', 'teams/desk/a.cedar': 'a', 'teams/desk2/b.cedar': 'b' });
    repository.commit();
    const link = join(repository.folder, 'link');
    await symlink(join(repository.root, 'teams/desk'), link);
    for (const root of [join(repository.root, 'teams/desk'), link]) {
      const tree = await treeAt('HEAD', root);
      expect(await tree.list()).toEqual(['a.cedar']);
      expect(await text(tree, 'a.cedar')).toBe('a');
      await expect(tree.read('../../top.cedar')).rejects.toThrow(
        'cannot read ../../top.cedar at HEAD: no such file',
      );
    }
  });

  test('are without links and submodules, which are never followed', async () => {
    await repository.write({ 'real.cedar': 'inside' });
    await writeFile(join(repository.folder, 'secret.cedar'), 'outside');
    await symlink('real.cedar', join(repository.root, 'link.cedar'));
    await symlink(join(repository.folder, 'secret.cedar'), join(repository.root, 'out.cedar'));
    const inner = repository.commit();
    repository.git('update-index', '--add', '--cacheinfo', `160000,${inner},vendored`);
    repository.git('commit', '-q', '-m', 'submodule');
    expect(repository.git('ls-tree', '--name-only', 'HEAD').split('\n')).toEqual([
      'link.cedar',
      'out.cedar',
      'real.cedar',
      'vendored',
    ]);
    const tree = await treeAt('HEAD');
    expect(await tree.list()).toEqual(['real.cedar']);
    await expect(tree.read('link.cedar')).rejects.toThrow('cannot read link.cedar at HEAD: no such file');
    expect(await readlink(join(repository.root, 'link.cedar'))).toBe('real.cedar');
  });

  test('whose names are not UTF-8 can be read where they are told apart', async () => {
    const id = repository.feed('one', 'hash-object', '-w', '--stdin');
    const entry = (name: number[]): Buffer =>
      Buffer.concat([Buffer.from(`100644 blob ${id}\t`), Buffer.from(name), Buffer.from([0])]);
    const names = [[0x61, 0xff], [0x62, 0xfe], [0x62, 0xff], [0x63]];
    const tree = repository.feed(Buffer.concat(names.map(entry)), 'mktree', '-z');
    const commit = repository.git('commit-tree', '-m', 'bytes', tree);
    const files = await treeAt(commit);
    expect(await files.list()).toEqual(['a\ufffd', 'b\ufffd', 'c']);
    expect(await text(files, 'a\ufffd')).toBe('one');
    await expect(files.read('b\ufffd')).rejects.toThrow(
      `cannot read b\ufffd at ${commit}: several names that are not UTF-8 look like this one`,
    );
  });

  test('are read as stored: no filter, textconv, hook or fsmonitor runs', async () => {
    const ran = join(repository.folder, 'ran');
    const touch = join(repository.folder, 'touch.sh');
    await writeFile(touch, `#!/bin/sh\necho "$0" >> '${ran}'\ncat\n`, { mode: 0o755 });
    await repository.write({ 'a.cedar': 'stored\n', '.gitattributes': '*.cedar filter=evil diff=evil\n' });
    repository.commit();
    await mkdir(join(repository.root, '.git/hooks'), { recursive: true });
    for (const hook of ['post-index-change', 'post-checkout', 'reference-transaction']) {
      await writeFile(join(repository.root, '.git/hooks', hook), `#!/bin/sh\necho ${hook} >> '${ran}'\n`, {
        mode: 0o755,
      });
    }
    for (const key of [
      'filter.evil.smudge',
      'filter.evil.clean',
      'diff.evil.textconv',
      'diff.external',
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
      'alias.cat-file',
      'alias.ls-tree',
    ]) {
      repository.git('config', key, key.startsWith('alias') ? `!${touch}` : touch);
    }
    const tree = await treeAt('HEAD');
    expect(await text(tree, 'a.cedar')).toBe('stored\n');
    await expect(treeAt('nothing')).rejects.toThrow("unknown revision 'nothing'");
    await expect(stat(ran)).rejects.toThrow('ENOENT');
  });

  test('are those of the objects named, not of their replacements', async () => {
    await repository.write({ 'a.cedar': 'first' });
    const first = repository.commit();
    await repository.write({ 'a.cedar': 'second' });
    const second = repository.commit();
    repository.git('replace', first, second);
    expect(await text(await treeAt(first), 'a.cedar')).toBe('first');
  });

  test('that are Git LFS pointers are told, not taken for policies', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12\n`;
    await repository.write({ 'a.cedar': pointer, 'b.cedar': `// ${pointer}` });
    repository.commit();
    const tree = await treeAt('HEAD');
    await expect(tree.read('a.cedar')).rejects.toThrow(
      'cannot read a.cedar at HEAD: it is a Git LFS pointer, and what it points to is not in the commit; compare with a folder that has it checked out',
    );
    expect(await text(tree, 'b.cedar')).toBe(`// ${pointer}`);
  });

  test('of a partial clone are not fetched from its remote', async () => {
    await repository.write({ 'a.cedar': 'a', 'b.cedar': 'bb' });
    repository.commit();
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const clone = join(repository.folder, 'clone');
    repository.git('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${repository.root}`, clone);
    const ran = join(repository.folder, 'ran');
    const program = join(repository.folder, 'upload.sh');
    await writeFile(program, `#!/bin/sh\ntouch '${ran}'\nexec git-upload-pack "$@"\n`, { mode: 0o755 });
    repository.git('-C', clone, 'config', 'remote.origin.uploadpack', program);
    // Some versions of git list what is not there, others do not.
    const read = treeAt('main', clone).then((tree) => tree.read('a.cedar'));
    await expect(read).rejects.toThrow(
      /^cannot (read a\.cedar at main|list the files of 'main'): this clone does not hold all of it; fetch the revision without a filter$/,
    );
    await expect(stat(ran)).rejects.toThrow('ENOENT');
  });

  test('are read by one process, which close() ends', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [`policies/p${index}.cedar`, `// ${index}\n`]),
    );
    await repository.write(files);
    repository.commit();
    const tree = await treeAt('HEAD');
    expect(gitChildren()).toEqual([]);
    const read = Promise.all((await tree.list()).map((path) => text(tree, path)));
    expect(gitChildren().length).toBe(1);
    const paths = await tree.list();
    expect(await read).toEqual(paths.map((path) => files[path]));
    const late = tree.read('policies/p7.cedar');
    const refused = expect(late).rejects.toThrow('the files of the revision are closed');
    await tree.close();
    await refused;
    expect(gitChildren()).toEqual([]);
    await tree.close();
    await expect(tree.read('policies/p1.cedar')).rejects.toThrow('the files of the revision are closed');
  });

  test('say so where git dies in between', async () => {
    await repository.write({ 'a.cedar': 'a' });
    repository.commit();
    const tree = await treeAt('HEAD');
    await tree.read('a.cedar');
    process.kill(Number.parseInt(gitChildren()[0]!, 10), 'SIGKILL');
    await expect.poll(() => gitChildren().length).toBe(0);
    await expect(tree.read('a.cedar')).rejects.toThrow(
      'cannot read a.cedar at HEAD: git ended early: it gave no reason',
    );
  });
});

describe('a revision', () => {
  beforeEach(async () => {
    await repository.write({ 'a.cedar': 'a', 'policies/b.cedar': 'b' });
  });

  test('is a branch, a tag, an id or what git makes of them', async () => {
    const first = repository.commit();
    const second = repository.commit();
    repository.git('tag', '-a', 'v1', '-m', 'one', first);
    repository.git('update-ref', 'refs/remotes/origin/develop', first);
    for (const name of ['v1', 'HEAD~1', first, first.slice(0, 10), 'origin/develop', 'main^']) {
      expect(await resolveRevision(repository.root, name)).toBe(first);
    }
    expect(await resolveRevision(repository.root, 'main')).toBe(second);
  });

  test('that starts with a dash is a name, never an option', async () => {
    repository.commit();
    for (const name of ['--git-dir=/etc', '-h', '--all', '--output=x', '--end-of-options', '--']) {
      await expect(gitTree(repository.root, name)).rejects.toThrow(`unknown revision '${name}'`);
    }
    const head = repository.git('rev-parse', 'HEAD');
    repository.git('update-ref', 'refs/heads/--all', head);
    expect(await resolveRevision(repository.root, '--all')).toBe(head);
  });

  test.each([
    ['', 'a revision is a branch, a tag or the id of a commit, on one line'],
    ['main\n--all', 'a revision is a branch, a tag or the id of a commit, on one line'],
    ['main\0', 'a revision is a branch, a tag or the id of a commit, on one line'],
    ['a'.repeat(1001), 'a revision is a branch, a tag or the id of a commit, on one line'],
    ['HEAD:policies', "revision 'HEAD:policies' is no commit but a tree"],
    ['HEAD:a.cedar', "revision 'HEAD:a.cedar' is no commit but a blob"],
    ['main..topic', "unknown revision 'main..topic'"],
    ['^main', "unknown revision '^main' (did you mean main?)"],
    ['mian', "unknown revision 'mian' (did you mean main?)"],
    ['MAIN2', "unknown revision 'MAIN2' (did you mean main?)"],
    ['develop', "unknown revision 'develop' (did you mean origin/develop?)"],
    ['upstream/main', "unknown revision 'upstream/main' (did you mean main?)"],
    ['quite-another', "unknown revision 'quite-another'"],
  ])('%j that names no commit is told', async (name, message) => {
    const head = repository.commit();
    repository.git('tag', 'v1');
    repository.git('branch', 'topic');
    repository.git('update-ref', 'refs/remotes/origin/develop', head);
    await expect(resolveRevision(repository.root, name)).rejects.toThrow(new Error(message));
  });

  test('of a commit that the clone lacks is told with what to run', async () => {
    repository.commit();
    const id = 'deadbeef'.repeat(5);
    await expect(resolveRevision(repository.root, id)).rejects.toThrow(
      new Error(`unknown revision '${id}': this clone has no such commit; run \`git fetch origin ${id}\``),
    );
  });

  test('of a shallow clone is told with what to run', async () => {
    const base = repository.commit();
    repository.git('branch', 'stable');
    repository.commit();
    const clone = join(repository.folder, 'clone');
    repository.git('clone', '-q', '--depth=1', '--single-branch', `file://${repository.root}`, clone);
    const told = (name: string, line: string) =>
      expect(gitTree(clone, name)).rejects.toThrow(
        new Error(`unknown revision '${name}': this is a shallow clone; run \`${line}\``),
      );
    await told(base, `git fetch origin ${base}`);
    await told('stable', 'git fetch origin stable');
    await told('origin/stable', 'git fetch origin stable');
    await told('HEAD~1', 'git fetch --unshallow');
    await told('$(reboot)', 'git fetch --unshallow');
    repository.git('-C', clone, 'fetch', '-q', '--depth=1', 'origin', base);
    expect(await (await treeAt(base, clone)).list()).toEqual(['a.cedar', 'policies/b.cedar']);
  });

  test('that has not got the folder is told', async () => {
    repository.commit();
    await repository.write({ 'late/c.cedar': 'c' });
    await expect(gitTree(join(repository.root, 'late'), 'HEAD')).rejects.toThrow(
      new Error("revision 'HEAD' has no folder late"),
    );
  });

  test('of a repository without a commit is told', async () => {
    await expect(gitTree(repository.root, 'HEAD')).rejects.toThrow(new Error("unknown revision 'HEAD'"));
  });
});

describe('where git cannot help', () => {
  const instead = 'a folder can be compared with instead of a revision';

  test('outside of repositories, and inside their .git folder', async () => {
    repository.commit();
    await expect(gitTree(repository.folder, 'HEAD')).rejects.toThrow(
      new Error(`${repository.folder} is not in a git repository; ${instead}`),
    );
    const inner = join(repository.root, '.git');
    await expect(gitTree(inner, 'HEAD')).rejects.toThrow(
      new Error(`${inner} is not in a git repository; ${instead}`),
    );
  });

  test('a bare repository among the files of a folder is not trusted', async () => {
    repository.commit();
    const bare = join(repository.root, 'samples/data');
    repository.git('clone', '-q', '--bare', repository.root, bare);
    // It says that it has a work tree, and where.
    repository.git('-C', bare, 'config', 'core.bare', 'false');
    repository.git('-C', bare, 'config', 'core.worktree', bare);
    await expect(gitTree(bare, 'HEAD')).rejects.toThrow(
      new Error(`${bare} is not in a git repository; ${instead}`),
    );
  });

  test('no such folder, and a file', async () => {
    await repository.write({ 'a.cedar': '' });
    const none = join(repository.root, 'none');
    await expect(gitTree(none, 'HEAD')).rejects.toThrow(
      new Error(`cannot read ${none}: no such file or folder`),
    );
    const file = join(repository.root, 'a.cedar');
    await expect(gitTree(file, 'HEAD')).rejects.toThrow(new Error(`${file} is not a folder`));
  });

  test('git is not installed; one that lies in the folder is not taken for it', async () => {
    await repository.write({ git: '#!/bin/sh\ntouch ran\n' });
    repository.commit();
    await chmod(join(repository.root, 'git'), 0o755);
    vi.stubEnv('PATH', `${relative('.', repository.root)}:.:${repository.folder}`);
    await expect(gitTree(repository.root, 'HEAD')).rejects.toThrow(
      new Error(`git is not installed, or not on the PATH; ${instead}`),
    );
    await expect(stat(join(repository.root, 'ran'))).rejects.toThrow('ENOENT');
  });

  test('the repository of another user is not read unless it is trusted', async () => {
    const commit = repository.commit();
    const [, real] = /^(.*)$/m.exec(execFileSync('which', ['git'], { encoding: 'utf8' }))!;
    const bin = join(repository.folder, 'bin');
    await mkdir(bin);
    const assumes = `#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec ${real} "$@"\n`;
    await writeFile(join(bin, 'git'), assumes, { mode: 0o755 });
    vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
    await expect(gitTree(repository.root, 'HEAD')).rejects.toThrow(
      new Error(
        `git does not read ${repository.root}, since it belongs to another user; to trust it: git config --global --add safe.directory with the top folder of the repository`,
      ),
    );
    vi.stubEnv('GIT_CONFIG_COUNT', '1');
    vi.stubEnv('GIT_CONFIG_KEY_0', 'safe.directory');
    vi.stubEnv('GIT_CONFIG_VALUE_0', repository.root);
    expect(await resolveRevision(repository.root, 'HEAD')).toBe(commit);
  });

  test('the caller is a hook of another repository', async () => {
    await repository.write({ 'a.cedar': 'a' });
    const commit = repository.commit();
    const other = await testRepository();
    try {
      await other.write({ 'other.cedar': '' });
      other.commit();
      vi.stubEnv('GIT_DIR', join(other.root, '.git'));
      vi.stubEnv('GIT_WORK_TREE', other.root);
      vi.stubEnv('GIT_INDEX_FILE', join(other.root, '.git/index'));
      vi.stubEnv('GIT_TRACE', join(other.root, 'trace.txt'));
      const tree = await treeAt('HEAD');
      expect(tree.commit).toBe(commit);
      expect(await tree.list()).toEqual(['a.cedar']);
      await expect(stat(join(other.root, 'trace.txt'))).rejects.toThrow('ENOENT');
    } finally {
      await other.remove();
    }
  });
});
