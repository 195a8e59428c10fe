import type { CallEntry, CallFilter } from '@benchbook/model';
import type { CancellationToken } from 'vscode';
import type { Requests } from '../client/requests.ts';
import type { WorkspaceUri } from '../workspaces.ts';

/** Calls that a person could still choose from. */
const MOST = 10_000;

/** Fetches pages of calls, up to 10,000; `total` says how many there are. */
export async function allCalls(
  ask: Pick<Requests, 'calls'>,
  folder: WorkspaceUri,
  filter: CallFilter,
  token?: CancellationToken,
): Promise<{ readonly calls: readonly CallEntry[]; readonly total: number }> {
  const calls: CallEntry[] = [];
  for (;;) {
    const page = await ask.calls({ folder, filter, from: calls.length }, token);
    calls.push(...page.calls);
    if (
      page.calls.length === 0 ||
      calls.length >= Math.min(page.total, MOST) ||
      token?.isCancellationRequested
    )
      return { calls, total: page.total };
  }
}
