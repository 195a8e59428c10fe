import {
  agentsReporters,
  auditExports,
  auditReporters,
  checkReporters,
  diffReporters,
  explainReporters,
  gateReporters,
  replayReporters,
  simulateReporters,
  testReporters,
} from '@benchbook/reports';
import { Command } from 'commander';
import { agentsCommand } from './commands/agents.ts';
import { auditExportCommand, auditVerifyCommand } from './commands/audit.ts';
import { checkCommand } from './commands/check.ts';
import { diffCommand } from './commands/diff.ts';
import { explainCommand } from './commands/explain.ts';
import { gateCommand, keygenCommand, signOffCommand } from './commands/gate.ts';
import { importCommand } from './commands/import.ts';
import { initCommand } from './commands/init.ts';
import { lspCommand } from './commands/lsp.ts';
import { replayCommand } from './commands/replay.ts';
import { simulateCommand } from './commands/simulate.ts';
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
    .option('--at <time>', "ISO time to count the age of reviews to, instead of the host's clock")
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

  withOutput(
    withPlace(
      program
        .command('agents')
        .description(
          'tell the registered agents and what the build checks say of them; 1 if there is any error',
        )
        .argument('[dir]', 'the workspace', '.'),
    ),
    formatsOf(agentsReporters),
  )
    .option('--at <time>', "ISO time to count the age of reviews to, instead of the host's clock")
    .addHelpText('after', example('benchbook agents samples/treasury --format json'))
    .action(async (dir, flags) => done(await agentsCommand(dir, flags)));

  const audit = program.command('audit').description('verify and export audit trails').helpCommand(false);
  withOutput(
    audit
      .command('verify')
      .description('find what was changed, removed, moved or cut; 1 unless signed and sound to the end')
      .argument('<file>', 'the trail'),
    formatsOf(auditReporters),
  )
    .option('--heads <file>', 'its signed heads, where they are not in FILE.heads.jsonl')
    .option('--keys <file>', 'public keys that heads may be signed with')
    .option('--min-months <n>', 'months that the trail must be kept; 0 asks for none (default: 6, EU AI Act)')
    .option('--allow-unanchored', 'records after the last signed head are no finding')
    .addHelpText('after', example('benchbook audit verify trail.jsonl --keys governance/keys.yaml'))
    .action(async (file, flags) => done(await auditVerifyCommand(file, flags)));
  audit
    .command('export')
    .description('write the records for other tools; 1 where the chain is broken')
    .argument('<file>', 'the trail')
    .option('--format <format>', formatsOf(auditExports), 'csv')
    .option('--out <file>', 'write to a file instead of standard output')
    .addHelpText('after', example('benchbook audit export trail.jsonl --format ocsf --out events.jsonl'))
    .action(async (file, flags) => done(await auditExportCommand(file, flags)));

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

  const gate = withOutput(
    program
      .command('gate')
      .description(
        'certify an agent by the rules of its risk tier, or verify its certificate; 1 where refused',
      )
      .argument('<agent>', 'its id, as its card states it')
      .argument('[dir]', 'the workspace', '.'),
    formatsOf(gateReporters),
  )
    .option('--key <file>', 'sign with this private key; `env:NAME` takes it from the environment')
    .option('--certificate <file>', 'write the certificate there instead of where the manifest keeps them')
    .option('--expires <days>', 'let it hold for fewer days than the tier allows')
    .option('--verify [file]', 'verify a certificate instead; issues nothing')
    .option('--at <time>', "ISO time to judge by instead of the host's clock")
    .helpCommand(false)
    .addHelpText('after', example('benchbook gate payments-agent samples/treasury --key ~/gate.pem'))
    .action(async (agent, dir, flags) => done(await gateCommand(agent, dir, flags)));
  gate
    .command('keygen')
    .description('make a pair of keys; prints the entry for the key ring')
    .requiredOption('--id <id>', 'what the key ring calls the key')
    .requiredOption('--holder <name>', 'the person or machine that alone will have it')
    .requiredOption('--key <file>', 'the new file of the private key')
    .addHelpText('after', example('benchbook gate keygen --id ann --holder "Ann Berg" --key ~/ann.pem'))
    .action(async (_, command) => done(await keygenCommand(command.optsWithGlobals())));
  gate
    .command('sign-off')
    .description('sign off an agent as it is; prints the entry for its card')
    .argument('<agent>', 'its id, as its card states it')
    .argument('[dir]', 'the workspace', '.')
    .requiredOption('--role <role>', 'the role in which you sign')
    .requiredOption('--key <file>', 'your private key; `env:NAME` takes it from the environment')
    .option('--envelope <file>', 'the file of the workspace to write, instead of governance/sign-offs/...')
    .option('--at <time>', "ISO time of the sign-off instead of the host's clock")
    .addHelpText('after', example('benchbook gate sign-off payments-agent --role CFO --key ~/ann.pem'))
    .action(async (agent, dir, _, command) =>
      done(await signOffCommand(agent, dir, command.optsWithGlobals())),
    );

  withOutput(
    withPlace(
      program
        .command('simulate')
        .description('play the recorded calls with a PDP in trouble; 1 for a finding of severity error')
        .argument('[dir]', 'the workspace', '.'),
    ),
    formatsOf(simulateReporters),
  )
    .option('--pdp <state>', 'up, slow, timing-out, crashing, erroring or flapping', 'up')
    .option('--outage <window...>', 'FROM..TO, or 10m@+1h (default: the middle third of the recorded time)')
    .option('--latency <percentiles|file>', 'of a slow PDP: p50=50ms,p95=400ms,p99=2s, or a file of samples')
    .option('--timeout <time>', 'how long the PEP waits (default: 1s)')
    .option('--flap <time>', 'how long a flapping PDP is down, then up (default: 30s)')
    .option('--fail-mode <mode>', 'closed or open, for every agent')
    .option('--breaker <rule...>', 'id=orders,count=calls,tools=create_*,per=agent,limit=100,window=1h')
    .option('--resets <file>', 'resets of breakers by people, JSON Lines or YAML')
    .option('--state <file>', 'breakers as the last run left them; written at the end')
    .option('--critical <policy...>', 'policies whose violation is an incident; * stands for anything')
    .option('--benign-label <label...>', 'labels of calls that were right: KEY or KEY=VALUE')
    .option('--malicious-label <label...>', 'labels of calls that were wrong')
    .option('--min-labelled <n>', 'labelled calls before a policy may be enforced (default: 20)')
    .option('--min-days <n>', 'recorded days before a policy may be enforced (default: 7)')
    .option('--seed <n>', 'draws the latencies (default: 1)')
    .option('--audit <file>', 'append every decision, review and reset to an audit trail')
    .option('--keep <pointer...>', 'what of the calls the audit trail keeps, redacted as the manifest says')
    .option('--at <time>', "ISO time of what the audit trail says of itself, instead of the host's clock")
    .option('--sinks', 'show what the sinks of the manifest would get')
    .option('--send', 'send incidents to the sinks of the manifest')
    .addHelpText('after', example('benchbook simulate samples/treasury --pdp timing-out --outage 1d@+2d'))
    .action(async (dir, flags) => done(await simulateCommand(dir, flags)));

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
function formatsOf(formats: { readonly [format: string]: unknown }): string {
  const names = Object.keys(formats);
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function example(line: string): string {
  return `\nExample:\n  ${line}\n`;
}
