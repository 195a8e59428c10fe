import { type Command, workspaceFor } from '../parts.ts';

/** Decides every recorded call anew. */
export const replay: Command = async ({ server }, argument) => {
  await server.ask.replay({ folder: workspaceFor(server, argument) });
};
