import type { CallEntry } from '@benchbook/model';
import { allCalls } from '../calls/all-calls.ts';
import { pickCall } from '../calls/pick-call.ts';
import { type Command, type Parts, Told, workspaceFor } from '../parts.ts';
import { isCallArgument } from '../recordings/nodes.ts';
import type { WorkspaceUri } from '../workspaces.ts';

/** Opens a copy of a recorded call to edit, with what it comes to beside it. */
export const evaluateCopy: Command = async (parts, argument) => {
  if (isCallArgument(argument)) return copyOf(parts, argument.workspace, argument.entry);
  const folder = workspaceFor(parts.server, argument);
  const call = await pickCall(parts.server, folder, 'Copy a recorded call', parts.recordings.filter);
  if (call) await copyOf(parts, folder, call);
};

export async function copyOf(
  { server, drafts, evaluator }: Parts,
  folder: WorkspaceUri,
  call: CallEntry,
): Promise<void> {
  const text = await server.ask.callText({ folder, call: call.id });
  if (text === null) throw new Told(`Call ${call.id} is recorded no more.`);
  const after = await before(server, folder, call);
  const draft = { workspace: folder, call: call.id, ...(after === undefined ? {} : { after }) };
  const document = await drafts.open(draft, text);
  await evaluator.show(folder, {
    document,
    name: `Edited copy of ${call.id}`,
    ...(after === undefined ? {} : { after }),
  });
}

/** The call that the session had made before this one: a copy is decided in the state that was then. */
async function before(
  server: Parts['server'],
  folder: WorkspaceUri,
  { id, session, source }: CallEntry,
): Promise<string | undefined> {
  const { calls } = await allCalls(server.ask, folder, { file: source.file, session });
  const at = calls.findIndex((call) => call.id === id);
  return at > 0 ? calls[at - 1]!.id : undefined;
}
