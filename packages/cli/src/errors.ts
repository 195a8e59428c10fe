/** What keeps a command from running: told in one line on stderr, exit code 2. */
export class CannotRun extends Error {}

/** Exit codes of every command. */
export const EXIT = { ok: 0, findings: 1, cannotRun: 2 } as const;

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ');
}
