import { visible } from './visible.mjs';

/** GitHub refuses a longer comment. Counted in UTF-16 units, which is never less than it counts. */
const MAX_COMMENT = 65_000;

/** GitHub shows no longer summary of a step; in bytes, with room for what closes it. */
const MAX_SUMMARY = 1024 * 1024 - 1024;

const WORDS = ['nothing found', 'findings', 'could not run'];

/** One page about all commands, for the summary of a job. At most 1 MiB. */
export function summaryOf(settings, base, results) {
  return cut(page(settings, base, results), MAX_SUMMARY, (text) => Buffer.byteLength(text));
}

/**
 * The page as the body of a comment; where it would be too long, without the replay. The first line is the same
 * for one workspace, so that the comment can be found again.
 */
export function commentOf(settings, base, results) {
  const mark = `<!-- benchbook ${settings.prefix.replace(/[^\w./-]|--/g, '_')} -->\n\n`;
  const whole = mark + page(settings, base, results);
  if (whole.length <= MAX_COMMENT) return whole;
  const short = results.map((one) =>
    one.name === 'replay'
      ? { ...one, markdown: '## Benchbook replay\n\nIt is in the summary of the job.\n' }
      : one,
  );
  return cut(mark + page(settings, base, short), MAX_COMMENT, (text) => text.length);
}

/** What the change does comes first, then the commands at a glance and the replay. */
function page(settings, base, results) {
  const byName = Object.fromEntries(results.map((one) => [one.name, one]));
  const table = [
    '| command | result | exit code |',
    '| --- | --- | ---: |',
    ...results.map(({ name, code }) => `| ${name} | ${WORDS[code]} | ${code} |`),
  ];
  const parts = [
    settings.prefix === '' ? '' : `Workspace ${inline(settings.prefix.slice(0, -1))}`,
    byName.diff ? report(byName.diff) : base.why,
    table.join('\n'),
    byName.check.code === 2 ? report(byName.check) : '',
    report(byName.replay),
  ];
  return `${parts
    .map((part) => part.trim())
    .filter(Boolean)
    .join('\n\n')}\n`;
}

/** A report is Markdown that its reporter has made safe; what stands on stderr is not, and is fenced. */
function report({ name, code, stderr, markdown }) {
  if (code !== 2 && markdown !== '') return markdown;
  return `## Benchbook ${name}: ${WORDS[code]}\n\n${fenced(visible(stderr).trim())}`;
}

function fenced(text) {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.slice(0, 5_000)}\n${fence}`;
}

function inline(text) {
  const fence = '`'.repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  return `${fence} ${visible(text)} ${fence}`;
}

/** Whole lines up to a size. */
function cut(text, limit, sizeOf) {
  if (sizeOf(text) <= limit) return text;
  const kept = [];
  let size = sizeOf(CUT);
  for (const line of text.split('\n')) {
    size += sizeOf(line) + 1;
    if (size > limit) break;
    kept.push(line);
  }
  return kept.join('\n') + CUT;
}

const CUT = '\n\n(Cut here: the whole report is among the files of the job.)\n';
