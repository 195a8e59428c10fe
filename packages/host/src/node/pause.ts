import { setImmediate } from 'node:timers/promises';

/** Lets whatever waits go first: messages that have come, and what they set off. Two turns of the event loop. */
export async function pause(): Promise<void> {
  await setImmediate();
  await setImmediate();
}
