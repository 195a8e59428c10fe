import * as vscode from 'vscode';
import type { Server } from '../server.ts';
import { nameOf } from '../workspaces.ts';
import { statusLines, statusText } from './status-text.ts';

/** The item with the outcome counts of the active editor's workspace; a click shows the report. */
export function statusBar(server: Server): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('benchbook.outcomes', vscode.StatusBarAlignment.Left, 40);
  item.name = 'Benchbook outcomes';
  item.command = 'benchbook.showReport';

  function update(): void {
    const workspace = server.workspace();
    const status = workspace === null ? null : (server.statuses.get(workspace) ?? null);
    const text = statusText(status);
    if (text === null || !status) {
      item.hide();
      return;
    }
    const lines = statusLines(status, nameOf(status.folder));
    item.text = text;
    item.tooltip = [...lines, '', 'Click to show the report.'].join('\n');
    item.accessibilityInformation = { label: `Benchbook, ${lines.join('. ')}`, role: 'button' };
    item.backgroundColor = status.stale
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    item.show();
  }

  update();
  return vscode.Disposable.from(
    item,
    server.onStatus(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}
