/**
 * The seam between the languages and everything else. An engine is opened with its assets, given files, and
 * answers with policy sets that decide. Nobody outside an engine asks which language it is.
 */
import type { Basis, Effect, EvaluationError, Obligation, Outcome } from './decision.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Json, JsonObject } from './json.ts';
import type { LanguageFeatures } from './language.ts';
import type { TextRange } from './text.ts';

/** Language ids as reports print them. */
export type LanguageId = 'cedar' | 'rego' | 'cel' | 'cel-policy';

/** What a file is to its engine. `policy` files hold policies; the rest is context for them. */
export type FileRole = 'policy' | 'schema' | 'entities' | 'data' | 'links' | 'controls' | 'manifest' | 'test';

/** Which files an engine takes. The first matching pattern wins. */
export interface FilePattern {
  /** End of the file's base name, e.g. `.cel.yaml`, or the whole base name, e.g. `.manifest`. */
  readonly suffix: string;
  readonly role: FileRole;
  readonly language: LanguageId;
  /** Taken only where another file of this engine stands under the same policy root (`data.json` of Rego). */
  readonly companion?: boolean;
  /** What starts a comment in it, for `benchbook-ignore`: `//` or `#`. Told by the file's ending if absent. */
  readonly comment?: string;
}

/** What differs between languages, as data. */
export interface EngineManifest {
  readonly name: string;
  /** For people: `Cedar`, `Rego`, `CEL`. */
  readonly title: string;
  /** Of the language's implementation, as its project numbers it. */
  readonly version?: string;
  readonly languages: readonly LanguageId[];
  readonly files: readonly FilePattern[];
  /** Names of binary assets that `open` reads. */
  readonly assets: readonly string[];
  /** Keys of the engine's own section of the manifest, so that a misspelt one is found. Absent: any. */
  readonly settingKeys?: readonly string[];
  /** Keys of the engine's section under `mapping`. Absent: any. */
  readonly mappingKeys?: readonly string[];
}

/** Binary assets by name; rejects with a clear message where one cannot be had. */
export interface EngineAssets {
  read(name: string): Promise<Uint8Array>;
}

export interface SourceFile {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** Relative to the policy root it was found under (where `data.json` mounts); equals `path` if unknown. */
  readonly rootPath: string;
  readonly role: FileRole;
  readonly language: LanguageId;
  readonly text: string;
}

/** A tool as MCP `tools/list` tells it. */
export interface ToolDefinition {
  readonly name: string;
  readonly server?: string;
  readonly description?: string;
  /** JSON Schema of the arguments. */
  readonly inputSchema?: JsonObject;
}

/** A registered agent: id and whatever attributes its card states. */
export interface AgentCard {
  readonly id: string;
  readonly attributes: JsonObject;
}

/** What recordings show of numbers where no schema says it: `decimal` if any value has a fraction. */
export interface ObservedNumber {
  readonly tool: string;
  /** JSON Pointer into the call with array indexes as `-`, e.g. `/args/items/-/price`. */
  readonly path: string;
  readonly type: 'long' | 'decimal';
}

/** Everything an engine decides from. */
export interface EngineInput {
  readonly files: readonly SourceFile[];
  readonly tools: readonly ToolDefinition[];
  readonly agents: readonly AgentCard[];
  readonly numbers: readonly ObservedNumber[];
}

export interface EngineOptions {
  /** The engine's section under `mapping` of the manifest. */
  readonly mapping?: JsonObject;
  /** The engine's own section of the manifest (`rego: { version, entrypoints }`). */
  readonly settings?: JsonObject;
  /** Steps after which a decision is stopped; the engine's default where absent. */
  readonly budget?: number;
  /** Requests that got stuck in a fast lane before: kept off it. `key` null: the whole set. */
  readonly avoidFastLane?: readonly { readonly set: string; readonly key: string | null }[];
  /** Off: every decision in the reference lane. Default true. */
  readonly fastLane?: boolean;
}

export interface Engine {
  readonly manifest: EngineManifest;
  /** Rejects only where an asset is missing or broken, with a message for the user. */
  open(assets: EngineAssets, options: EngineOptions): Promise<EngineSession>;
}

export interface EngineSession {
  /** Replaces what the session works on; unchanged files cost nothing at the next snapshot. */
  update(input: EngineInput): void;
  /** Loads what `update` gave. Never rejects for what users wrote: see `diagnostics`. */
  snapshot(signal?: AbortSignal): Promise<Snapshot>;
  /** Editor verbs, each optional, over the whole workspace; see `language.ts`. */
  readonly language: Partial<LanguageFeatures>;
  /**
   * Runs the language's own tests (files of role `test`) against what the latest snapshot holds. Results stand by
   * file and place. Never rejects for what users wrote: a test file that does not load is one result of state `error`.
   */
  test?(signal?: AbortSignal): Promise<readonly TestResult[]>;
  close(): void;
}

/** What one of the language's own tests came to. */
export interface TestResult {
  /** As the language names it: `data.desk.test_refund`, the name that a tests file gives. */
  readonly name: string;
  readonly file: string;
  readonly range: TextRange | null;
  readonly language: LanguageId;
  /** `error`: it could not be run. */
  readonly state: 'passed' | 'failed' | 'error' | 'skipped';
  /** What was expected and what came, in one line; empty where it passed. */
  readonly message: string;
  /** What it exercised, per set of the latest snapshot; `states` as in {@link Observation}. */
  readonly seen: readonly {
    readonly set: string;
    readonly states: readonly PolicyState[];
    readonly cover: Cover;
  }[];
}

/** All of one engine's files, loaded. `sets` holds those that load; the rest is told in `diagnostics`. */
export interface Snapshot {
  readonly diagnostics: readonly Diagnostic[];
  /** Stay valid until the session closes, whatever `update` brings. */
  readonly sets: readonly PolicySet[];
  /** Some policy reads numbers whose type only the recordings can tell: `update` again with `numbers`. */
  readonly wantsNumbers?: boolean;
}

/** A control as tagged on a policy; the edition is the reference's own, if it has one. */
export interface ControlTag {
  readonly framework: string;
  readonly edition?: string;
  readonly id: string;
  readonly file: string;
  readonly range: TextRange;
  /** What the author wrote beside the id (`ASI05 "Unexpected code execution"`); to be held against the title. */
  readonly label?: string;
}

/** An author's statement that a policy serves no control. */
export interface ControlExemption {
  /** Empty where none was given. */
  readonly reason: string;
  readonly file: string;
  readonly range: TextRange;
}

/** One policy of a set. */
export interface Policy {
  /** `file#name` (design section 7). */
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly language: LanguageId;
  readonly effect: Effect;
  /** Of the whole policy, annotations included, in `file`. */
  readonly range: TextRange;
  /** Changes exactly when what the policy decides may change. */
  readonly digest: string;
  /** JSON Pointers into {@link Facts} that the policy may read; `''` means anything. */
  readonly reads: readonly string[];
  readonly controls: readonly ControlTag[];
  /** Present where the author opted out of controls (`none`). */
  readonly exemption?: ControlExemption;
  /**
   * Texts that it, or what it uses, names: string literals, entity and action ids (groups resolved), strings of the
   * data it reads. Sorted, distinct. A tool that is not among them is not singled out by it.
   */
  readonly mentions: readonly string[];
}

/**
 * A boolean leaf under `&&`, `||` and conditionals of a clause (parentheses and `!` dropped), the whole clause as one
 * more where it has two leaves or more, or a body expression that can be false (design section 5).
 */
export interface Condition {
  readonly file: string;
  readonly range: TextRange;
  /** Index of the policy it belongs to; null where it belongs to no single one (helpers, shared guards). */
  readonly policy: number | null;
  /** Index in `PolicySet.conditions` of the whole clause whose leaf it is; null for a clause of its own. */
  readonly parent: number | null;
  /** Present where it compares a fact with a literal. */
  readonly comparison?: Comparison;
}

/** A comparison of a fact with a literal, turned so that the fact stands on the left. */
export interface Comparison {
  /** JSON Pointer into {@link Facts}, e.g. `/args/amount`. */
  readonly pointer: string;
  /** `size`: the length of the text, list or map at `pointer` is compared. */
  readonly of: 'value' | 'size';
  readonly operator: '<' | '<=' | '==' | '!=' | '>=' | '>';
  /** Numbers as numbers whatever the language writes (`decimal("1.50")` is 1.5). */
  readonly literal: string | number | boolean;
}

/** What was seen of a condition on one request. Rego: true if it held for any binding. */
export type ConditionState = 'true' | 'false' | 'error' | 'unreached';

/** A place that is reached or not, for coverage by line: a policy's own line when it applied, an assignment. */
export interface Statement {
  readonly file: string;
  readonly range: TextRange;
}

/** What one request exercised. */
export interface Cover {
  /** One per `PolicySet.conditions`. */
  readonly conditions: readonly ConditionState[];
  /** One per `PolicySet.statements`: reached. */
  readonly statements: readonly boolean[];
}

/** What came before in the session. Parts that nothing reads are absent. */
export interface SessionFacts {
  readonly calls?: number;
  readonly tools?: readonly string[];
  readonly history?: readonly JsonObject[];
}

/**
 * What the PDP tells an engine of one call: the call's own fields that policies may see. Hidden: `labels`,
 * `expect`, `recorded`, `result`, `approval`, `durationMs`, `src`.
 */
export interface Facts {
  readonly agent?: JsonObject;
  readonly user?: JsonObject;
  readonly tool: JsonObject;
  readonly args: JsonObject | null;
  readonly session: JsonObject;
  readonly ts?: string;
  readonly context?: JsonObject;
  /** An OPA decision log's `input`, verbatim. */
  readonly input?: Json;
}

/** Requests made ready: nothing of it is decided yet. Valid for the set that prepared it alone. */
export interface PreparedRequests {
  readonly length: number;
  /** JSON Pointers of facts of request `row` that the language cannot hold (a number that fits no type). */
  missing(row: number): readonly string[];
}

/** What one set says of one request. Indexes point into `PolicySet.policies`, ascending. */
export interface SetDecision {
  /** null: the set does not apply. */
  readonly outcome: Outcome | null;
  readonly basis: Basis;
  readonly determining: readonly number[];
  readonly reasons: readonly string[];
  readonly obligations: readonly Obligation[];
  /** Policy ids stand in `EvaluationError.policy`. Empty for a silent set. */
  readonly errors: readonly EvaluationError[];
}

/** A policy's part in one decision. */
export type PolicyState = 'applied' | 'silent' | 'error' | 'unreached';

/** What was seen beside a decision. */
export interface Observation {
  /** One state per policy of the set. */
  readonly states: readonly PolicyState[];
}

/** What one engine decides by itself. Deciding is synchronous and untraced. */
export interface PolicySet {
  /** Unique in the workspace and stable: `cedar`, `rego:data.agent.tools`, `cel:policies/x.cel.yaml`. */
  readonly id: string;
  readonly language: LanguageId;
  readonly policies: readonly Policy[];
  /** By file and place; the leaves of a clause follow it. The same place stands once. */
  readonly conditions: readonly Condition[];
  /** By file and place. */
  readonly statements: readonly Statement[];
  /** Changes exactly when some answer of the set may change. */
  readonly digest: string;
  /** Union of what requests of this set are made from, mapping included; `''` means everything. */
  readonly reads: readonly string[];
  /** Some decision the set can give is `allow` (else `check` warns that nothing can allow). */
  readonly canAllow: boolean;
  /** Builds requests from facts. Facts outside `reads` may be absent. Never throws for what they hold. */
  prepare(facts: readonly Facts[]): PreparedRequests;
  /** Decides one prepared request. Never throws. */
  decide(requests: PreparedRequests, row: number): SetDecision;
  /** Looks beside the decision: which policies applied. Never changes what `decide` says. */
  observe(requests: PreparedRequests, row: number): Observation;
  /** Looks beside the decision, down to the operands. Slower than `observe`; never changes what `decide` says. */
  cover(requests: PreparedRequests, row: number): Cover;
  /**
   * Every decision that could come out if each policy of `open` (indexes) may or may not apply and all others
   * stand as they are. At least one; the first is `decide`'s own.
   */
  alternatives(requests: PreparedRequests, row: number, open: readonly number[]): readonly SetDecision[];
}
