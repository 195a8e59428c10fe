import * as vscode from 'vscode';
import type { Server } from '../server.ts';
import { nameOf, type WorkspaceUri } from '../workspaces.ts';
import { followLink } from './follow-link.ts';
import { readMessage, type ShowMessage } from './messages.ts';
import { type Content, newNonce, note, page } from './page.ts';
import { renewal } from './renewal.ts';

const TYPE = 'benchbook.report';
/** Milliseconds without a new status before the report is asked for again. */
const RENEW_AFTER = 700;

export interface ReportPanel extends vscode.Disposable {
  show(workspace: WorkspaceUri): void;
}

/** One panel for each workspace; open ones come back with the window. */
export function reportPanel(server: Server, extensionUri: vscode.Uri): ReportPanel {
  const panels = new Map<WorkspaceUri, vscode.WebviewPanel>();
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'report');

  function adopt(panel: vscode.WebviewPanel, workspace: WorkspaceUri): void {
    panels.set(workspace, panel);
    const follows = follow(panel, workspace, server);
    panel.title = `Report: ${nameOf(workspace)}`;
    panel.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    const script = panel.webview.asWebviewUri(vscode.Uri.joinPath(folder, 'panel.js')).toString();
    panel.webview.html = page({ nonce: newNonce(), script, folder: workspace });
    panel.onDidDispose(() => {
      follows.dispose();
      if (panels.get(workspace) === panel) panels.delete(workspace);
    });
  }

  const serializer = vscode.window.registerWebviewPanelSerializer(TYPE, {
    async deserializeWebviewPanel(panel, state: unknown) {
      const workspace = workspaceIn(state) ?? server.workspace();
      if (workspace === null) panel.dispose();
      else adopt(panel, workspace);
    },
  });

  return {
    show(workspace) {
      const open = panels.get(workspace);
      if (open) open.reveal();
      else adopt(vscode.window.createWebviewPanel(TYPE, 'Report', vscode.ViewColumn.Beside), workspace);
    },
    dispose() {
      serializer.dispose();
      for (const panel of panels.values()) panel.dispose();
    },
  };
}

/** Gives the page the latest report as long as somebody can see it. */
function follow(panel: vscode.WebviewPanel, workspace: WorkspaceUri, server: Server): vscode.Disposable {
  let latest: Content = note('Replaying the recordings ...');
  const post = () => {
    const message: ShowMessage = { kind: 'show', html: latest.html, css: latest.css };
    void panel.webview.postMessage(message);
  };
  const renewing = renewal(async () => {
    const before = latest.html;
    try {
      const result = await server.ask.report({ folder: workspace, latency: true });
      latest = 'refused' in result ? note(result.refused) : result;
    } catch (error) {
      latest = note(error instanceof Error ? error.message : String(error));
    }
    if (latest.html !== before) post();
  }, RENEW_AFTER);

  function renewSoon(): void {
    const status = server.statuses.get(workspace);
    const isDeciding = status !== undefined && status.decided < status.total;
    if (panel.visible && !isDeciding) renewing.soon();
  }

  renewing.now();
  return vscode.Disposable.from(
    renewing,
    server.onStatus(renewSoon),
    panel.onDidChangeViewState(renewSoon),
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const read = readMessage(message);
      if (read?.kind === 'ready') post();
      else if (read) void followLink(server, workspace, read);
    }),
  );
}

function workspaceIn(state: unknown): WorkspaceUri | null {
  if (typeof state !== 'object' || state === null || !('folder' in state)) return null;
  return typeof state.folder === 'string' && state.folder !== '' ? state.folder : null;
}
