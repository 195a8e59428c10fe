import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the person who wrote the pipeline must change. */
export class UsageError extends Error {}

const FAIL_ON = ['findings', 'cannot-run'];

/**
 * @typedef {object} Settings
 * @property {string} program Path of benchbook.js.
 * @property {string} workspace As given; relative to the working folder.
 * @property {string} prefix The workspace below the working folder, with `/`: empty or ending in `/`.
 * @property {string} base Revision or folder; empty: the one that the host knows.
 * @property {readonly string[]} policies
 * @property {readonly string[]} traces
 * @property {string} approve File; empty: none.
 * @property {'findings' | 'cannot-run'} failOn
 * @property {boolean} latency
 * @property {string} out Folder for the reports, absolute.
 */

/** @param {NodeJS.ProcessEnv} env @returns {Settings} */
export function readSettings(env) {
  const value = (name, fallback = '') => one(name, env[`BENCHBOOK_${name}`]?.trim() || fallback);
  const failOn = value('FAIL_ON', 'findings');
  if (!FAIL_ON.includes(failOn)) throw new UsageError(`fail-on is one of ${FAIL_ON.join(', ')}`);
  const latency = value('LATENCY', 'true');
  if (latency !== 'true' && latency !== 'false') throw new UsageError('latency is true or false');
  const workspace = value('WORKSPACE', '.');
  return {
    program: findProgram(value('PATH')),
    workspace,
    prefix: prefixOf(workspace),
    base: value('BASE'),
    policies: lines('POLICIES', env.BENCHBOOK_POLICIES),
    traces: lines('TRACES', env.BENCHBOOK_TRACES),
    approve: value('APPROVE'),
    failOn,
    latency: latency === 'true',
    out: resolve(value('OUT', join(env.RUNNER_TEMP || '.', 'benchbook-reports'))),
  };
}

/** A value goes to the command line as it is: it must not be an option there, nor more than one line. */
function one(name, text) {
  const said = name.toLowerCase().replaceAll('_', '-');
  if (text.startsWith('-')) throw new UsageError(`${said} starts with '-'; write ./ before a path that does`);
  if (/\p{Cc}/u.test(text)) throw new UsageError(`${said} is more than one line`);
  return text;
}

function lines(name, text = '') {
  const found = text.split('\n').map((line) => line.trim());
  return found.filter((line) => line !== '').map((line) => one(name, line));
}

/** Files are named relative to the top of the repository wherever findings are shown, not to the workspace. */
function prefixOf(workspace) {
  const path = relative('.', workspace).split(sep).join('/');
  if (path === '..' || path.startsWith('../'))
    throw new UsageError(`workspace lies outside the checkout: ${workspace}`);
  return path === '' ? '' : `${path}/`;
}

const PROGRAMS = [
  'bin/benchbook.js',
  'packages/cli/bin/benchbook.js',
  'node_modules/benchbook/bin/benchbook.js',
];

/** The program itself, or a folder that holds it; the checkout that this file is part of by default. */
function findProgram(path) {
  const start = path === '' ? dirname(dirname(fileURLToPath(import.meta.url))) : resolve(path);
  if (statSync(start, { throwIfNoEntry: false })?.isFile()) return start;
  const found = PROGRAMS.map((program) => join(start, program)).find((program) => existsSync(program));
  if (!found) throw new UsageError(`no benchbook in ${path || start}`);
  return found;
}
