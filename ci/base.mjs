import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/**
 * What the workspace is compared with.
 * @typedef {object} Base
 * @property {string | null} revision Revision or folder; null: nothing is compared.
 * @property {string} why In a sentence, where nothing is compared.
 */

/**
 * The base that was set, else the one that the host knows. A shallow checkout has only the last commit: then the
 * base is fetched, by its name alone and without its history. Where that fails, the comparison says why.
 * @param {import('./settings.mjs').Settings} settings
 * @param {string} known
 * @returns {Base}
 */
export function findBase(settings, known) {
  const wanted = settings.base || known;
  if (wanted === '') return { revision: null, why: 'No base is known: nothing was compared.' };
  if (statSync(wanted, { throwIfNoEntry: false })?.isDirectory()) return { revision: wanted, why: '' };
  const revision = fetched(wanted);
  if (hasCommit(revision) && !hasFolder(revision, settings.prefix)) {
    return { revision: null, why: 'The workspace is new: its base has nothing to compare with.' };
  }
  return { revision, why: '' };
}

function fetched(revision) {
  if (hasCommit(revision)) return revision;
  const name = revision.replace(/^origin\//, '');
  if (!/^[A-Za-z0-9_][\w./-]*$/.test(name)) return revision;
  if (git('fetch', '--quiet', '--no-tags', '--depth=1', 'origin', name) === null) return revision;
  return hasCommit(revision) ? revision : (git('rev-parse', '--verify', 'FETCH_HEAD') ?? revision);
}

function hasCommit(revision) {
  return git('rev-parse', '--quiet', '--verify', '--end-of-options', `${revision}^{commit}`) !== null;
}

function hasFolder(revision, prefix) {
  return git('cat-file', '-e', `${revision}:./${prefix}`) !== null;
}

/** What git answers; null where it fails. */
function git(...args) {
  const { status, stdout } = spawnSync('git', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    timeout: 300_000,
  });
  return status === 0 ? stdout.trim() : null;
}
