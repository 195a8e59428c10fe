import { CommanderError } from 'commander';
import { CannotRun, EXIT, messageOf } from './errors.ts';
import { createProgram } from './program.ts';

/** Runs the command line of this process; only the exit code is left behind. */
async function main(): Promise<void> {
  const program = createProgram((code) => {
    process.exitCode = code;
  });
  for (const command of [program, ...program.commands.flatMap((one) => [one, ...one.commands])]) {
    command.exitOverride().configureOutput({
      writeErr: (text) => process.stderr.write(text.replace(/^error: /, 'benchbook: ')),
    });
  }
  if (process.argv.length <= 2) {
    program.outputHelp({ error: true });
    process.exitCode = EXIT.cannotRun;
    return;
  }
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.cannotRun;
      return;
    }
    process.exitCode = EXIT.cannotRun;
    process.stderr.write(`benchbook: ${messageOf(error)}\n`);
    if (!(error instanceof CannotRun) && process.env.BENCHBOOK_DEBUG)
      process.stderr.write(`${(error as Error).stack}\n`);
  }
}

await main();
