import type { CallEntry } from '@benchbook/model';
import type { Requests } from '../client/requests.ts';
import type { WorkspaceUri } from '../workspaces.ts';
import { allCalls } from './all-calls.ts';

/** The recorded call of an id; undefined where none is found among the first 10,000 either. */
export async function findCall(
  ask: Pick<Requests, 'calls'>,
  folder: WorkspaceUri,
  id: string,
): Promise<CallEntry | undefined> {
  // Ids are `session#seq` unless recorded.
  const session = id.slice(0, Math.max(0, id.lastIndexOf('#')));
  if (session !== '') {
    const near = await allCalls(ask, folder, { session });
    const found = near.calls.find((call) => call.id === id);
    if (found) return found;
  }
  return (await allCalls(ask, folder, {})).calls.find((call) => call.id === id);
}
