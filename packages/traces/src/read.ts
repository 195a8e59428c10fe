import type { ByteSource, Call, Json } from '@benchbook/model';
import { ContentError, unpacked } from './bytes/gzip.ts';
import type { Place } from './call/draft.ts';
import { Output, type ReadProblem } from './call/output.ts';
import { formatOf, formatTitles } from './detect.ts';
import type { Format, Reader, SessionScope } from './formats/format.ts';
import { array } from './json/access.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { hasWholeLines, type Shape, shapeOf } from './shape.ts';
import { documentValue, lineValues, type ReadValue } from './values.ts';

export interface ReadOptions {
  /** Lower or higher limits than {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<Limits>;
}

/** What was read since the batch before. */
export interface ReadBatch {
  /** The recording's format; null where it has none that is known. */
  readonly format: string | null;
  readonly sessionScope: SessionScope;
  /** Of one session in the order of `seq`. */
  readonly calls: readonly Call[];
  readonly problems: readonly ReadProblem[];
  /** Stored bytes (compressed where the file is): the sum over all batches is the file's size. */
  readonly bytes: number;
}

/** Lines, and characters of them, that are looked at to find the format. */
const SAMPLE_LINES = 200;
const SAMPLE_SIZE = 4 * 1024 * 1024;

/**
 * Reads one recording of any known format, told by its content. Lines are streamed: memory does not grow with the
 * file, but for the ids of formats that need two passes. Every failure is a problem, none an exception; ends with
 * a batch that may be empty.
 */
export async function* readRecording(
  source: ByteSource,
  options: ReadOptions = {},
): AsyncGenerator<ReadBatch> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  yield* new Recording(source, limits).read();
}

class Recording {
  private output: Output;
  private reader: Reader | undefined;
  private format: Format | undefined;
  private stored = 0;
  /** Why the bytes ended early. */
  private failure: string | undefined;
  private readonly source: ByteSource;
  private readonly limits: Limits;

  constructor(source: ByteSource, limits: Limits) {
    this.source = source;
    this.limits = limits;
    this.output = new Output(source.path, 'unknown', limits.held);
  }

  async *read(): AsyncGenerator<ReadBatch> {
    let shape: Shape = await shapeOf(this.bytes(), this.limits);
    if (shape === 'document') {
      const value = await documentValue(this.bytes(), this.limits);
      if (value.value !== undefined) {
        yield* this.readAll([value], this.size());
        return;
      }
      if (!(await hasWholeLines(this.bytes(), this.limits))) {
        yield this.batch(value.problem ?? 'not readable', this.size());
        return;
      }
      shape = 'lines';
    }
    if (shape === 'empty') yield this.batch('empty file', this.size());
    else yield* this.readLines();
  }

  private async *readLines(): AsyncGenerator<ReadBatch> {
    const sample: ReadValue[] = [];
    let size = 0;
    let sampled = false;
    let single = true;
    this.stored = 0;
    for await (const block of lineValues(this.bytes(true), this.limits)) {
      if (!sampled) {
        sample.push(...block);
        size += block.reduce((sum, value) => sum + value.size, 0);
        this.format ??= find(block);
        single = sample.length < 2;
        if (this.format === undefined && sample.length < SAMPLE_LINES && size < SAMPLE_SIZE) continue;
        if (this.format !== undefined && single) continue;
        sampled = true;
        if (this.format === undefined) break;
        await this.open(false);
        yield* this.feed(sample, false);
        continue;
      }
      yield* this.feed(block, false);
    }
    if (!sampled && this.format !== undefined) {
      await this.open(single);
      yield* this.feed(sample, single);
    }
    if (this.format === undefined) {
      yield this.unknown(sample);
      return;
    }
    yield* this.finish();
  }

  private async *readAll(values: ReadValue[], stored: number): AsyncGenerator<ReadBatch> {
    this.stored = stored;
    this.format = find(values);
    if (this.format === undefined) {
      yield this.unknown(values);
      return;
    }
    this.reader = this.format.open(this.useOutput(this.format), this.limits);
    for (const value of values) this.each(value, true, (item, place) => this.reader?.survey?.(item, place));
    yield* this.feed(values, true);
    yield* this.finish();
  }

  /** Opens the reader; where the format needs it, lets it see the whole recording once before. */
  private async open(single: boolean): Promise<void> {
    const reader = this.format!.open(this.useOutput(this.format!), this.limits);
    this.reader = reader;
    if (!reader.survey) return;
    for await (const block of lineValues(this.bytes(), this.limits))
      for (const value of block) this.each(value, single, (item, place) => reader.survey?.(item, place));
  }

  private useOutput(format: Format): Output {
    this.output = new Output(this.source.path, format.name, this.limits.held);
    return this.output;
  }

  private *feed(values: readonly ReadValue[], single: boolean): Generator<ReadBatch> {
    for (const value of values) {
      if (value.problem !== undefined) this.output.problem(value, value.problem);
      this.each(value, single, (item, place) => this.reader?.read(item, place));
      if (this.output.calls.length >= this.limits.batch || this.output.problems.length >= this.limits.batch)
        yield this.take();
    }
  }

  /** Calls `visit` with the value, or with the items of a list of documents. */
  private each(read: ReadValue, single: boolean, visit: (item: Json, place: Place) => void): void {
    const { value, line, doubts } = read;
    if (value === undefined) return;
    const path = this.source.path;
    const at = line === undefined ? { doubts } : { doubts, line };
    const separate = this.format?.separate === true;
    const session = single || !separate || line === undefined ? path : `${path}:${line}`;
    const items = array(value);
    if (!items || this.format?.detect(value)) visit(value, { ...at, session });
    else
      items.forEach((item, index) => {
        visit(item, { ...at, session: items.length === 1 || !separate ? session : `${session}[${index}]` });
      });
  }

  private *finish(): Generator<ReadBatch> {
    this.reader?.end();
    this.output.end();
    if (this.failure !== undefined) this.output.problem({}, this.failure);
    yield this.take();
  }

  private unknown(sample: readonly ReadValue[]): ReadBatch {
    const problem = sample.find(({ problem }) => problem !== undefined)?.problem;
    const json = sample.some(({ value }) => value !== undefined);
    const why = json || problem === undefined ? '' : ` (${problem})`;
    return this.batch(`unknown format${why}; tried ${formatTitles().join(', ')}`, this.size());
  }

  private batch(message: string, bytes: number): ReadBatch {
    this.output.problem({}, this.failure ?? message);
    this.stored = bytes;
    return this.take();
  }

  private take(): ReadBatch {
    const { calls, problems } = this.output;
    const { name: format = null, sessionScope = 'recording' } = this.format ?? {};
    const batch: ReadBatch = { format, sessionScope, calls, problems, bytes: this.stored };
    this.output.calls = [];
    this.output.problems = [];
    this.stored = 0;
    return batch;
  }

  private size(): number {
    return this.source.size;
  }

  /** The unpacked bytes. A source that fails, or corrupt gzip, ends them early and stands in `failure`. */
  private async *bytes(counted = false): AsyncGenerator<Uint8Array> {
    const chunks = unpacked(this.source.open(), (stored) => {
      if (counted) this.stored += stored;
    });
    try {
      for (;;) {
        const { done, value } = await chunks.next().catch((error: unknown) => {
          this.failure = error instanceof ContentError ? error.message : `cannot be read: ${reason(error)}`;
          return { done: true, value: undefined } as const;
        });
        if (done) return;
        yield value;
      }
    } finally {
      await chunks.return(undefined);
    }
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function find(values: readonly ReadValue[]): Format | undefined {
  for (const { value } of values) {
    const format = value === undefined ? undefined : formatOf(value);
    if (format) return format;
  }
  return undefined;
}
