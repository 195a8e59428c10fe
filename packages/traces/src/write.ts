import { type Call, type Json, writeJson } from '@benchbook/model';

/** One line of the native format, without its line end. Reading it gives the call again (but for `src`). */
export function writeNative(call: Call): string {
  return writeJson(call as unknown as Json);
}
