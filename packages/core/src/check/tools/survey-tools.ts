import type { ByteSource, Diagnostic } from '@benchbook/model';
import { readRecording, surveyFields } from '@benchbook/traces';
import type { Workspace } from '@benchbook/workspace';
import { argumentIndex } from './argument-index.ts';
import { checkTools, type ToolFinding, type UsingFile } from './check-tools.ts';

/** {@link checkTools} by the tools files; recordings are read only where these do not know something that is used. */
export async function surveyTools(
  files: readonly UsingFile[],
  { tools }: Workspace,
  recordings: readonly ByteSource[],
  others: readonly Diagnostic[],
): Promise<readonly ToolFinding[]> {
  const uses = files.some((file) => file.uses.length > 0);
  const declared = checkTools(files, argumentIndex(tools, [], new Map()), others);
  if (!uses || (tools.length > 0 && declared.length === 0)) return declared;
  const survey = surveyFields();
  for (const recording of recordings) {
    for await (const batch of readRecording(recording)) for (const call of batch.calls) survey.add(call);
  }
  return checkTools(files, argumentIndex(tools, survey.fields(), survey.calls()), others);
}
