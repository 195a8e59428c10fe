import type { CallEntry, CallFilter } from '@benchbook/model';
import * as vscode from 'vscode';
import { allCalls } from '../calls/all-calls.ts';
import type { Command, Parts } from '../parts.ts';
import {
  FACET_TITLES,
  FACETS,
  type Facet,
  facetValues,
  filterText,
  withFacet,
} from '../recordings/filter.ts';
import { count, OUTCOME_ICONS } from '../status/status-text.ts';

interface Choice extends vscode.QuickPickItem {
  readonly facet: Facet | 'flipped' | 'clear';
}

/** Sets one part of the filter: first which, then to what. */
export const filterRecordings: Command = async ({ server, recordings }) => {
  const { filter } = recordings;
  const facet = await pickFacet(filter);
  if (facet === undefined) return;
  if (facet === 'clear') recordings.setFilter({});
  else if (facet === 'flipped')
    recordings.setFilter(withFacet(filter, 'flipped', filter.flipped ? null : true));
  else {
    const value = await pickValue(server, filter, facet);
    if (value === undefined) return;
    recordings.setFilter(withFacet(filter, facet, value));
  }
  await recordings.reveal();
};

async function pickFacet(filter: CallFilter): Promise<Choice['facet'] | undefined> {
  const choices: Choice[] = FACETS.map((facet) => ({
    facet,
    label: FACET_TITLES[facet],
    ...(filter[facet] === undefined ? {} : { description: filter[facet] }),
  }));
  choices.push({
    facet: 'flipped',
    label: filter.flipped ? '$(check) Flipped' : 'Flipped',
    description: 'calls whose outcome differs from the last commit',
  });
  if (filterText(filter) !== '') choices.push({ facet: 'clear', label: '$(clear-all) Show all calls' });
  const picked = await vscode.window.showQuickPick(choices, {
    title: 'Filter Recordings',
    placeHolder: filterText(filter) === '' ? 'Which calls are shown?' : `Now shown: ${filterText(filter)}`,
  });
  return picked?.facet;
}

/** null: any. Values are those of the calls that the rest of the filter lets through. */
async function pickValue(
  server: Parts['server'],
  filter: CallFilter,
  facet: Facet,
): Promise<string | null | undefined> {
  const others = withFacet(filter, facet, null);
  const workspaces = server.workspaces();
  const pages = await Promise.all(workspaces.map((folder) => allCalls(server.ask, folder, others)));
  const calls: readonly CallEntry[] = pages.flatMap((page) => page.calls);
  const items = facetValues(calls, facet).map(({ value, calls }) => ({
    value: value as string | null,
    label: facet === 'outcome' ? `$(${OUTCOME_ICONS[value as CallEntry['outcome']]}) ${value}` : value,
    description: `${count(calls)} ${calls === 1 ? 'call' : 'calls'}`,
  }));
  const picked = await vscode.window.showQuickPick(
    [{ value: null, label: 'Any', description: '' }, ...items],
    {
      title: `Filter Recordings: ${FACET_TITLES[facet]}`,
      placeHolder: 'Only calls with',
    },
  );
  return picked?.value;
}
