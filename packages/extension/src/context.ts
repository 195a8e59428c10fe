/** Context keys, for `when` clauses of menus. */
import { commands } from 'vscode';

export type ContextKey = 'ready' | 'filtered' | 'hasChosenCall' | 'isDraft';

export function setContext(key: ContextKey, value: boolean): void {
  void commands.executeCommand('setContext', `benchbook.${key}`, value);
}
