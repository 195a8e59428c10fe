import type { Json } from '@benchbook/model';
import type { Draft, Place } from '../call/draft.ts';
import type { Output } from '../call/output.ts';
import type { Reader } from '../formats/format.ts';
import { SpanTree } from './tree.ts';
import type { Circumstances, SpanView } from './view.ts';

/** How a format's values are taken apart. */
export interface SpanSource {
  /** The spans of a line or document; null where it is none of this format. */
  spans(value: Json, place: Place): Iterable<SpanView> | null;
  /** What the value says of whole traces, by trace id. */
  traces?(value: Json): Iterable<readonly [string, Circumstances]>;
}

/** Reads formats made of spans in two passes: who is above whom, then the calls. */
export class SpanReader implements Reader {
  private readonly output: Output;
  private readonly source: SpanSource;
  private readonly tree = new SpanTree();
  /** Calls told by several spans, until all were read. */
  private readonly parts = new Map<string, Part[]>();

  constructor(output: Output, source: SpanSource) {
    this.output = output;
    this.source = source;
  }

  survey(value: Json, place: Place): void {
    for (const view of this.source.spans(value, place) ?? []) this.tree.add(view);
    for (const [trace, facts] of this.source.traces?.(value) ?? []) this.tree.addTrace(trace, facts);
  }

  read(value: Json, place: Place): void {
    const spans = this.source.spans(value, place);
    if (spans === null) {
      this.output.problem(place, `no ${this.output.format} data`);
      return;
    }
    for (const view of spans) this.readSpan(view, place);
  }

  end(): void {
    for (const [call, parts] of [...this.parts]) this.emit(call, parts);
  }

  private readSpan(view: SpanView, place: Place): void {
    const key = SpanTree.key(view.trace, view.id);
    if (view.tool === undefined || !view.draft) {
      if (view.decision && this.tree.isLoose(key))
        this.output.problem(place, 'a policy decision that names no tool and whose trace has no call');
      return;
    }
    const call = this.tree.callOf(key);
    const plan = this.tree.planOf(call);
    if (!plan || plan.done) return;
    const parts = this.parts.get(call) ?? [];
    if (parts.some((part) => part.key === key)) return;
    parts.push({ key, draft: view.draft() });
    if (parts.length < plan.spans) this.parts.set(call, parts);
    else this.emit(call, parts);
  }

  /** One call of all that its spans know; the outermost span is asked first. */
  private emit(call: string, parts: readonly Part[]): void {
    const plan = this.tree.planOf(call);
    if (!plan) return;
    plan.done = true;
    this.parts.delete(call);
    const ordered = [...parts].sort((a, b) => Number(b.key === call) - Number(a.key === call));
    const [first, ...others] = ordered.map(({ draft }) => draft) as [Draft, ...Draft[]];
    for (const other of others) complete(first, other);
    first.agent = plan.agent;
    first.user = plan.user;
    first.session = plan.session;
    first.seq = plan.seq;
    if (plan.recorded) first.recorded = { ...first.recorded, ...plan.recorded };
    if (first.recorded?.outcome === 'deny' && first.recorded.mode !== 'LOG_ONLY')
      first.result = { ...first.result, status: 'denied' };
    this.output.emit(first);
  }
}

interface Part {
  readonly key: string;
  readonly draft: Draft;
}

function complete(draft: Draft, other: Draft): void {
  draft.doubts = (draft.doubts ?? 0) | (other.doubts ?? 0) | other.place.doubts;
  if (draft.args === 'unrecorded') draft.args = other.args;
  if (draft.result?.content === undefined && other.result?.content !== undefined)
    draft.result = { status: draft.result?.status ?? other.result.status, content: other.result.content };
  if (other.result?.status === 'error' && draft.result?.status === 'ok')
    draft.result = { ...draft.result, status: 'error' };
  if (other.recorded) draft.recorded = { ...other.recorded, ...draft.recorded };
  draft.callId ??= other.callId;
  draft.server ??= other.server;
  draft.ts ??= other.ts;
  draft.durationMs ??= other.durationMs;
}
