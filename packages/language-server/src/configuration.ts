import type { ServerSettings } from '@benchbook/protocol';
import type { Connection } from 'vscode-languageserver';
import { readSettings } from './settings.ts';

/** The section of the client's settings that the server reads. */
const SECTION = 'benchbook';

/** Asks the client for the settings; null where it refuses. */
export async function pullSettings(connection: Connection): Promise<ServerSettings | null> {
  try {
    return readSettings(await connection.workspace.getConfiguration(SECTION));
  } catch {
    return null;
  }
}

/** Settings that a client pushes: the section itself, or all settings with the section in them. */
export function pushedSettings(given: unknown): ServerSettings {
  const all = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  return readSettings(Object.hasOwn(all, SECTION) ? all[SECTION] : all);
}
