import { FLIP_KINDS, type Flip, type Outcome, type Sides, type Undecided } from '@benchbook/model';
import type { PdpDecision } from '@benchbook/pdp';
import { compare } from '../order.ts';
import { sourceOf } from '../replay/decide-calls.ts';
import type { VisitedCall } from '../replay/walk.ts';
import type { Because } from './because.ts';

/** One call under both versions. */
export interface ComparedCall extends VisitedCall {
  readonly base: PdpDecision;
  readonly head: PdpDecision;
}

/** Sums over compared calls. */
export interface FlipCounter {
  visit(compared: ComparedCall): void;
  /** To be called where a recording ends: puts its calls into reading order. */
  endRecording(): void;
  readonly result: {
    readonly calls: number;
    readonly sessions: number;
    readonly unchanged: number;
    readonly firstDivergences: number;
    readonly withErrors: Sides<number>;
    readonly flips: readonly Flip[];
    readonly undecided: readonly Undecided[];
  };
}

/** Distinct pairs of decisions whose explanation is remembered. */
const MAX_KNOWN = 4_000;

/** `because` is asked once for each distinct pair of decisions. */
export function countFlips(because: (base: PdpDecision, head: PdpDecision) => Because): FlipCounter {
  const flips = inReadingOrder<Flip>();
  const undecided = inReadingOrder<Undecided>();
  const known = new Map<string, Because>();
  const withErrors = { base: 0, head: 0 };
  let calls = 0;
  let sessions = 0;
  let unchanged = 0;
  let firstDivergences = 0;

  function explained({ base, head }: ComparedCall): Because {
    if (!base.remembered || !head.remembered) return because(base, head);
    const key = `${base.serial} ${head.serial}`;
    let reason = known.get(key);
    if (!reason) {
      reason = because(base, head);
      if (known.size >= MAX_KNOWN) known.clear();
      known.set(key, reason);
    }
    return reason;
  }

  return {
    visit(compared) {
      const { call, base, head, mark } = compared;
      calls++;
      if (compared.firstOfSession) sessions++;
      if (base.errors.length > 0) withErrors.base++;
      if (head.errors.length > 0) withErrors.head++;
      if (base.outcome === 'indeterminate' || head.outcome === 'indeterminate') {
        undecided.add(compared, undecidedOf(compared));
        return;
      }
      if (base.outcome === head.outcome) {
        unchanged++;
        return;
      }
      const { policies, condition } = explained(compared);
      flips.add(compared, {
        call: call.id,
        session: call.session,
        tool: call.tool.name,
        agent: call.agent?.id ?? null,
        user: call.user?.id ?? null,
        from: base.outcome,
        to: head.outcome,
        because: policies,
        condition,
        determining: { base: base.determining, head: head.determining },
        reasons: { base: base.reasons, head: head.reasons },
        errors: { base: messagesOf(base), head: messagesOf(head) },
        afterDivergence: mark.diverged,
        approved: null,
        source: sourceOf(call),
      });
      if (!mark.diverged) firstDivergences++;
      mark.diverged = true;
    },
    endRecording() {
      flips.endRecording();
      undecided.endRecording();
    },
    get result() {
      const found = { flips: flips.sorted, undecided: undecided.sorted };
      return { calls, sessions, unchanged, firstDivergences, withErrors, ...found };
    },
  };
}

/** Sessions by their first call, within one by `seq`. */
function inReadingOrder<Entry>() {
  const sorted: Entry[] = [];
  let pending: { readonly entry: Entry; readonly session: number; readonly seq: number }[] = [];
  return {
    sorted,
    add({ sessionNumber, call }: ComparedCall, entry: Entry): void {
      pending.push({ entry, session: sessionNumber, seq: call.seq });
    },
    endRecording(): void {
      pending.sort((a, b) => a.session - b.session || a.seq - b.seq);
      for (const { entry } of pending) sorted.push(entry);
      pending = [];
    },
  };
}

function undecidedOf({ call, base, head }: ComparedCall): Undecided {
  const why = [base, head].flatMap((decision) =>
    decision.outcome !== 'indeterminate'
      ? []
      : decision.missing.length > 0
        ? decision.missing
        : decision.errors.map(({ message }) => message),
  );
  return {
    call: call.id,
    session: call.session,
    tool: call.tool.name,
    from: base.outcome,
    to: head.outcome,
    why: [...new Set(why)].sort(compare),
    source: sourceOf(call),
  };
}

/** Policies that erred, with what they said. */
function messagesOf({ errors }: PdpDecision): string[] {
  return errors.map(({ policy, message }) => (policy === null ? message : `${policy}: ${message}`));
}

/** `deny->allow`. */
export function kindOf({ from, to }: { readonly from: Outcome; readonly to: Outcome }): string {
  return `${from}->${to}`;
}

/** Flips by kind, newly allowed first; kinds that do not occur are left out. */
export function countKinds(flips: readonly Flip[]): { [kind: string]: number } {
  const counts = new Map<string, number>();
  for (const flip of flips) counts.set(kindOf(flip), (counts.get(kindOf(flip)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => FLIP_KINDS.indexOf(a) - FLIP_KINDS.indexOf(b)));
}
