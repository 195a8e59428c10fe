import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { visible } from './visible.mjs';

/** GitHub Actions: annotations, job summary, outputs. */
export const github = {
  base: baseOf,
  checkFormat: 'github',
  replayFormats: [],
  diagnostics(text, { prefix }) {
    const lines = text.split('\n');
    const isCommand = (line) => /^::(?:error|warning|notice) /.test(line);
    // The reporter's own commands, in which text from outside is escaped, are the only ones to be obeyed.
    for (const line of lines.filter(isCommand)) process.stdout.write(`${placed(visible(line), prefix)}\n`);
    this.log(lines.filter((line) => !isCommand(line)).join('\n'));
  },
  log: (text) => process.stdout.write(guarded(text)),
  publish({ settings, code, files, summary }) {
    if (process.env.GITHUB_STEP_SUMMARY) appendFileSync(process.env.GITHUB_STEP_SUMMARY, summary);
    output('exit-code', String(code));
    output('reports', settings.out);
    output('summary-file', files.summary);
    output('comment-file', files.comment);
  },
};

/** The commit that a pull request, or a merge queue, would merge into. */
function baseOf(env) {
  if (!env.GITHUB_EVENT_PATH) return '';
  try {
    const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8'));
    const id = event.pull_request?.base?.sha ?? event.merge_group?.base_sha;
    return /^[0-9a-f]{40,64}$/.test(id) ? id : '';
  } catch {
    return '';
  }
}

/** Text in which no line is taken for a workflow command: the word that ends this cannot be guessed. */
function guarded(text) {
  if (text.trim() === '') return '';
  const token = randomUUID();
  return `::stop-commands::${token}\n${visible(text).replace(/\n*$/, '\n')}::${token}::\n`;
}

/** An annotation's file, relative to the repository. */
function placed(line, prefix) {
  const escaped = prefix.replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
  return line.replace(/^(::\w+ )file=/, (_, command) => `${command}file=${escaped}`);
}

function output(name, value) {
  if (!process.env.GITHUB_OUTPUT) return;
  const end = randomUUID();
  appendFileSync(process.env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`);
}
