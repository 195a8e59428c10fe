import { HeldCalls } from '@benchbook/core';
import type { ByteSource } from '@benchbook/model';
import {
  type FieldSurvey,
  type ReadBatch,
  type ReadProblem,
  readRecording,
  surveyFields,
} from '@benchbook/traces';
import type { Pacer } from './pacer.ts';

/** Recordings in memory, with what they show of tools. */
export interface ReadRecordings {
  readonly held: HeldCalls;
  readonly survey: FieldSurvey;
  /** Places that could not be read, and the first of them. */
  readonly problems: number;
  readonly firstProblem: { readonly file: string; readonly problem: ReadProblem } | null;
  /** Counts the calls that are left out, batch by batch; to be asked on until it says that it is done. */
  countLeftOut(): Promise<boolean>;
}

/** Reads until `limit` calls are held, or until `isWanted` says no: then null. What lies behind is counted later. */
export async function readRecordings(
  sources: readonly ByteSource[],
  limit: number,
  pacer: Pacer,
  isWanted: () => boolean,
): Promise<ReadRecordings | null> {
  const held = new HeldCalls(limit);
  const survey = surveyFields();
  let problems = 0;
  let firstProblem: ReadRecordings['firstProblem'] = null;
  const batches = allBatches(sources);

  async function next(): Promise<boolean> {
    const { done, value } = await batches.next();
    if (done) return false;
    const { file, batch } = value;
    if (batch === null) held.begin(file);
    else {
      held.add(batch);
      for (const call of batch.calls) survey.add(call);
      problems += batch.problems.length;
      const [problem] = batch.problems;
      if (problem) firstProblem ??= { file, problem };
    }
    return true;
  }

  let more = true;
  while (more && !held.isFull) {
    more = await next();
    await pacer.rest();
    if (isWanted()) continue;
    await batches.return(undefined);
    return null;
  }
  return {
    held,
    survey,
    get problems() {
      return problems;
    },
    get firstProblem() {
      return firstProblem;
    },
    async countLeftOut() {
      more &&= await next();
      return !more;
    },
  };
}

/** Every batch of every recording; null where one begins. */
async function* allBatches(
  sources: readonly ByteSource[],
): AsyncGenerator<{ readonly file: string; readonly batch: ReadBatch | null }, undefined> {
  for (const source of sources) {
    yield { file: source.path, batch: null };
    for await (const batch of readRecording(source, { limits: { batch: BATCH } }))
      yield { file: source.path, batch };
  }
}

/** Calls that are read at once. */
const BATCH = 64;
