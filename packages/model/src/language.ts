/**
 * Editor verbs as plain data. Positions are UTF-16 offsets, files are paths relative to the workspace. Every verb works
 * on what `EngineSession.update` gave last, is synchronous, never throws for what users wrote, and answers for a file
 * that does not parse as well as it can.
 */
import type { Diagnostic } from './diagnostic.ts';
import type { EngineInput, ToolDefinition } from './engine.ts';
import type { Json } from './json.ts';
import type { TextRange } from './text.ts';

export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** Edits of one file; `range` of an edit in an empty or new file is 0..0. */
export interface FileEdit {
  readonly file: string;
  readonly edits: readonly TextEdit[];
}

export interface Location {
  readonly file: string;
  readonly range: TextRange;
}

/** What recordings show of one argument (or other fact) of one tool. */
export interface ObservedField {
  readonly tool: string;
  /** JSON Pointer into {@link Facts}, array indexes as `-`, e.g. `/args/items/-/price`. */
  readonly pointer: string;
  /** Distinct JSON types seen, sorted: `array`, `boolean`, `integer`, `null`, `number`, `object`, `string`. */
  readonly types: readonly string[];
  /** At most five distinct short scalars, most frequent first. */
  readonly examples: readonly Json[];
  /** Calls that had it. */
  readonly calls: number;
}

/** What the workspace knows beside the policies: tools as declared, and what recordings show of them. */
export interface ToolKnowledge {
  readonly tools: readonly ToolDefinition[];
  readonly fields: readonly ObservedField[];
  /** Recorded calls per tool name. */
  readonly calls: ReadonlyMap<string, number>;
}

export type CompletionKind =
  | 'keyword'
  | 'type'
  | 'action'
  | 'member'
  | 'function'
  | 'variable'
  | 'constant'
  | 'annotation'
  | 'control'
  | 'snippet'
  | 'module'
  | 'policy';

export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** One line: type or signature. */
  readonly detail: string;
  /** Markdown; may be empty. */
  readonly documentation: string;
  /** What is replaced; holds the cursor or ends at it. */
  readonly range: TextRange;
  readonly newText: string;
  /** `newText` is a snippet in LSP's syntax (`$1`, `${1:name}`, `$0`; `$`, `}` and `\` escaped). */
  readonly isSnippet?: boolean;
  /** Orders items of one answer; lower first. Default 50. */
  readonly rank?: number;
}

/** The cursor stands inside a reference to a control: whoever knows the catalogs completes it. */
export interface ControlSlot {
  /** The reference up to the cursor, framework first (`eu_ai_act:14(`), as `completeControls` takes it. */
  readonly prefix: string;
  /** Offset of the cursor: what is replaced lies directly before it. */
  readonly at: number;
  /**
   * Only the name of a framework may stand here, as a key: write it with underscores for hyphens, and this snippet
   * behind it.
   */
  readonly asKey?: string;
}

export interface Completion {
  readonly items: readonly CompletionItem[];
  readonly control?: ControlSlot;
}

export interface Hover {
  readonly range: TextRange;
  /** Markdown; text from users and recordings is escaped in it. */
  readonly contents: string;
}

export interface DocumentHighlight {
  readonly range: TextRange;
  readonly kind: 'read' | 'write' | 'text';
}

/** Why something cannot be done, in one line for the user. */
export interface Refusal {
  readonly refused: string;
}

export type SymbolKind =
  | 'package'
  | 'policy'
  | 'rule'
  | 'function'
  | 'variable'
  | 'type'
  | 'action'
  | 'test'
  | 'import';

export interface DocumentSymbol {
  readonly name: string;
  /** One line; may be empty. */
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly range: TextRange;
  /** Inside `range`: what is selected when the symbol is shown. */
  readonly selection: TextRange;
  readonly children: readonly DocumentSymbol[];
}

export interface FoldingRange {
  readonly range: TextRange;
  readonly kind: 'code' | 'comment' | 'imports';
}

/** The legend of semantic tokens, in LSP's names. */
export const TOKEN_TYPES = [
  'namespace',
  'type',
  'class',
  'parameter',
  'variable',
  'property',
  'function',
  'method',
  'keyword',
  'comment',
  'string',
  'number',
  'regexp',
  'operator',
  'decorator',
  'enumMember',
] as const;
export const TOKEN_MODIFIERS = ['declaration', 'readonly', 'deprecated', 'defaultLibrary'] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

/** By place; tokens do not overlap and stay within a line. */
export interface SemanticToken {
  readonly range: TextRange;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

export interface SignatureHelp {
  readonly signatures: readonly {
    readonly label: string;
    /** Markdown; may be empty. */
    readonly documentation: string;
    /** Each parameter's place in `label`, UTF-16. */
    readonly parameters: readonly TextRange[];
  }[];
  readonly active: number;
  /** Index into the active signature's parameters. */
  readonly parameter: number;
}

/** A change that mends what a diagnostic says, or that one may want at a place. */
export interface CodeFix {
  readonly title: string;
  readonly kind: 'quickfix' | 'refactor';
  readonly edits: readonly FileEdit[];
  /** The diagnostic it mends. */
  readonly diagnostic?: Diagnostic;
  readonly isPreferred?: boolean;
  /** Where a control is to be written: `edits` hold the text up to its id, and the cursor goes here in the result. */
  readonly cursor?: number;
}

/** A place where a policy names a tool or reads a fact, for what can be told without knowing the language. */
export type Use =
  | { readonly kind: 'tool'; readonly range: TextRange; readonly name: string }
  | {
      readonly kind: 'fact';
      /** Of the last step of the path. */
      readonly range: TextRange;
      /** JSON Pointer into {@link Facts} without indexes beyond `-`, e.g. `/args/amount`. */
      readonly pointer: string;
      /** Tools that the policy is about; empty where it may be any. */
      readonly tools: readonly string[];
      /** The path is tested for being there (`has`, `has()`, a `default`), or its absence is meant. */
      readonly guarded: boolean;
    };

/** One optional function per editor verb; plain data in and out. */
export interface LanguageFeatures {
  /** Edits that format the file, or null where it does not parse. */
  format(path: string): readonly TextEdit[] | null;
  /** Files that `init` may write for what is there (a schema from tools, a first policy). Deterministic. */
  scaffold(input: Pick<EngineInput, 'tools' | 'agents'>): readonly { path: string; text: string }[];
  complete(path: string, offset: number, known: ToolKnowledge): Completion;
  hover(path: string, offset: number, known: ToolKnowledge): Hover | null;
  definition(path: string, offset: number): readonly Location[];
  /** Without the definition itself unless asked for. By file and place. */
  references(path: string, offset: number, includeDefinition: boolean): readonly Location[];
  highlights(path: string, offset: number): readonly DocumentHighlight[];
  /** What would be renamed, or why it cannot be; null where nothing stands. */
  prepareRename(
    path: string,
    offset: number,
  ): { readonly range: TextRange; readonly name: string } | Refusal | null;
  /** Refused where the new name is no name, or is taken. */
  rename(path: string, offset: number, newName: string): readonly FileEdit[] | Refusal;
  symbols(path: string): readonly DocumentSymbol[];
  folding(path: string): readonly FoldingRange[];
  /** Ever larger ranges around the offset, the smallest first, the last the whole file. */
  selections(path: string, offset: number): readonly TextRange[];
  tokens(path: string): readonly SemanticToken[];
  signature(path: string, offset: number): SignatureHelp | null;
  /** Fixes for `diagnostics` (all of this file, of any source) that touch `range`, and refactorings there. */
  fixes(
    path: string,
    range: TextRange,
    diagnostics: readonly Diagnostic[],
    known: ToolKnowledge,
  ): readonly CodeFix[];
  /** By place. Empty for a file that does not parse. */
  uses(path: string): readonly Use[];
}
