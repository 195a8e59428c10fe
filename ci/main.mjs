// Checks, replays and compares one workspace before a merge: `node ci/main.mjs`, set up by BENCHBOOK_* variables
// (docs/ci.md). Writes the reports into one folder; the exit code is the worst of the commands'.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBase } from './base.mjs';
import { runCommands } from './commands.mjs';
import { github } from './github.mjs';
import { gitlab } from './gitlab.mjs';
import { commentOf, summaryOf } from './pages.mjs';
import { plain } from './plain.mjs';
import { readSettings, UsageError } from './settings.mjs';

const host = process.env.GITHUB_ACTIONS === 'true' ? github : process.env.GITLAB_CI ? gitlab : plain;

function main() {
  const settings = readSettings(process.env);
  rmSync(settings.out, { recursive: true, force: true });
  mkdirSync(settings.out, { recursive: true });
  const base = findBase(settings, host.base(process.env));
  const results = runCommands(settings, base, host);

  const worst = Math.max(...results.map(({ code }) => code));
  const code = worst === 1 && settings.failOn === 'cannot-run' ? 0 : worst;
  const files = { summary: join(settings.out, 'summary.md'), comment: join(settings.out, 'comment.md') };
  const summary = summaryOf(settings, base, results);
  writeFileSync(files.summary, summary);
  writeFileSync(files.comment, commentOf(settings, base, results));
  host.log(summary);
  host.publish({ settings, results, code, files, summary });
  return code;
}

try {
  process.exitCode = main();
} catch (error) {
  host.log(`benchbook: ${error.message}\n`);
  if (!(error instanceof UsageError)) host.log(`${error.stack}\n`);
  process.exitCode = 2;
}
