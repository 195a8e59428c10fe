import { nodeByteSource } from '@benchbook/host/node';
import { readRecording } from '@benchbook/traces';
import { TRACE_ENDINGS } from '@benchbook/workspace';

/** Paths among `paths` that hold at least one call, by content. */
export async function findRecordings(root: string, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    if (TRACE_ENDINGS.some((ending) => path.endsWith(ending)) && (await holdsCall(root, path)))
      found.push(path);
  }
  return found;
}

async function holdsCall(root: string, path: string): Promise<boolean> {
  for await (const batch of readRecording(nodeByteSource(root, path))) {
    if (batch.calls.length > 0) return true;
    if (batch.problems.length > 0) return false;
  }
  return false;
}
