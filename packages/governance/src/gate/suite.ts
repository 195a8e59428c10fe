import { type ByteSource, type Call, canonicalJson, digest, type Json } from '@benchbook/model';
import { readRecording } from '@benchbook/traces';

/** The test suite of a workspace: every recorded call that says what is right. */
export interface TestSuite {
  /** Over the calls, whatever the order of files, lines and members. */
  readonly sha256: string;
  readonly calls: number;
  /** Calls that must be denied, by the agent that made them. */
  readonly adversarial: ReadonlyMap<string, number>;
}

/** Reads the recordings for calls with `expect`. What cannot be read is left out here and told by a replay. */
export async function readSuite(recordings: readonly ByteSource[]): Promise<TestSuite> {
  const digests: string[] = [];
  const adversarial = new Map<string, number>();
  for (const recording of recordings) {
    for await (const { calls } of readRecording(recording)) {
      for (const call of calls) {
        if (call.expect === undefined) continue;
        digests.push(callDigest(call));
        const agent = call.agent?.id;
        if (call.expect === 'deny' && agent !== undefined)
          adversarial.set(agent, (adversarial.get(agent) ?? 0) + 1);
      }
    }
  }
  return { sha256: digest(digests.sort().join('\n')), calls: digests.length, adversarial };
}

/** Of all that a call says but where it was read. */
function callDigest({ src: _, ...call }: Call): string {
  return digest(canonicalJson(call as unknown as Json));
}
