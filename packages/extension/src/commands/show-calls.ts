import type { CallFilter } from '@benchbook/model';
import type { ShowCallsArguments } from '@benchbook/protocol';
import * as vscode from 'vscode';
import { fileUri } from '../calls/open-call.ts';
import { isPeekable, PEEKED, recordedPlaces } from '../calls/places.ts';
import type { Command } from '../parts.ts';

/** Shows the calls of a lens: a few in a peek at the lens, more in the Recordings view. Without a lens: the view. */
export const showCalls: Command = async ({ server, recordings }, argument) => {
  if (!isShown(argument)) return recordings.reveal();
  const { folder, filter, uri, position } = argument;
  const { calls, total } = await server.ask.calls({ folder, filter });
  if (total > PEEKED || !isPeekable(calls, total)) {
    recordings.setFilter(filter);
    return recordings.reveal();
  }
  const places = recordedPlaces(calls).map(
    ({ file, line }) => new vscode.Location(fileUri(folder, file), new vscode.Position(line, 0)),
  );
  await vscode.commands.executeCommand(
    'editor.action.peekLocations',
    vscode.Uri.parse(uri),
    new vscode.Position(position.line, position.character),
    places,
    'peek',
  );
};

function isShown(argument: unknown): argument is ShowCallsArguments {
  if (typeof argument !== 'object' || argument === null) return false;
  const { folder, filter, uri, position } = argument as Partial<Record<keyof ShowCallsArguments, unknown>>;
  return (
    typeof folder === 'string' && isFilter(filter) && typeof uri === 'string' && typeof position === 'object'
  );
}

function isFilter(value: unknown): value is CallFilter {
  return typeof value === 'object' && value !== null;
}
