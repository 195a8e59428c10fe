import type { ByteSource, ObservedNumber } from '@benchbook/model';
import { readRecording, surveyNumbers } from '@benchbook/traces';

/** Reads all recordings for the types of the numbers in them, and decides nothing. */
export async function surveyRecordings(
  recordings: readonly ByteSource[],
): Promise<readonly ObservedNumber[]> {
  const survey = surveyNumbers();
  for (const recording of recordings) {
    for await (const batch of readRecording(recording)) for (const call of batch.calls) survey.add(call);
  }
  return survey.result();
}
