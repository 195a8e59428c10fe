import type { PdpState } from '@benchbook/model';
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
  /** The report, or what an outage with the PDP in this state comes to. */
  show(workspace: WorkspaceUri, outage?: PdpState): void;
}

/** One panel for each workspace; open ones come back with the window. */
export function reportPanel(server: Server, extensionUri: vscode.Uri): ReportPanel {
  const panels = new Map<WorkspaceUri, Shown>();
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'report');

  function adopt(panel: vscode.WebviewPanel, workspace: WorkspaceUri, outage?: PdpState): void {
    const follows = follow(panel, workspace, server, outage);
    panels.set(workspace, { panel, turn: follows.turn });
    panel.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    const script = panel.webview.asWebviewUri(vscode.Uri.joinPath(folder, 'panel.js')).toString();
    panel.webview.html = page({ nonce: newNonce(), script, folder: workspace });
    panel.onDidDispose(() => {
      follows.dispose();
      if (panels.get(workspace)?.panel === panel) panels.delete(workspace);
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
    show(workspace, outage) {
      const open = panels.get(workspace);
      if (open) {
        open.turn(outage);
        open.panel.reveal();
      } else
        adopt(vscode.window.createWebviewPanel(TYPE, 'Report', vscode.ViewColumn.Beside), workspace, outage);
    },
    dispose() {
      serializer.dispose();
      for (const { panel } of panels.values()) panel.dispose();
    },
  };
}

interface Shown {
  readonly panel: vscode.WebviewPanel;
  /** To the report, or to an outage. */
  turn(outage: PdpState | undefined): void;
}

/** Gives the page the latest report as long as somebody can see it. */
function follow(
  panel: vscode.WebviewPanel,
  workspace: WorkspaceUri,
  server: Server,
  first: PdpState | undefined,
): vscode.Disposable & Pick<Shown, 'turn'> {
  let outage = first;
  let latest: Content = note('Replaying the recordings ...');
  const post = () => {
    const message: ShowMessage = { kind: 'show', html: latest.html, css: latest.css };
    void panel.webview.postMessage(message);
  };
  const renewing = renewal(async () => {
    const before = latest.html;
    const asked = outage;
    try {
      const result = await (asked === undefined
        ? server.ask.report({ folder: workspace, latency: true })
        : server.ask.simulate({ folder: workspace, state: asked }));
      // Turned meanwhile: what is wanted now is asked for next.
      if (asked !== outage) return;
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

  function turn(next: PdpState | undefined): void {
    const isOther = next !== outage;
    outage = next;
    panel.title = `${outage === undefined ? 'Report' : `Outage, PDP ${outage}`}: ${nameOf(workspace)}`;
    if (isOther)
      latest = note(outage === undefined ? 'Replaying the recordings ...' : 'Playing the outage ...');
    if (isOther) post();
    renewing.now();
  }

  turn(first);
  const following = vscode.Disposable.from(
    renewing,
    server.onStatus(renewSoon),
    panel.onDidChangeViewState(renewSoon),
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const read = readMessage(message);
      if (read?.kind === 'ready') post();
      else if (read) void followLink(server, workspace, read);
    }),
  );
  return { turn, dispose: () => following.dispose() };
}

function workspaceIn(state: unknown): WorkspaceUri | null {
  if (typeof state !== 'object' || state === null || !('folder' in state)) return null;
  return typeof state.folder === 'string' && state.folder !== '' ? state.folder : null;
}
