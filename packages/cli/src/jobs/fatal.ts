import type { PreparedWorkspace } from '@benchbook/core';
import { describeFatal } from './job.ts';

/** Why a workspace's policies would not decide what the user asked for, in one line; undefined where they would. */
export function reportFatal({ diagnostics, texts }: PreparedWorkspace): string | undefined {
  const fatal = diagnostics.filter((diagnostic) => diagnostic.fatal);
  if (fatal.length === 0) return undefined;
  return describeFatal(
    fatal.map(({ code, severity, message, file, range }) => ({
      code,
      severity,
      message,
      file,
      range: range && texts(file).range(range),
    })),
  );
}
