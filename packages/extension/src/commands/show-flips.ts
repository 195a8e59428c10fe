import { type Command, Told, workspaceFor } from '../parts.ts';

/** Lets the Recordings view show the calls alone whose outcome differs from the last commit. */
export const showFlips: Command = async ({ server, recordings }, argument) => {
  const folder = workspaceFor(server, argument);
  const status = server.statuses.get(folder) ?? (await server.ask.status({ folder }));
  if (status && status.base === null)
    throw new Told(`There is nothing to compare with: ${status.baseReason ?? 'no base is known'}.`);
  recordings.setFilter({ flipped: true });
  await recordings.reveal();
};
