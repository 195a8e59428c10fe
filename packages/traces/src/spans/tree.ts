import type { Call, CallAgent } from '@benchbook/model';
import type { Circumstances, SpanView } from './view.ts';

/** A span as the first pass keeps it. */
interface Node extends Circumstances {
  readonly parent: string | undefined;
  readonly trace: string;
  readonly start: number;
  readonly isAgent: boolean;
  readonly fallback: Circumstances | undefined;
  readonly tool: string | undefined;
  readonly decision: Call['recorded'];
  resolved?: Resolved;
}

/** What a span has from itself and those above it. */
interface Resolved extends Circumstances {
  readonly parentAgent: CallAgent | undefined;
  /** The key of the call that this span is part of. */
  readonly call: string | undefined;
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

const NOTHING: Resolved = {
  agent: undefined,
  user: undefined,
  session: undefined,
  parentAgent: undefined,
  call: undefined,
};

/** All spans of a recording, by id: who stands above whom. Parents may come after children, or never. */
export class SpanTree {
  private readonly nodes = new Map<string, Node>();
  /** Circumstances that a trace tells, whatever the spans say. */
  private readonly traces = new Map<string, Circumstances>();
  private readonly twins = new Map<string, string>();
  private readonly servers: { readonly key: string; readonly twin: string }[] = [];
  private readonly plans = new Map<string, Plan>();
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
      fallback: view.fallback,
      tool: view.tool,
      decision: view.decision,
      agent: view.agent,
      user: view.user,
      session: view.session,
    });
    if (view.session !== undefined) this.addTrace(view.trace, { session: view.session });
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

  /** The key of the call that the span of this key is told by: its own, or that of a span above it. */
  callOf(key: string): string | undefined {
    this.plan();
    const call = this.nodes.get(key)?.resolved?.call;
    return call === undefined ? undefined : (this.merged.get(call) ?? call);
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
    for (const [key, node] of this.nodes) if (!node.resolved) this.resolve(key);
    for (const { key, twin } of this.servers) {
      const client = this.twins.get(twin);
      if (client !== undefined && this.nodes.get(key)?.resolved?.call === key) {
        const root = this.nodes.get(client)?.resolved?.call;
        if (root !== undefined && root !== key) this.merged.set(key, root);
      }
    }
    this.planCalls();
    this.planDecisions();
  }

  private planCalls(): void {
    const roots: { readonly key: string; readonly node: Node }[] = [];
    for (const [key, node] of this.nodes) {
      if (node.tool === undefined) continue;
      const call = this.callOf(key)!;
      const plan = this.plans.get(call);
      if (plan) plan.spans++;
      else this.plans.set(call, { ...this.circumstances(call), seq: 0, spans: 1 });
      if (call === key) roots.push({ key, node });
    }
    // Stable: what starts together keeps the order of the file.
    roots.sort((a, b) => (a.node.start < b.node.start ? -1 : a.node.start > b.node.start ? 1 : 0));
    const next = new Map<string, number>();
    for (const { key } of roots) {
      const plan = this.plans.get(key)!;
      const seq = next.get(plan.session!) ?? 0;
      plan.seq = seq;
      next.set(plan.session!, seq + 1);
    }
  }

  /** A decision goes to the call it was taken in, else to the next undecided call of its trace. */
  private planDecisions(): void {
    const decisions = [...this.nodes].filter(([, node]) => node.decision !== undefined);
    if (decisions.length === 0) return;
    const calls = new Map<string, { readonly key: string; readonly start: number }[]>();
    for (const key of this.plans.keys()) {
      const { trace, start } = this.nodes.get(key)!;
      calls.set(trace, [...(calls.get(trace) ?? []), { key, start }]);
    }
    for (const of of calls.values()) of.sort((a, b) => a.start - b.start || 0);
    decisions.sort(([, a], [, b]) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
    for (const [key, { decision, trace, start }] of decisions) {
      const within = this.callOf(key);
      const undecided = (calls.get(trace) ?? []).filter((call) => !this.plans.get(call.key)?.recorded);
      const found = within ?? (undecided.find((call) => call.start >= start) ?? undecided.at(-1))?.key;
      const plan = found === undefined ? undefined : this.plans.get(found);
      if (!plan) this.loose.add(key);
      else plan.recorded = joinDecisions(plan.recorded, decision);
    }
  }

  private circumstances(key: string): Circumstances {
    const { trace, fallback, resolved = NOTHING } = this.nodes.get(key)!;
    const told = this.traces.get(trace);
    const agent = resolved.agent ?? told?.agent ?? fallback?.agent;
    const above = resolved.parentAgent?.id;
    return {
      agent: agent && above !== undefined && above !== agent.id ? { ...agent, parentAgentId: above } : agent,
      user: resolved.user ?? told?.user ?? fallback?.user,
      session: resolved.session ?? told?.session ?? fallback?.session ?? trace,
    };
  }

  /** Goes up until something is resolved, then down again; a loop of parents ends where it closes. */
  private resolve(key: string): void {
    const chain: { readonly key: string; readonly node: Node }[] = [];
    const seen = new Set<string>();
    let at: string | undefined = key;
    while (at !== undefined && !seen.has(at)) {
      const node: Node | undefined = this.nodes.get(at);
      if (!node || node.resolved) break;
      seen.add(at);
      chain.push({ key: at, node });
      at = node.parent;
    }
    let above = (at === undefined || seen.has(at) ? undefined : this.nodes.get(at)?.resolved) ?? NOTHING;
    for (const { key: own, node } of chain.reverse()) {
      const agent = node.agent ?? above.agent;
      const outer = node.isAgent ? above.agent : above.parentAgent;
      const same =
        above.call !== undefined &&
        (node.tool === undefined || node.tool === this.nodes.get(above.call)?.tool);
      node.resolved = {
        agent,
        user: node.user ?? above.user,
        session: node.session ?? above.session,
        parentAgent: outer,
        call: node.isAgent ? undefined : same ? above.call : node.tool === undefined ? above.call : own,
      };
      above = node.resolved;
    }
  }
}

function joinDecisions(first: Call['recorded'], second: Call['recorded']): Call['recorded'] {
  if (!first || !second) return first ?? second;
  const policies = [...new Set([...(first.policies ?? []), ...(second.policies ?? [])])];
  return { ...first, ...second, ...(policies.length > 0 ? { policies } : {}) };
}
