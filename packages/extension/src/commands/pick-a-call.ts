import { pickCall } from '../calls/pick-call.ts';
import { type Command, workspaceFor } from '../parts.ts';

/** Picks one of the calls that the Recordings view shows. */
export const pickACall: Command = async ({ server, recordings }, argument) => {
  const folder = workspaceFor(server, argument);
  const call = await pickCall(server, folder, 'Show every condition on one call', recordings.filter);
  if (call) await server.ask.chooseCall({ folder, call: call.id });
};
