import * as vscode from 'vscode';
import { fileUri } from '../calls/open-call.ts';
import { count, OUTCOME_ICONS, outcomeCounts } from '../status/status-text.ts';
import { nameOf } from '../workspaces.ts';
import { agentsDescription, agentTooltip, GATE_LOOKS, gateText } from './agents.ts';
import {
  callAccessibleLabel,
  callDescription,
  callTooltip,
  OUTCOME_COLOURS,
  recordingDescription,
} from './labels.ts';
import { type Node, nodeId } from './nodes.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** How a row looks. `chosen`: the id of the chosen call. */
export function treeItem(node: Node, chosen: string | null): vscode.TreeItem {
  const item = look(node, chosen);
  item.id = nodeId(node);
  return item;
}

function look(node: Node, chosen: string | null): vscode.TreeItem {
  switch (node.kind) {
    case 'workspace': {
      const item = new vscode.TreeItem(nameOf(node.workspace), Expanded);
      item.iconPath = new vscode.ThemeIcon('root-folder');
      item.contextValue = 'workspace';
      return item;
    }
    case 'agents': {
      const item = new vscode.TreeItem('Agents', Collapsed);
      item.description = agentsDescription(node.agents);
      item.iconPath = new vscode.ThemeIcon('hubot');
      item.contextValue = 'agents';
      return item;
    }
    case 'agent': {
      const { entry, workspace } = node;
      const item = new vscode.TreeItem(entry.name ?? entry.id, None);
      const { icon, colour } = GATE_LOOKS[entry.gate.state];
      item.description = gateText(entry.gate);
      item.tooltip = agentTooltip(entry);
      item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
      item.contextValue = 'agent';
      item.accessibilityInformation = { label: `${entry.name ?? entry.id}, ${gateText(entry.gate)}` };
      const place = new vscode.Position(entry.line - 1, 0);
      item.command = {
        command: 'vscode.open',
        title: 'Open Agent Card',
        arguments: [
          fileUri(workspace, entry.file),
          { selection: new vscode.Range(place, place), preview: true, preserveFocus: true },
        ],
      };
      return item;
    }
    case 'recording': {
      const { entry } = node;
      const item = new vscode.TreeItem(entry.file, Collapsed);
      item.description = recordingDescription(entry);
      item.tooltip = `${entry.file}\n${entry.format}, ${count(entry.sessions)} sessions, ${outcomeCounts(entry.outcomes).join(', ')}`;
      item.iconPath = new vscode.ThemeIcon('output');
      item.contextValue = 'recording';
      return item;
    }
    case 'session': {
      const { entry } = node;
      const item = new vscode.TreeItem(entry.session, Collapsed);
      item.description = recordingDescription(entry);
      item.iconPath = new vscode.ThemeIcon('comment-discussion');
      item.contextValue = 'session';
      return item;
    }
    case 'call': {
      const { entry, workspace } = node;
      const item = new vscode.TreeItem(entry.tool, None);
      const isChosen = entry.id === chosen;
      item.description = `${isChosen ? '(chosen) ' : ''}${callDescription(entry)}`;
      item.tooltip = callTooltip(entry);
      item.iconPath = new vscode.ThemeIcon(
        entry.was === undefined ? OUTCOME_ICONS[entry.outcome] : 'arrow-swap',
        new vscode.ThemeColor(OUTCOME_COLOURS[entry.outcome]),
      );
      item.contextValue = entry.was === undefined ? 'call' : 'call-flipped';
      item.accessibilityInformation = { label: callAccessibleLabel(entry) };
      item.command = {
        command: 'benchbook.openCall',
        title: 'Open Recorded Line',
        arguments: [{ workspace, entry }],
      };
      return item;
    }
    case 'more': {
      const item = new vscode.TreeItem(`${count(node.left)} more calls`, Collapsed);
      item.iconPath = new vscode.ThemeIcon('ellipsis');
      return item;
    }
  }
}
