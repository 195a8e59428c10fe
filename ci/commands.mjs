import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { relocated } from './sarif.mjs';

/**
 * One command that ran.
 * @typedef {object} Result
 * @property {'check' | 'replay' | 'diff'} name
 * @property {number} code 0 nothing found, 1 findings, 2 could not run.
 * @property {string} stderr
 * @property {string} markdown Its report; empty where there is none.
 */

const MAX_OUTPUT = 64 * 1024 * 1024;

/** Runs check, replay and, with a base, diff; writes their reports. A command that fails keeps none from running. */
export function runCommands(settings, base, host) {
  const results = [check(settings, host), reported('replay', [], settings, host)];
  if (base.revision !== null) {
    const approve = settings.approve === '' ? [] : ['--approve', settings.approve];
    results.push(reported('diff', [`--base=${base.revision}`, ...approve], settings, host));
  }
  return results;
}

/** Diagnostics are told by the host in its own way. */
function check(settings, host) {
  const { code, stdout, stderr } = benchbook('check', settings, ['--format', host.checkFormat]);
  host.diagnostics(stdout, settings);
  if (code !== 2) sarif('check', settings, []);
  return { name: 'check', code, stderr, markdown: '' };
}

/** The first run counts and measures; the formats of other readers come from further runs over the same input. */
function reported(name, flags, settings, host) {
  const timed = settings.latency ? [] : ['--no-latency'];
  const page = join(settings.out, `${name}.md`);
  const first = benchbook(name, settings, [...flags, ...timed, '--format', 'markdown', '--out', page]);
  const markdown = existsSync(page) ? readFileSync(page, 'utf8') : '';
  if (first.code !== 2) {
    const untimed = [...flags, '--no-latency'];
    sarif(name, settings, untimed);
    for (const format of name === 'replay' ? host.replayFormats : []) {
      const out = join(settings.out, `replay.${format}.xml`);
      benchbook(name, settings, [...untimed, '--format', format, '--out', out]);
      if (existsSync(out)) writeFileSync(out, fromTop(readFileSync(out, 'utf8'), settings.prefix));
    }
  }
  return { name, code: first.code, stderr: first.stderr, markdown };
}

/** Cobertura names its files below a folder, which is the workspace. */
function fromTop(xml, prefix) {
  if (prefix === '') return xml;
  const folder = prefix.slice(0, -1).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return xml.replace('<source>.</source>', () => `<source>${folder}</source>`);
}

function sarif(name, settings, flags) {
  const file = join(settings.out, `${name}.sarif`);
  benchbook(name, settings, [...flags, '--format', 'sarif', '--out', file]);
  if (existsSync(file)) writeFileSync(file, relocated(readFileSync(file, 'utf8'), settings.prefix));
}

function benchbook(name, settings, flags) {
  const place = [
    ...(settings.policies.length > 0 ? ['--policies', ...settings.policies] : []),
    ...(settings.traces.length > 0 ? ['--traces', ...settings.traces] : []),
  ];
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [settings.program, name, settings.workspace, ...place, ...flags],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: MAX_OUTPUT },
  );
  // What a signal ended, or what crashed, did not run.
  const code = status === 0 || status === 1 ? status : 2;
  return { code, stdout: stdout ?? '', stderr: error ? `benchbook: ${error.message}\n` : stderr };
}
