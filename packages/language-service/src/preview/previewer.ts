import {
  type Answers,
  createAnswers,
  type DecidingOrder,
  decideOne,
  decidingOrder,
  evaluationOf,
  type Guard,
  type HeldCalls,
  needsOf,
  openVersion,
  type PoisonedRequest,
  type PreparedWorkspace,
  setsOf,
  type Version,
} from '@benchbook/core';
import type {
  ByteSource,
  CallEntry,
  CallFilter,
  ConditionValue,
  Evaluation,
  Outcome,
  Preview,
  RecordingEntry,
  Refusal,
  SessionEntry,
  ToolKnowledge,
} from '@benchbook/model';
import { openSession, type SessionNeeds } from '@benchbook/pdp';
import type { EditorDiagnostic, EvaluationSource } from '../api.ts';
import { copyOf, lineOf, readCall } from './call-text.ts';
import { compareAnew, type Decided, decideParts, type Shown, shownOf, startDeciding } from './decided.ts';
import { previewFindings } from './findings.ts';
import { type CallLists, callLists, entryOf } from './lists.ts';
import { createPacer } from './pacer.ts';
import { type ReadRecordings, readRecordings } from './read-recordings.ts';

export interface PreviewerOptions {
  /** The recordings as they are now. */
  recordings(): Promise<readonly ByteSource[]>;
  /** Lets whatever waits go first; called every few milliseconds of work. */
  pause(): Promise<void>;
  /** Milliseconds, monotonic: only to know when to pause. */
  now(): number;
  readonly guard?: Guard;
  readonly poisoned?: readonly PoisonedRequest[];
  /** Calls held in memory; the rest is left out and counted. */
  readonly maxCalls: number;
  /** Every new state: first parts soon, then the complete one. */
  onPreview(preview: Preview): void;
  /** Recordings were read anew: `knowledge` changed. */
  onKnowledge(): void;
  onMessage(severity: 'info' | 'warning' | 'error', message: string): void;
}

/**
 * Decides the recorded calls under the policies as they are typed, in small steps between which the editor's requests
 * go first. Work for a superseded version is dropped.
 */
export interface Previewer {
  /** Policies that load. The sets of `prepared` must stay valid until the next update. */
  update(prepared: PreparedWorkspace): void;
  /** The texts do not load: the last preview stays, marked stale. */
  markStale(): void;
  /** What flips are counted against. */
  setBase(base: { readonly name: string; readonly prepared: PreparedWorkspace } | Refusal): void;
  /** Reads the recordings anew. */
  recordingsChanged(): void;
  latest(): Preview | null;
  /** Resolves when the preview of what was given last is complete (at once where there is nothing to do). */
  settled(): Promise<void>;
  /** What the recordings show of tools and their arguments; empty until they were read. */
  knowledge(): ToolKnowledge;
  /** Policies that nothing exercises (`policy-never-exercised`, hint, `unused`) and that err (`policy-errs`, warning). */
  diagnostics(): readonly EditorDiagnostic[];

  recordings(filter: CallFilter): readonly RecordingEntry[];
  sessions(file: string, filter: CallFilter): readonly SessionEntry[];
  calls(filter: CallFilter, from?: number): { readonly total: number; readonly calls: readonly CallEntry[] };
  chooseCall(call: string | null): Promise<boolean>;
  chosenCall(): CallEntry | null;
  /** Every condition's value on the chosen call, under the policies that loaded last. */
  chosenValues(): readonly ConditionValue[];
  callText(call: string): string | null;
  evaluate(source: EvaluationSource): Promise<Evaluation | Refusal>;
  callLine(text: string, expect: Outcome): { readonly line: string } | Refusal;
  dispose(): void;
}

/** Milliseconds between two parts of a preview, and from an update to the first one. */
const BETWEEN_PARTS = 100;
const FIRST_PART = 50;

/** What a version is decided on: replaced as a whole where recordings are read anew. */
interface Source {
  readonly held: HeldCalls;
  readonly recordings: ReadRecordings;
  readonly answers: Answers;
  isCounted: boolean;
}

interface Base {
  readonly name: string;
  readonly prepared: PreparedWorkspace;
  /** Decided wholly; null before. */
  version: Version | null;
}

/** Starts reading the recordings; decides nothing before the first update. */
export function createPreviewer(options: PreviewerOptions): Previewer {
  const { onPreview, now } = options;
  const pacer = createPacer(options);
  const asking = {
    ...(options.guard && { guard: options.guard }),
    ...(options.poisoned && { poisoned: options.poisoned }),
  };

  let source: Source | null = null;
  let wanted: PreparedWorkspace | null = null;
  let base: Base | Refusal = { refused: 'the last commit was not read yet' };
  /** The version that is being decided, and the last that was decided wholly. */
  let current: Decided | null = null;
  let complete: Decided | null = null;
  let chosen: string | null = null;

  let isUnread = true;
  let isStale = false;
  let isDisposed = false;
  /** The last job failed: it is not tried again until something new comes. */
  let isStuck = false;
  let shown: Shown | null = null;
  let preview: Preview | null = null;
  /** Of `preview`; worked out when they are asked for. */
  let findings: readonly EditorDiagnostic[] | null = null;
  let serial = 0;
  let lastPart = 0;
  const told = new Set<string>();

  let working: Promise<void> | null = null;
  let whenRead: (() => void)[] = [];

  /** Works until nothing is left to do. */
  function work(): void {
    if (working || isDisposed) return;
    working = Promise.resolve()
      .then(async () => {
        for (let job = nextJob(); job; job = nextJob()) await job();
      })
      .catch((error: unknown) => {
        isStuck = true;
        releaseWaiting();
        options.onMessage('error', `the preview stopped: ${reason(error)}`);
      })
      .finally(() => {
        working = null;
        // Something new may have come after the last look.
        if (nextJob()) work();
      });
  }

  function releaseWaiting(): void {
    for (const resolve of whenRead) resolve();
    whenRead = [];
  }

  /** Something new came: what went wrong before may go well now. */
  function begin(): void {
    isStuck = false;
    work();
  }

  function nextJob(): (() => Promise<void>) | null {
    if (isStuck || isDisposed) return null;
    if (isUnread) return read;
    if (!source) return null;
    const ready = source;
    if (wanted && (current?.version.prepared !== wanted || !current.isComplete)) {
      const prepared = wanted;
      return () => decide(ready, prepared);
    }
    if (wanted && 'name' in base && !base.version) {
      const one = base;
      return () => decideBase(ready, one);
    }
    if (current?.isComplete && !current.comparison && 'name' in base && base.version) {
      const [decided, version] = [current, base.version];
      return () => compare(decided, version);
    }
    return ready.isCounted ? null : () => countLeftOut(ready);
  }

  async function read(): Promise<void> {
    isUnread = false;
    const isWanted = () => !isUnread && !isDisposed;
    const found = await options.recordings().catch((error: unknown): readonly ByteSource[] => {
      options.onMessage('error', `the recordings cannot be read: ${reason(error)}`);
      return [];
    });
    const recordings = await readRecordings(found, options.maxCalls, pacer, isWanted);
    if (!recordings) return;
    const { held } = recordings;
    const needs = wanted ? needsOf(wanted) : NO_NEEDS;
    if (!(await pacer.run(held.walk(needs), isWanted))) return;
    source = { held, recordings, answers: createAnswers(held, asking), isCounted: false };
    current = null;
    complete = null;
    if ('name' in base) base.version = null;
    releaseWaiting();
    options.onKnowledge();
  }

  /** Opens a version over the source; null where it is no longer wanted. */
  async function open(
    { held, answers }: Source,
    prepared: PreparedWorkspace,
    isWanted: () => boolean,
  ): Promise<Version | null> {
    const needs = needsOf(prepared);
    if (!held.carries(needs) && !(await pacer.run(held.walk(needs), isWanted))) return null;
    return (await pacer.run(openVersion(prepared, held, answers), isWanted))?.result ?? null;
  }

  async function decide(ready: Source, prepared: PreparedWorkspace): Promise<void> {
    const isWanted = () => wanted === prepared && !isUnread && !isDisposed;
    const start = now();
    const version = await open(ready, prepared, isWanted);
    if (!version) return;
    const choice = chosen === null ? undefined : ready.held.find(chosen);
    const before = (complete ?? current)?.version ?? null;
    const order = await pacer.run(decidingOrder(version, before, choice), isWanted);
    if (!order) return;
    const decided = startDeciding(version, 'name' in base ? base.version : null);
    current = decided;
    if (!(await decideAll(decided, order.result, start, isWanted))) return;
    if (!(await pacer.run(decided.counts.flush(), isWanted))) return;
    decided.isComplete = true;
    complete = decided;
    ready.answers.keep([...setsOf(prepared), ...('name' in base ? setsOf(base.prepared) : [])]);
    tell(shownOf(decided));
  }

  /** Decides part by part: first what the edit reaches; false where it is no longer wanted. */
  async function decideAll(
    decided: Decided,
    { parts, reached }: DecidingOrder,
    start: number,
    isWanted: () => boolean,
  ): Promise<boolean> {
    let due = start + FIRST_PART;
    for (let at = 0; at < parts.length; ) {
      const from = at;
      // Until a part is due; what the edit reaches is a part of its own.
      const isDue = () => now() >= due || (from < reached && at >= reached);
      const steps = decideParts(decided, parts, from, () => {
        at++;
        return isDue();
      });
      if (!(await pacer.run(steps, isWanted))) return false;
      if (at >= parts.length) return true;
      if (now() < lastPart + BETWEEN_PARTS) {
        due = lastPart + BETWEEN_PARTS;
        continue;
      }
      if (!(await pacer.run(decided.counts.flush(), isWanted))) return false;
      tell(shownOf(decided));
      due = now() + BETWEEN_PARTS;
    }
    return true;
  }

  async function decideBase(ready: Source, one: Base): Promise<void> {
    const isWanted = () => base === one && wanted === current?.version.prepared && !isUnread && !isDisposed;
    const version = await open(ready, one.prepared, isWanted);
    if (!version) return;
    const parts = Int32Array.from(version.classes.first, (_, part) => part);
    const decided = startDeciding(version, null);
    const done = await pacer.run(
      decideParts(decided, parts, 0, () => false),
      isWanted,
    );
    if (done) one.version = version;
  }

  async function compare(decided: Decided, version: Version): Promise<void> {
    const isWanted = () =>
      decided === current && wanted === decided.version.prepared && !isUnread && !isDisposed;
    if (await pacer.run(compareAnew(decided, version), isWanted)) tell(shownOf(decided));
  }

  /** Last of all: how many calls are not held, and what could not be read. */
  async function countLeftOut(ready: Source): Promise<void> {
    const { held, recordings } = ready;
    ready.isCounted = await recordings.countLeftOut();
    await pacer.rest();
    if (!ready.isCounted) return;
    if (held.leftOut > 0) {
      say(
        'info',
        `the preview shows the first ${held.length} recorded calls; ${held.leftOut} more are left out`,
      );
      if (shown && shown.leftOut !== held.leftOut) tell({ ...shown, leftOut: held.leftOut });
    }
    if (!recordings.firstProblem) return;
    const { file, problem } = recordings.firstProblem;
    const line = problem.line === undefined ? '' : `:${problem.line}`;
    const places = recordings.problems === 1 ? '1 place' : `${recordings.problems} places`;
    say('warning', `${places} of the recordings cannot be read, first ${file}${line}: ${problem.message}`);
  }

  /** Says the same thing once. */
  function say(severity: 'info' | 'warning', message: string): void {
    if (told.has(message)) return;
    told.add(message);
    options.onMessage(severity, message);
  }

  function tell(next: Shown): void {
    shown = next;
    lastPart = now();
    preview = { ...next, serial: ++serial, stale: isStale, base: baseName() };
    findings = null;
    onPreview(preview);
  }

  function baseName(): Preview['base'] {
    return 'name' in base ? { name: base.name } : { name: null, reason: base.refused };
  }

  function lists(): CallLists | null {
    if (!source) return null;
    return callLists(
      source.held,
      [current, complete].filter((one) => one !== null),
    );
  }

  async function untilRead(): Promise<void> {
    if (source || isDisposed) return;
    await new Promise<void>((resolve) => {
      whenRead.push(resolve);
    });
  }

  /** The chosen call under the policies that loaded last, decided at once if need be. */
  function decidedChoice(): { readonly index: number; readonly under: Decided } | null {
    const index = chosen === null ? undefined : source?.held.find(chosen);
    if (index === undefined) return null;
    if (current && current.version.prepared === wanted) {
      current.version.decide(current.version.classes.of[index]!);
      return { index, under: current };
    }
    // Sets that were replaced may be closed: what they did not decide they are not asked.
    const under = [current, complete].find((one) => one?.version.of(index) !== undefined);
    return under ? { index, under } : null;
  }

  /** The policies that loaded last, with sessions that carry what they need. */
  async function ready(): Promise<{ readonly prepared: PreparedWorkspace; readonly held: HeldCalls } | null> {
    await untilRead();
    for (;;) {
      if (!wanted || !source || isDisposed) return null;
      const { held } = source;
      const needs = needsOf(wanted);
      if (held.carries(needs)) return { prepared: wanted, held };
      await pacer.run(held.walk(needs), () => true);
    }
  }

  async function evaluate(from: EvaluationSource): Promise<Evaluation | Refusal> {
    const under = await ready();
    if (!under) return { refused: 'no policies are loaded' };
    const { prepared, held } = under;
    const at = 'call' in from ? from.call : from.after;
    const index = at === undefined ? undefined : held.find(at);
    if (at !== undefined && index === undefined) return { refused: `there is no recorded call ${at}` };
    const before = index === undefined ? openSession(needsOf(prepared)) : held.session(index);
    const read = 'call' in from ? { call: held.call(index!), session: null } : readCall(from.text);
    if ('refused' in read) return read;
    const { call, session: own } = read;
    const session = own ? { facts: () => own } : before;
    const request = 'call' in from ? index! : held.length;
    return evaluationOf(decideOne(prepared, call, session, request, asking), prepared, call, session);
  }

  work();
  return {
    update(prepared) {
      const wasStale = isStale;
      isStale = false;
      if (wasStale && prepared === wanted && shown) tell(shown);
      wanted = prepared;
      begin();
    },
    markStale() {
      if (isStale) return;
      isStale = true;
      if (shown) tell(shown);
    },
    setBase(next) {
      base = 'refused' in next ? next : { ...next, version: null };
      for (const decided of [current, complete]) if (decided) decided.comparison = null;
      if (shown) tell(withoutFlips(shown));
      begin();
    },
    recordingsChanged() {
      isUnread = true;
      begin();
    },
    latest: () => preview,
    async settled() {
      while (working) await working;
    },
    knowledge: () => ({
      tools: wanted?.workspace.tools ?? [],
      fields: source?.recordings.survey.fields() ?? [],
      calls: source?.recordings.survey.calls() ?? new Map(),
    }),
    diagnostics() {
      findings ??= previewFindings(preview);
      return findings;
    },
    recordings: (filter) => lists()?.recordings(filter) ?? [],
    sessions: (file, filter) => lists()?.sessions(file, filter) ?? [],
    calls: (filter, from = 0) => lists()?.calls(filter, from) ?? { total: 0, calls: [] },
    async chooseCall(call) {
      if (call !== null) await untilRead();
      const isThere = call === null || source?.held.find(call) !== undefined;
      if (isThere) chosen = call;
      return isThere;
    },
    chosenCall() {
      const choice = decidedChoice();
      return choice && source ? entryOf(source.held, choice.index, choice.under) : null;
    },
    chosenValues() {
      const choice = decidedChoice();
      if (!choice || !source) return [];
      const { version } = choice.under;
      const { held } = source;
      const { index } = choice;
      return evaluationOf(version.of(index)!, version.prepared, held.call(index), held.session(index))
        .conditions;
    },
    callText(call) {
      const index = source?.held.find(call);
      return index === undefined ? null : copyOf(source!.held.call(index));
    },
    evaluate,
    callLine: lineOf,
    dispose() {
      isDisposed = true;
      releaseWaiting();
    },
  };
}

const NO_NEEDS: SessionNeeds = { calls: false, tools: false, history: false };

function withoutFlips(shown: Shown): Shown {
  return { ...shown, flips: null, policies: shown.policies.map((policy) => ({ ...policy, flips: null })) };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
