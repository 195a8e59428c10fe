import type { CodeLens as ServiceLens } from '@benchbook/language-service';
import { CLIENT_COMMANDS, type ShowCallsArguments } from '@benchbook/protocol';
import type { CodeLens, CodeLensParams, Command, Range } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { rangeOf } from '../convert/range.ts';
import type { Target } from './answer.ts';

export async function codeLenses(
  { root, path, document }: Target,
  _params: CodeLensParams,
  { settings }: ServerContext,
): Promise<CodeLens[]> {
  if (settings().codeLens?.enabled === false) return [];
  return (await root.service.codeLenses(path)).map((lens) => {
    const range = rangeOf(document, lens.range);
    return { range, command: toCommand(lens, root.uri, document.uri, range) };
  });
}

/** Carried out by the client; see `CLIENT_COMMANDS`. */
function toCommand({ title, action }: ServiceLens, folder: string, uri: string, range: Range): Command {
  switch (action.kind) {
    case 'replay':
      return { title, command: CLIENT_COMMANDS.replay, arguments: [{ folder }] };
    case 'calls': {
      const shown: ShowCallsArguments = {
        folder,
        filter: action.filter,
        title: action.title,
        uri,
        position: range.start,
      };
      return { title, command: CLIENT_COMMANDS.showCalls, arguments: [shown] };
    }
    case 'evaluate':
      return {
        title,
        command: CLIENT_COMMANDS.evaluate,
        arguments: [{ folder, policy: action.policy, uri }],
      };
  }
}
