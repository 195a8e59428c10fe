import type { Call, CallSource } from '@benchbook/model';
import type { Draft, Place } from './draft.ts';
import { finish } from './finish.ts';
import { Sequencer } from './sequence.ts';

/** A place of a recording that could not be read, and why. */
export interface ReadProblem {
  readonly file: string;
  /** 1-based; absent for single documents and for what concerns a whole file. */
  readonly line?: number;
  readonly message: string;
}

/** Collects what a reader finds in one recording. */
export class Output {
  calls: Call[] = [];
  problems: ReadProblem[] = [];
  private readonly order: Sequencer;

  readonly file: string;
  readonly format: string;

  constructor(file: string, format: string, held: number) {
    this.file = file;
    this.format = format;
    this.order = new Sequencer((call) => this.calls.push(call), held);
  }

  emit(draft: Draft): void {
    const session = draft.session ?? draft.place.session;
    const counted = draft.seq === undefined;
    const seq = draft.seq ?? this.order.next(session);
    const { line } = draft.place;
    const source: CallSource = {
      format: this.format,
      file: this.file,
      ...(line === undefined ? {} : { line }),
      ...(draft.origin === undefined ? {} : { origin: draft.origin }),
    };
    this.order.accept(finish(draft, session, seq, source), counted);
  }

  problem(place: Pick<Place, 'line'>, message: string): void {
    const line = place.line === undefined ? {} : { line: place.line };
    this.problems.push({ file: this.file, ...line, message });
  }

  end(): void {
    this.order.end();
  }
}
