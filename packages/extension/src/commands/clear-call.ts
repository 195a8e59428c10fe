import { type Command, workspaceFor } from '../parts.ts';

export const clearCall: Command = async ({ server }, argument) => {
  await server.ask.chooseCall({ folder: workspaceFor(server, argument), call: null });
};
