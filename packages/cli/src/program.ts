import {
  checkReporters,
  diffReporters,
  explainReporters,
  type Reporters,
  replayReporters,
  testReporters,
} from '@benchbook/reports';
import { Command } from 'commander';
import { checkCommand } from './commands/check.ts';
import { diffCommand } from './commands/diff.ts';
import { explainCommand } from './commands/explain.ts';
import { importCommand } from './commands/import.ts';
import { initCommand } from './commands/init.ts';
import { lspCommand } from './commands/lsp.ts';
import { replayCommand } from './commands/replay.ts';
import { testCommand } from './commands/test.ts';
import { version } from './version.ts';

/** The command line as data for commander. `done` is told the exit code of the command that ran. */
export function createProgram(done: (code: number) => void): Command {
  const program = new Command('benchbook')
    .description('See what the policies of your AI agents decide, on the tool calls they really made.')
    .version(version)
    .helpCommand(false)
    // Without it `--version NAME` of a command would be taken for the program's own.
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for what there is)')
    .addHelpText('after', example('benchbook replay samples/treasury'));

  const withPlace = (command: Command): Command =>
    command
      .option('--policies <path...>', "policies instead of the manifest's (files, folders or globs)")
      .option('--traces <path...>', "recordings instead of the manifest's (files, folders or globs)");
  const withOutput = (command: Command, formats: string): Command =>
    command.option('--format <format>', formats, 'text').option('--out <file>', 'write the report to a file');

  withOutput(
    withPlace(
      program
        .command('check')
        .description('tell what is wrong with the policies; 1 if there is any error')
        .argument('[dir]', 'the workspace', '.'),
    ),
    formatsOf(checkReporters),
  )
    .addHelpText('after', example('benchbook check samples/support-desk --format sarif --out check.sarif'))
    .action(async (dir, flags) => done(await checkCommand(dir, flags)));

  withOutput(
    withPlace(
      program
        .command('replay')
        .description('decide every recorded call; 1 for a missed expectation or threshold')
        .argument('[dir]', 'the workspace', '.'),
    ),
    formatsOf(replayReporters),
  )
    .option('--decisions', 'add an entry per call')
    .option('--strict', 'an unreadable line makes it fail')
    .option('--keep-going', 'replay what loads where some policy does not')
    .option('--no-latency', 'do not measure how long decisions take')
    .option('--no-coverage', 'do not look at conditions, which is faster')
    .option('--boundary <file>', 'write calls varied around literals, with what was decided as `expect`')
    .option('--history <file>', 'enter the figures in a history, and report the trend')
    .option('--version <name>', 'name of the replayed version in the history')
    .option('--at <time>', "ISO time of the entry instead of the host's clock")
    .addHelpText(
      'after',
      example('benchbook replay . --traces recordings/today.jsonl --decisions --format json'),
    )
    .action(async (dir, flags) => done(await replayCommand(dir, flags)));

  withOutput(
    withPlace(
      program
        .command('diff')
        .description('tell what a change of the policies does to recorded calls; 1 for an unapproved flip')
        .argument('[dir]', 'the workspace', '.')
        .requiredOption('--base <rev|dir>', 'the other version: a git revision or a folder'),
    ),
    formatsOf(diffReporters),
  )
    .option('--approve <file>', 'a reviewed list of expected flips')
    .option('--keep-going', 'compare what loads where some policy does not')
    .option('--no-latency', 'do not measure how long decisions take')
    .option('--no-coverage', 'do not look at conditions, which is faster')
    .addHelpText('after', example('benchbook diff --base main --format markdown --out diff.md'))
    .action(async (dir, flags) => done(await diffCommand(dir, flags)));

  withOutput(
    withPlace(
      program
        .command('test')
        .description("run the languages' own tests and every `expect`; 1 if any fails")
        .argument('[dir]', 'the workspace', '.'),
    ),
    formatsOf(testReporters),
  )
    .addHelpText('after', example('benchbook test samples/coding-agent --format junit --out tests.xml'))
    .action(async (dir, flags) => done(await testCommand(dir, flags)));

  program
    .command('import')
    .description('turn any readable recording into native JSON Lines')
    .argument('<file...>', 'recordings')
    .option('--redact', 'replace personal text by placeholders')
    .option('--strict', 'an unreadable line makes it fail')
    .option('--out <file>', 'write to a file instead of standard output')
    .addHelpText('after', example('benchbook import --redact otlp-export.jsonl > traces/today.jsonl'))
    .action(async (files, flags) => done(await importCommand(files, flags)));

  withOutput(
    withPlace(
      program
        .command('explain')
        .description('tell why one call came out as it did')
        .argument('<call>', "the call's id, as `replay --decisions` prints it")
        .argument('[dir]', 'the workspace', '.'),
    ),
    formatsOf(explainReporters),
  )
    .addHelpText('after', example("benchbook explain 'pay-0007#3' samples/treasury"))
    .action(async (call, dir, flags) => done(await explainCommand(call, dir, flags)));

  program
    .command('init')
    .description('make a workspace from what is there: tools, policies, recordings')
    .argument('[dir]', 'the folder', '.')
    .option('--language <name>', 'language of the first policy where there is none', 'cedar')
    .addHelpText('after', example('benchbook init --language rego'))
    .action(async (dir, flags) => done(await initCommand(dir, flags)));

  program
    .command('lsp')
    .description('the language server, for editors')
    .option('--stdio', 'speak over standard input and output')
    .addHelpText('after', example('benchbook lsp --stdio'))
    .action((flags) => lspCommand(flags));

  return program;
}

/** `text, json or csv`, from the reporters themselves. */
function formatsOf(reporters: Reporters<never>): string {
  const names = Object.keys(reporters);
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function example(line: string): string {
  return `\nExample:\n  ${line}\n`;
}
