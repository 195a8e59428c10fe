import type { InitializationOptions } from '@benchbook/protocol';
import * as vscode from 'vscode';
import { type LanguageClientOptions, RevealOutputChannelOn } from 'vscode-languageclient';
import { EXTENSION_ID } from './extension-id.ts';
import { leaveToOthers } from './others.ts';
import { documentSelector } from './selector.ts';
import { serverSettings } from './settings.ts';

export function clientOptions(
  output: vscode.LogOutputChannel,
  initializationOptions: InitializationOptions,
): LanguageClientOptions {
  const schemes = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme);
  return {
    documentSelector: documentSelector(schemes),
    initializationOptions,
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationFailedHandler: (error) => {
      output.error(error instanceof Error ? error.message : String(error));
      return false;
    },
    markdown: { isTrusted: false, supportHtml: false },
    middleware: {
      workspace: {
        configuration: (params) =>
          params.items.map(({ section, scopeUri }) =>
            section === 'benchbook' ? settingsOf(scopeUri) : null,
          ),
      },
    },
  };
}

/** The server never sees more of the user's settings than it reads. */
function settingsOf(scopeUri: string | undefined) {
  const scope = scopeUri === undefined ? undefined : vscode.Uri.parse(scopeUri);
  const section = vscode.workspace.getConfiguration('benchbook', scope);
  const others = leaveToOthers(section.get('features', 'auto'), EXTENSION_ID, vscode.extensions.all);
  return serverSettings((key) => section.get(key), others);
}
