/** What the toolchain module takes and answers. Offsets and lengths count UTF-8 bytes of the file. */

export interface ToolchainDiagnostic {
  readonly code: string;
  readonly message: string;
  /** '' where OPA names no file. */
  readonly file: string;
  readonly row: number;
  readonly col: number;
  /** -1 where OPA names no place. */
  readonly offset: number;
  readonly length: number;
}

export interface ToolchainFile {
  readonly path: string;
  readonly text: string;
  /** Rego version: 0 or 1. */
  readonly version: number;
}

export interface AnnotationInfo {
  readonly scope: string;
  readonly file: string;
  readonly offset: number;
  readonly end: number;
  readonly title: string;
  readonly entrypoint: boolean;
  readonly custom: { readonly [key: string]: unknown } | null;
}

export interface RuleInfo {
  /** Below the package; the ground start where the head is not ground. */
  readonly path: readonly string[];
  readonly ground: boolean;
  readonly function: boolean;
  readonly multi: boolean;
  readonly default: boolean;
  readonly offset: number;
  readonly length: number;
  /** The head's value, where it is constant and there is no `else`. */
  readonly value?: unknown;
  readonly else: boolean;
  /** The annotation chain, closest first. */
  readonly notes: readonly AnnotationInfo[];
}

export interface ModuleInfo {
  readonly file: string;
  readonly package: readonly string[];
  readonly entrypoint: boolean;
  readonly rules: readonly RuleInfo[];
  readonly notes: readonly AnnotationInfo[];
  /** Bodies that cannot hold. */
  readonly never: readonly ToolchainDiagnostic[];
}

export interface LoadResult {
  readonly diagnostics: readonly ToolchainDiagnostic[];
  readonly modules: readonly ModuleInfo[];
}

export interface DataFile {
  readonly path: string;
  readonly mount: readonly string[];
  readonly text: string;
}

export interface SetSpec {
  readonly rules: readonly {
    readonly path: readonly string[];
    readonly clauses: readonly { readonly file: string; readonly rule: number }[];
  }[];
}

export interface SetFacts {
  readonly digest: string;
  readonly rules: readonly {
    readonly digest: string;
    readonly reads: readonly string[];
    readonly clauses: readonly {
      readonly digest: string;
      readonly reads: readonly string[];
      readonly builtins: readonly string[];
      /** Texts that the clause and all it uses name, sorted, at most 10,000. */
      readonly mentions: readonly string[];
    }[];
  }[];
  /** By file and place, what stands around another first. */
  readonly conditions: readonly ConditionInfo[];
  readonly statements: readonly PlaceInfo[];
}

export interface PlaceInfo {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

export interface ConditionInfo extends PlaceInfo {
  /** The clause of a decision rule that it stands in, as the set names them; -1 where it is a helper's. */
  readonly rule: number;
  readonly clause: number;
  readonly comparison?: {
    /** Below `input`. */
    readonly pointer: string;
    readonly of: 'value' | 'size';
    readonly operator: '<' | '<=' | '==' | '!=' | '>=' | '>';
    readonly literal: string | number | boolean;
  };
}

export interface CompileResult {
  readonly ok: boolean;
  readonly diagnostics: readonly ToolchainDiagnostic[];
  readonly sets: readonly SetFacts[] | null;
  readonly data?: unknown;
}

export interface PlanResult {
  /** Base64 of a policy.wasm. */
  readonly wasm?: string;
  /** Builtins that the policy asks of its host, by the name it asks for. */
  readonly builtins?: { readonly [asked: string]: string };
  /** Places of the input that must hold no object of several members: parts are `.key`, or `*`. */
  readonly guards?: readonly (readonly string[])[];
  /** Why the lanes could differ; '' with `wasm`. */
  readonly kept: string;
}

/** `outside`: asked what no recording holds; `time`: asked the time of a call whose time is unknown. */
export interface ToolchainError {
  readonly kind: 'runtime' | 'budget' | 'outside' | 'time';
  readonly code: string;
  readonly message: string;
  readonly file: string;
  readonly row: number;
  readonly offset: number;
}

export interface Answer {
  /** A Rego literal; absent where the reference is undefined or the evaluation failed. */
  readonly value?: string;
  readonly failed?: ToolchainError;
  readonly errors?: readonly ToolchainError[];
  readonly steps: number;
}

/** One of the language's own tests. */
export interface TestInfo extends PlaceInfo {
  readonly name: string;
  readonly skip: boolean;
}

export interface TestsResult {
  /** By file and place. */
  readonly tests: readonly TestInfo[];
  /** Of each test file that does not load, the first error. */
  readonly broken: readonly ToolchainDiagnostic[];
}

export interface TestRun {
  readonly state: 'passed' | 'failed' | 'error' | 'skipped';
  /** Empty where it passed. */
  readonly message: string;
  /** Per set; none where the test did not run. `cover` as the toolchain's method of that name. */
  readonly seen: readonly {
    readonly cover: string;
    /** A letter for each clause of the set's rules: `a`pplied, `s`ilent, `u`nreached. */
    readonly clauses: string;
  }[];
}

/** First and last rows of what OPA's own coverage calls covered in a file, and of what it does not. */
export interface LineRanges {
  readonly covered: readonly (readonly [number, number])[];
  readonly notCovered: readonly (readonly [number, number])[];
}

export interface QueryResult {
  /** Each value as JSON text. */
  readonly bindings: readonly { readonly [name: string]: string }[];
  readonly failed?: ToolchainError;
}

export interface FormatResult {
  readonly text: string;
  readonly diagnostics: readonly ToolchainDiagnostic[];
}

/** An argument or a result of a function. */
export interface ValueInfo {
  /** '' where OPA gives none. */
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

/** What OPA says of one of its functions. */
export interface BuiltinInfo {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  /** The operator that it is written as. */
  readonly infix?: string;
  readonly deprecated?: boolean;
  readonly args: readonly ValueInfo[];
  readonly variadic?: boolean;
  readonly result?: ValueInfo;
}

/** A file that does not parse, cut into its statements: their texts in a row are the file. */
export interface BrokenFile {
  readonly path: string;
  readonly version: number;
  readonly chunks: readonly {
    readonly text: string;
    /** The package, or an import. */
    readonly header: boolean;
    /** A rule of the same name whose value may be anything (`f(_) := input`); '' where the name is not known. */
    readonly stub: string;
  }[];
}
