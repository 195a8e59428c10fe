import { type Command, workspaceFor } from '../parts.ts';

export const showReport: Command = ({ server, report }, argument) =>
  report.show(workspaceFor(server, argument));
