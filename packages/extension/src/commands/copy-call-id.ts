import * as vscode from 'vscode';
import type { Command } from '../parts.ts';
import { isCallArgument } from '../recordings/nodes.ts';

export const copyCallId: Command = async (_parts, argument) => {
  if (isCallArgument(argument)) await vscode.env.clipboard.writeText(argument.entry.id);
};
