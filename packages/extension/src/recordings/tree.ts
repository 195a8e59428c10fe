import type { CallFilter, SessionEntry } from '@benchbook/model';
import * as vscode from 'vscode';
import type { Server } from '../server.ts';
import type { WorkspaceUri } from '../workspaces.ts';
import type { Node } from './nodes.ts';
import { treeItem } from './tree-items.ts';

export interface RecordingsTree extends vscode.TreeDataProvider<Node>, vscode.Disposable {
  /** Which calls are shown. */
  filter: CallFilter;
  refresh(): void;
  /** Whether the root has no row, told whenever it was asked for. */
  readonly onEmpty: vscode.Event<boolean>;
}

/** Workspaces (where there are several), their agents, recordings, sessions, calls: each level is asked for when it is opened. */
export function recordingsTree(server: Server): RecordingsTree {
  const changed = new vscode.EventEmitter<undefined>();
  const empty = new vscode.EventEmitter<boolean>();
  let filter: CallFilter = {};

  async function recordings(workspace: WorkspaceUri): Promise<Node[]> {
    const [agents, entries] = await Promise.all([
      server.ask.agents({ folder: workspace }),
      server.ask.recordings({ folder: workspace, filter }),
    ]);
    return [
      ...(agents.length > 0 ? [{ kind: 'agents', workspace, agents } as const] : []),
      ...entries.map((entry) => ({ kind: 'recording', workspace, entry }) as const),
    ];
  }

  async function roots(): Promise<Node[]> {
    const workspaces = server.workspaces();
    if (workspaces.length > 1) return workspaces.map((workspace) => ({ kind: 'workspace', workspace }));
    return workspaces[0] === undefined ? [] : recordings(workspaces[0]);
  }

  async function calls(workspace: WorkspaceUri, session: SessionEntry, from: number): Promise<Node[]> {
    const only: CallFilter = { ...filter, file: session.file, session: session.session };
    const page = await server.ask.calls({ folder: workspace, filter: only, from });
    const shown = from + page.calls.length;
    const left = page.total - shown;
    const nodes: Node[] = page.calls.map((entry) => ({ kind: 'call', workspace, entry }));
    // A page of none would be asked for again and again.
    if (left > 0 && page.calls.length > 0)
      nodes.push({ kind: 'more', workspace, session, from: shown, left });
    return nodes;
  }

  return {
    get filter() {
      return filter;
    },
    set filter(next) {
      filter = next;
      changed.fire(undefined);
    },
    refresh: () => changed.fire(undefined),
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => treeItem(node, server.statuses.get(node.workspace)?.chosen?.id ?? null),
    async getChildren(node) {
      if (!node) {
        const nodes = await roots();
        empty.fire(nodes.length === 0);
        return nodes;
      }
      switch (node.kind) {
        case 'workspace':
          return recordings(node.workspace);
        case 'recording': {
          const { workspace, entry } = node;
          const sessions = await server.ask.sessions({ folder: workspace, filter, file: entry.file });
          return sessions.map((session) => ({ kind: 'session', workspace, entry: session }));
        }
        case 'session':
          return calls(node.workspace, node.entry, 0);
        case 'more':
          return calls(node.workspace, node.session, node.from);
        case 'agents':
          return node.agents.map((entry) => ({ kind: 'agent', workspace: node.workspace, entry }));
        case 'agent':
        case 'call':
          return [];
      }
    },
    onEmpty: empty.event,
    dispose() {
      changed.dispose();
      empty.dispose();
    },
  };
}
