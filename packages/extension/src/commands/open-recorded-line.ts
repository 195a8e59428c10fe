import { openCall } from '../calls/open-call.ts';
import type { Command } from '../parts.ts';
import { isCallArgument } from '../recordings/nodes.ts';

export const openRecordedLine: Command = async (_parts, argument) => {
  if (isCallArgument(argument)) await openCall(argument);
};
