import type { ByteSource } from '@benchbook/model';
import { readRecording } from '@benchbook/traces';

/** Those among `files` that hold at least one call, by content. */
export async function findRecordings(files: readonly ByteSource[]): Promise<readonly ByteSource[]> {
  const found: ByteSource[] = [];
  for (const file of files) if (await holdsCall(file)) found.push(file);
  return found;
}

async function holdsCall(file: ByteSource): Promise<boolean> {
  for await (const batch of readRecording(file)) {
    if (batch.calls.length > 0) return true;
    if (batch.problems.length > 0) return false;
  }
  return false;
}
