/** The results of `benchbook diff`: two versions of the policies, base and head, over the same recordings. */
import type { Outcome } from './decision.ts';
import type { DiagnosticReport, UnreadableReport } from './report.ts';
import type { LineColumnRange } from './text.ts';

/** The same figure of both versions. */
export interface Sides<Figure> {
  readonly base: Figure;
  readonly head: Figure;
}

/** A condition of one version, as written. */
export interface ConditionPlace {
  readonly text: string;
  readonly file: string;
  readonly range: LineColumnRange;
}

/** A condition that is not the same in both versions; null where one has none in its place. */
export interface ConditionChange {
  readonly base: ConditionPlace | null;
  readonly head: ConditionPlace | null;
}

/** How a policy differs. `context`: its own text is the same, but not what it depends on (data, schema, helpers). */
export type PolicyChange = 'added' | 'removed' | 'renamed' | 'changed' | 'context' | 'same';

/** A policy of either version that is not the same in both. */
export interface ChangedPolicy {
  /** Its id in head; in base where head has none. */
  readonly id: string;
  readonly change: Exclude<PolicyChange, 'same'>;
  /** Its id in base, where that is another. */
  readonly was?: string;
  readonly file: string;
  readonly range: LineColumnRange;
  readonly conditions: readonly ConditionChange[];
}

/** A call whose known outcome differs. */
export interface Flip {
  readonly call: string;
  readonly session: string;
  readonly tool: string;
  readonly agent: string | null;
  readonly user: string | null;
  readonly from: Outcome;
  readonly to: Outcome;
  /** Ids of the policies that made the difference, most telling first. */
  readonly because: readonly string[];
  /** The condition of the first of them that made it, in one sentence; null where none can be named. */
  readonly condition: string | null;
  readonly determining: Sides<readonly string[]>;
  readonly reasons: Sides<readonly string[]>;
  /** Policies that erred, with what they said: an erring policy is not a silent one. */
  readonly errors: Sides<readonly string[]>;
  /** A call before it in its session flipped already: it might not have happened so. */
  readonly afterDivergence: boolean;
  /** The reason that its approval gives; null where nothing approves it. */
  readonly approved: string | null;
  readonly source: { readonly file: string; readonly line?: number };
}

/** A call that is `indeterminate` on either side: never counted as unchanged. */
export interface Undecided {
  readonly call: string;
  readonly session: string;
  readonly tool: string;
  readonly from: Outcome;
  readonly to: Outcome;
  /** Facts for want of which it could not be known, or what failed. */
  readonly why: readonly string[];
  readonly source: { readonly file: string; readonly line?: number };
}

/** A name with how many flips it is in. */
export interface Affected {
  readonly name: string;
  readonly flips: number;
}

/** Flips of one policy. */
export interface FlipGroup {
  readonly policy: string;
  readonly change: PolicyChange;
  readonly flips: number;
  /** `deny->allow` first: newly allowed calls are what reviewers fear. */
  readonly byKind: { readonly [kind: string]: number };
  readonly conditions: readonly {
    /** `amount <= 500` became `amount <= 5000`; null: no condition can be named. */
    readonly because: string | null;
    readonly flips: number;
    readonly byKind: { readonly [kind: string]: number };
    /** The first calls, at most 20. */
    readonly calls: readonly string[];
  }[];
  readonly agents: readonly Affected[];
  readonly users: readonly Affected[];
  readonly tools: readonly Affected[];
}

/** Are the slowest decisions slower? Both versions measured interleaved in one process, in milliseconds. */
export interface DiffLatency {
  readonly unit: 'ms';
  /** Calls measured. */
  readonly n: number;
  readonly sessions: number;
  /** Decisions of each version per call, of which the median counts. */
  readonly repeats: number;
  readonly p50: Sides<number>;
  readonly p99: Sides<number> & {
    readonly ratio: number;
    /** 95 % bootstrap interval of the ratio, clustered by session. */
    readonly interval: readonly [number, number];
    /** `regression`: the interval lies above 1. */
    readonly verdict: 'regression' | 'improvement' | 'unchanged' | 'inconclusive';
    /** `inconclusive`: how many repeats may decide it. */
    readonly neededRepeats?: number;
  };
  /** What carries the difference, largest first. */
  readonly policies: readonly { readonly policy: string; readonly share: number }[];
  readonly calls: readonly {
    readonly call: string;
    readonly tool: string;
    readonly base: number;
    readonly head: number;
  }[];
}

/** What makes exit code 1. */
export type DiffFinding =
  | {
      readonly kind: 'flip';
      readonly call: string;
      readonly from: Outcome;
      readonly to: Outcome;
      readonly message: string;
    }
  | { readonly kind: 'stale-approval'; readonly line: number; readonly message: string }
  | {
      readonly kind: 'latency';
      readonly threshold: 'p99Ratio' | 'p99Ms';
      readonly limit: number;
      readonly actual: number;
      readonly message: string;
    };

export interface DiffReport {
  readonly schema: 'benchbook.diff/v1';
  /** The revision or folder, as the user named it. */
  readonly base: string;
  readonly summary: {
    /** = flips + unchanged + undecided. */
    readonly calls: number;
    readonly sessions: number;
    readonly flips: number;
    readonly unchanged: number;
    readonly undecided: number;
    /** `from->to`, newly allowed first. */
    readonly byKind: { readonly [kind: string]: number };
    readonly approved: number;
    /** Sessions with a flip: what follows the first one might not have happened so. */
    readonly firstDivergences: number;
    readonly affected: {
      readonly agents: number;
      readonly users: number;
      readonly tools: number;
      readonly sessions: number;
    };
    /** Calls on which some policy erred. */
    readonly withErrors: Sides<number>;
    readonly unreadable: number;
  };
  /** By file and place. */
  readonly policies: readonly ChangedPolicy[];
  /** Those with newly allowed calls first, then by number of flips. */
  readonly groups: readonly FlipGroup[];
  readonly flips: readonly Flip[];
  readonly undecided: readonly Undecided[];
  readonly coverage: {
    /** Shares from 0 to 1; 1 where there is nothing to cover. */
    readonly policies: Sides<number>;
    readonly conditions: Sides<number>;
    /** Covered in base and, though still there, not in head. */
    readonly lost: {
      readonly policies: readonly string[];
      readonly conditions: readonly (ConditionPlace & { readonly policy: string | null })[];
    };
  };
  readonly controls: readonly {
    readonly ref: string;
    readonly title: string;
    readonly policies: Sides<number>;
    readonly evidenced: Sides<boolean>;
    readonly determined: Sides<number>;
  }[];
  readonly latency?: DiffLatency;
  /** With `--approve` alone. */
  readonly approvals?: {
    readonly file: string;
    readonly entries: number;
    readonly stale: readonly { readonly line: number; readonly text: string }[];
  };
  readonly findings: readonly DiffFinding[];
  readonly unreadable: readonly UnreadableReport[];
  /** Of head. */
  readonly diagnostics: readonly DiagnosticReport[];
  readonly recordings: readonly { readonly file: string; readonly format: string; readonly calls: number }[];
}

/** Kinds of flips in the order in which reviewers fear them. */
export const FLIP_KINDS: readonly string[] = [
  'deny->allow',
  'escalate->allow',
  'deny->escalate',
  'allow->escalate',
  'escalate->deny',
  'allow->deny',
];
