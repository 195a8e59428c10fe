import type { Call, CallAgent, CallUser } from '@benchbook/model';
import type { Circumstances, SpanView } from './view.ts';

/** A span as the first pass keeps it; resolved, it has from those above what it does not say itself. */
interface Node {
  readonly parent: string | undefined;
  readonly trace: string;
  readonly start: number;
  readonly isAgent: boolean;
  readonly fallback: Circumstances | undefined;
  readonly tool: string | undefined;
  decision: Call['recorded'];
  agent: CallAgent | undefined;
  user: CallUser | undefined;
  session: string | undefined;
  /** The agent above the agent. */
  parentAgent: CallAgent | undefined;
  /** The key of the call that this span is part of. */
  call: string | undefined;
  resolved: boolean;
}

/** What is known of a call once all spans are. */
export interface Plan extends Circumstances {
  seq: number;
  /** How many spans tell of it. */
  spans: number;
  recorded?: Call['recorded'];
  /** The call went out: a span that is told again changes nothing. */
  done?: boolean;
}

interface Undecided {
  readonly plan: Plan;
  readonly start: number;
}

/** Beyond this many, what spans say is not worth looking for another that says it. */
const MAX_SHARED = 10_000;

/** All spans of a recording, by id: who stands above whom. Parents may come after children, or never. */
export class SpanTree {
  /** Empty once all is planned: then only calls are kept. */
  private readonly nodes = new Map<string, Node>();
  /** One object for what many spans say alike. */
  private readonly shared = new Map<string, unknown>();
  /** Circumstances that a trace tells, whatever the spans say. */
  private readonly traces = new Map<string, Circumstances>();
  private readonly twins = new Map<string, string>();
  private readonly servers: { readonly key: string; readonly twin: string }[] = [];
  private readonly plans = new Map<string, Plan>();
  /** Spans that tell of another span's call. */
  private readonly merged = new Map<string, string>();
  private readonly loose = new Set<string>();
  private planned = false;

  static key(trace: string, id: string): string {
    return `${trace}/${id}`;
  }

  /** Keeps a span. The first of an id counts: exporters send again what they think was lost. */
  add(view: SpanView): void {
    const key = SpanTree.key(view.trace, view.id);
    if (this.nodes.has(key)) return;
    this.nodes.set(key, {
      parent: view.parent === undefined ? undefined : SpanTree.key(view.trace, view.parent),
      trace: view.trace,
      start: view.start ?? Number.POSITIVE_INFINITY,
      isAgent: view.isAgent === true,
      fallback: this.share(view.fallback),
      tool: this.share(view.tool),
      decision: view.decision,
      agent: this.share(view.agent),
      user: this.share(view.user),
      session: this.share(view.session),
      parentAgent: undefined,
      call: undefined,
      resolved: false,
    });
    if (view.session !== undefined && !this.traces.get(view.trace)?.session)
      this.addTrace(view.trace, { session: this.share(view.session) });
    if (view.twin === undefined) return;
    if (view.side === 'server') this.servers.push({ key, twin: view.twin });
    else if (!this.twins.has(view.twin)) this.twins.set(view.twin, key);
  }

  /** What a trace says of itself; the first to say something is believed. */
  addTrace(trace: string, facts: Circumstances): void {
    const known = this.traces.get(trace);
    this.traces.set(trace, {
      agent: known?.agent ?? facts.agent,
      user: known?.user ?? facts.user,
      session: known?.session ?? facts.session,
    });
  }

  /** The key of the call that a span which is a call is told by: its own, or that of a span above it. */
  callOf(key: string): string {
    this.plan();
    return this.merged.get(key) ?? key;
  }

  planOf(call: string): Plan | undefined {
    this.plan();
    return this.plans.get(call);
  }

  /** True for a decision that belongs to no call of its trace. */
  isLoose(key: string): boolean {
    this.plan();
    return this.loose.has(key);
  }

  private plan(): void {
    if (this.planned) return;
    this.planned = true;
    for (const [key, node] of this.nodes) if (!node.resolved) this.resolve(key, node);
    const roots: { readonly key: string; readonly node: Node }[] = [];
    this.mergeTwins();
    for (const [key, node] of this.nodes) {
      if (node.tool === undefined) continue;
      const call = this.callOf(node.call ?? key);
      if (call === key) roots.push({ key, node });
      else this.merged.set(key, call);
      const plan = this.plans.get(call);
      if (plan) plan.spans++;
      else this.plans.set(call, { ...this.circumstances(this.nodes.get(call)!), seq: 0, spans: 1 });
    }
    this.number(roots);
    this.planDecisions();
    this.nodes.clear();
    this.traces.clear();
    this.twins.clear();
    this.shared.clear();
  }

  /** A server's span that no call stands above belongs to the client's span of the same request. */
  private mergeTwins(): void {
    for (const { key, twin } of this.servers) {
      const client = this.twins.get(twin);
      const root = client === undefined ? undefined : this.nodes.get(client)?.call;
      if (root !== undefined && root !== key && this.nodes.get(key)?.call === key) this.merged.set(key, root);
    }
  }

  private number(roots: { readonly key: string; readonly node: Node }[]): void {
    // Stable: what starts together keeps the order of the file.
    roots.sort((a, b) => byStart(a.node, b.node));
    const next = new Map<string, number>();
    for (const { key } of roots) {
      const plan = this.plans.get(key)!;
      const seq = next.get(plan.session!) ?? 0;
      plan.seq = seq;
      next.set(plan.session!, seq + 1);
    }
  }

  /** A decision goes to the call it was taken in, else to the next undecided call of its trace, else to the last. */
  private planDecisions(): void {
    const beside: { readonly key: string; readonly node: Node }[] = [];
    for (const [key, node] of this.nodes) {
      if (node.decision === undefined) continue;
      const plan = node.call === undefined ? undefined : this.plans.get(this.callOf(node.call));
      if (plan) plan.recorded = joinDecisions(plan.recorded, node.decision);
      else beside.push({ key, node });
    }
    if (beside.length === 0) return;
    const calls = new Map<string, Undecided[]>();
    for (const [key, plan] of this.plans) {
      const { trace, start } = this.nodes.get(key)!;
      const ofTrace = calls.get(trace) ?? [];
      calls.set(trace, ofTrace);
      if (!plan.recorded) ofTrace.push({ plan, start });
    }
    for (const ofTrace of calls.values()) ofTrace.sort(byStart);
    beside.sort((a, b) => byStart(a.node, b.node));
    // Both ends only move inwards, so that a trace of many decisions stays linear.
    const passed = new Map<string, number>();
    const left = new Map<string, number>();
    for (const { key, node } of beside) {
      const ofTrace = calls.get(node.trace) ?? [];
      let next = passed.get(node.trace) ?? 0;
      while (next < ofTrace.length && ofTrace[next]!.start < node.start) next++;
      passed.set(node.trace, next + 1);
      let last = left.get(node.trace) ?? ofTrace.length - 1;
      while (last >= 0 && ofTrace[last]!.plan.recorded) last--;
      left.set(node.trace, last);
      const plan = (ofTrace[next] ?? ofTrace[last])?.plan;
      if (plan) plan.recorded = node.decision;
      else this.loose.add(key);
    }
  }

  private circumstances(node: Node): Circumstances {
    const { trace, fallback } = node;
    const told = this.traces.get(trace);
    const agent = node.agent ?? told?.agent ?? fallback?.agent;
    const above = node.parentAgent?.id;
    return {
      agent:
        agent && above !== undefined && above !== agent.id
          ? this.share({ ...agent, parentAgentId: above })
          : agent,
      user: node.user ?? told?.user ?? fallback?.user,
      session: node.session ?? told?.session ?? fallback?.session ?? trace,
    };
  }

  /** Goes up until something is resolved, then down again; a loop of parents ends where it closes. */
  private resolve(key: string, start: Node): void {
    const chain = [{ key, node: start }];
    const seen = new Set<string>([key]);
    let above: Node | undefined;
    for (let at = start.parent; at !== undefined && !seen.has(at); at = above?.parent) {
      above = this.nodes.get(at);
      if (!above || above.resolved) break;
      seen.add(at);
      chain.push({ key: at, node: above });
    }
    let over = above?.resolved ? above : undefined;
    for (const { key: own, node } of chain.reverse()) {
      const part =
        over?.call !== undefined &&
        (node.tool === undefined || node.tool === this.nodes.get(over.call)?.tool);
      node.call = node.isAgent ? undefined : part || node.tool === undefined ? over?.call : own;
      node.parentAgent = node.isAgent ? over?.agent : over?.parentAgent;
      node.agent ??= over?.agent;
      node.user ??= over?.user;
      node.session ??= over?.session;
      node.resolved = true;
      over = node;
    }
  }

  private share<T>(value: T): T {
    if (value === undefined || value === null) return value;
    const text = JSON.stringify(value);
    const known = this.shared.get(text);
    if (known !== undefined) return known as T;
    if (this.shared.size < MAX_SHARED) this.shared.set(text, value);
    return value;
  }
}

function byStart(a: { readonly start: number }, b: { readonly start: number }): number {
  return a.start < b.start ? -1 : a.start > b.start ? 1 : 0;
}

function joinDecisions(first: Call['recorded'], second: Call['recorded']): Call['recorded'] {
  if (!first || !second) return first ?? second;
  const policies = [...new Set([...(first.policies ?? []), ...(second.policies ?? [])])];
  return { ...first, ...second, ...(policies.length > 0 ? { policies } : {}) };
}
