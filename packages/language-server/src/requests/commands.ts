import type { CallEntry } from '@benchbook/model';
import { CLIENT_COMMANDS, type ShowCallsArguments } from '@benchbook/protocol';
import type { ExecuteCommandParams } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { isRefusal } from '../features/answer.ts';

/** Commands that the server carries out for clients that know LSP alone. */
export const PLAIN_COMMANDS: string[] = Object.values(CLIENT_COMMANDS);

/** Calls that a message lists; more are counted. */
const LISTED = 10;

/** Carries out the command of a lens, with messages where our own client shows more. */
export async function executeCommand(
  { command, arguments: given }: ExecuteCommandParams,
  { folders, connection }: ServerContext,
): Promise<null> {
  const argument = (given?.[0] ?? {}) as Partial<ShowCallsArguments>;
  const root = typeof argument.folder === 'string' ? await folders.at(argument.folder) : null;
  if (!root) return null;
  if (command === CLIENT_COMMANDS.replay) root.service.replay();
  if (command === CLIENT_COMMANDS.showCalls) {
    const { total, calls } = root.service.calls(argument.filter ?? {});
    const more = total > LISTED ? [`and ${total - LISTED} more`] : [];
    const lines = [`${argument.title ?? 'Calls'}:`, ...calls.slice(0, LISTED).map(describe), ...more];
    connection.window.showInformationMessage(lines.join('\n'));
  }
  if (command === CLIENT_COMMANDS.evaluate) {
    const first = root.service.chosenCall() ?? root.service.calls({}).calls[0];
    const evaluation = first ? await root.service.evaluate({ call: first.id }) : null;
    const text =
      evaluation === null
        ? 'There is no recorded call to evaluate.'
        : isRefusal(evaluation)
          ? evaluation.refused
          : `${first?.id}: ${evaluation.outcome} (${evaluation.basis}) ${evaluation.determining.join(', ')}`;
    connection.window.showInformationMessage(text);
  }
  return null;
}

function describe({ id, tool, outcome, was, summary, source }: CallEntry): string {
  const line = source.line === undefined ? '' : `:${source.line}`;
  return `${source.file}${line} ${id} ${tool} ${summary}: ${was === undefined ? '' : `${was} -> `}${outcome}`;
}
