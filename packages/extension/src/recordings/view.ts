import type { CallFilter } from '@benchbook/model';
import * as vscode from 'vscode';
import { setContext } from '../context.ts';
import type { Server } from '../server.ts';
import { count } from '../status/status-text.ts';
import { filterText, isFiltered } from './filter.ts';
import { recordingsTree } from './tree.ts';

/** Milliseconds: previews come in parts, and rows need not follow each. */
const REFRESH_AFTER = 250;

export interface RecordingsView extends vscode.Disposable {
  readonly filter: CallFilter;
  setFilter(filter: CallFilter): void;
  /** Brings the view to the front. */
  reveal(): Promise<void>;
}

export function recordingsView(server: Server): RecordingsView {
  const tree = recordingsTree(server);
  const view = vscode.window.createTreeView('benchbook.recordings', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;

  let isEmpty = true;
  const emptied = tree.onEmpty((now) => {
    isEmpty = now;
    describe();
  });

  function describe(): void {
    const text = filterText(tree.filter);
    view.description = text;
    setContext('filtered', isFiltered(tree.filter));
    setContext(
      'hasChosenCall',
      [...server.statuses.values()].some(({ chosen }) => chosen !== null),
    );
    const statuses = [...server.statuses.values()];
    const pending = statuses.find(({ decided, total }) => decided < total);
    const leftOut = statuses.reduce((sum, status) => sum + status.leftOut, 0);
    const lines = [
      text === '' ? '' : `Only calls with: ${text}`,
      pending ? `Deciding: ${count(pending.decided)} of ${count(pending.total)} calls` : '',
      leftOut > 0 ? `${count(leftOut)} calls are left out (see benchbook.preview.calls)` : '',
    ].filter((line) => line !== '');
    // The welcome text shows only where there is no message at all.
    const message = isEmpty || lines.length === 0 ? undefined : lines.join(' · ');
    (view as { message: string | undefined }).message = message;
  }

  const listening = server.onStatus(() => {
    describe();
    timer ??= setTimeout(() => {
      timer = undefined;
      tree.refresh();
    }, REFRESH_AFTER);
  });
  describe();

  return {
    get filter() {
      return tree.filter;
    },
    setFilter(filter) {
      tree.filter = filter;
      describe();
    },
    async reveal() {
      await vscode.commands.executeCommand('benchbook.recordings.focus');
    },
    dispose() {
      clearTimeout(timer);
      listening.dispose();
      emptied.dispose();
      view.dispose();
      tree.dispose();
    },
  };
}
