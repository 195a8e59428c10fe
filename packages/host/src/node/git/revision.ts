import { nearest } from './near.ts';
import type { GitAnswer, Repository } from './repository.ts';

const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Longer than any name of a revision that a person writes. */
const MAX_LENGTH = 1_000;

/** The full id of the commit that `text` names. Rejects with one line for the user. */
export async function commitOf(repository: Repository, text: string): Promise<string> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach the command line.
  if (text === '' || text.length > MAX_LENGTH || /[\u0000-\u001f\u007f]/.test(text)) {
    throw new Error('a revision is a branch, a tag or the id of a commit, on one line');
  }
  const commit = await verify(repository, `${text}^{commit}`);
  if (commit.id !== undefined) return commit.id;
  if (/ambiguous/.test(commit.answer.error)) {
    throw new Error(`revision '${text}' is ambiguous: more than one object's id starts so; write more of it`);
  }
  const other = await verify(repository, text);
  if (other.id !== undefined) {
    const kind = await repository.run('cat-file', '-t', other.id);
    if (kind.code === 0) {
      throw new Error(`revision '${text}' is no commit but a ${kind.stdout.toString('utf8').trim()}`);
    }
  }
  throw await unknown(repository, text);
}

async function verify(
  repository: Repository,
  text: string,
): Promise<{ readonly id: string | undefined; readonly answer: GitAnswer }> {
  const answer = await repository.run('rev-parse', '--verify', '--end-of-options', text);
  const id = answer.stdout.toString('utf8').trim();
  return { id: answer.code === 0 && ID.test(id) ? id : undefined, answer };
}

async function unknown(repository: Repository, text: string): Promise<Error> {
  const shallow = await repository.run('rev-parse', '--is-shallow-repository');
  const isShallow = shallow.stdout.toString('utf8').trim() === 'true';
  const near = isShallow || !ID.test(text) ? nearest(text, await names(repository)) : [];
  const meant = near.length > 0 ? ` (did you mean ${near.join(' or ')}?)` : '';
  const start = `unknown revision '${text}'${meant}`;
  if (isShallow) return new Error(`${start}: this is a shallow clone; run ${fetchLine(text)}`);
  return new Error(ID.test(text) ? `${start}: this clone has no such commit; run ${fetchLine(text)}` : start);
}

/** Only plain names are put into a line that is there to be pasted into a shell. */
function fetchLine(text: string): string {
  const name = text.replace(/^(?:refs\/remotes\/)?origin\//, '');
  return /^[A-Za-z0-9_][\w./-]*$/.test(name) ? `\`git fetch origin ${name}\`` : '`git fetch --unshallow`';
}

async function names(repository: Repository): Promise<readonly string[]> {
  const answer = await repository.run(
    'for-each-ref',
    '--count=10000',
    '--format=%(refname:short)',
    'refs/heads',
    'refs/tags',
    'refs/remotes',
  );
  return answer.stdout.toString('utf8').split('\n').filter(Boolean);
}
