import type { Command } from '../parts.ts';
import { isCallArgument } from '../recordings/nodes.ts';

/** The call of a row. */
export const chooseCall: Command = async ({ server }, argument) => {
  if (isCallArgument(argument))
    await server.ask.chooseCall({ folder: argument.workspace, call: argument.entry.id });
};
