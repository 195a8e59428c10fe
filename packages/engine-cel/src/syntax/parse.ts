import type { Environment } from '@marcbachmann/cel-js';
import { fixChecks } from './check-fixes.ts';
import { convert, type RawNode } from './convert.ts';
import type { Expression } from './expression.ts';
import type { Issue } from './issue.ts';
import { prepareSource, type SourceText } from './prepare.ts';

/** As cel-go's default. */
const MAX_LENGTH = 100_000;

/** An expression as read: with issues it must not be evaluated. */
export interface ParsedExpression {
  readonly expression: Expression | null;
  /** In cel-js' notation, e.g. `bool`, `map<string, dyn>`; null where it was not checked. */
  readonly type: string | null;
  readonly issues: readonly Issue[];
}

/** Parses and, unless told not to, type-checks an expression. Never throws. */
export function parseExpression(text: string, environment: Environment, check = true): ParsedExpression {
  if (text.length > MAX_LENGTH) return failed(`longer than ${MAX_LENGTH} characters`, 0, text.length);
  if (text.trim() === '') return failed('an expression is missing', 0, text.length);
  const source = prepareSource(text);
  const trailing = trailingComma(source);
  if (trailing) return failed('unexpected comma', trailing.start, trailing.end);
  try {
    const program = environment.parse(source.parsed);
    const issues: Issue[] = [];
    const expression = convert(program.ast as unknown as RawNode, source, issues);
    if (issues.length > 0 || !check) return { expression, type: null, issues };
    fixChecks(program.ast as unknown as RawNode);
    const checked = program.check();
    if (checked.valid) return { expression, type: checked.type ?? 'dyn', issues };
    if (isCheckerFailure(checked.error)) return { expression, type: 'dyn', issues };
    return { expression: null, type: null, issues: [issueOf(checked.error, 'cel-type-error', text)] };
  } catch (error) {
    if (error instanceof RangeError) return failed('nested too deeply', 0, text.length);
    return { expression: null, type: null, issues: [issueOf(error, 'cel-parse-error', text)] };
  }
}

function failed(message: string, start: number, end: number): ParsedExpression {
  return { expression: null, type: null, issues: [{ code: 'cel-parse-error', message, start, end }] };
}

/** A comma before the `)` of a call, which cel-js takes and CEL does not. */
function trailingComma(source: SourceText): { start: number; end: number } | null {
  for (let i = 0; i + 1 < source.tokens.length; i++) {
    const token = source.tokens[i];
    const next = source.tokens[i + 1];
    if (token && next && source.text[token.start] === ',' && token.kind === 'punctuation') {
      if (next.kind === 'punctuation' && source.text[next.start] === ')') return token;
    }
  }
  return null;
}

/** The checker gave up without a finding of its own (as it does on an element of `[]`): nothing is known. */
function isCheckerFailure(error: unknown): boolean {
  return error instanceof Error && !('summary' in error) && !(error instanceof RangeError);
}

/** cel-js' errors carry a summary and a range; anything else it throws is told as it is. */
function issueOf(error: unknown, code: Issue['code'], text: string): Issue {
  const known = error as { summary?: unknown; message?: unknown; range?: { start?: unknown; end?: unknown } };
  const message = typeof known.summary === 'string' ? known.summary : String(known.message ?? error);
  // At the end of the text, its last character is what can be shown.
  const start = clamp(known.range?.start, 0, Math.max(0, text.trimEnd().length - 1));
  const end = clamp(known.range?.end, start, text.length);
  const line = message.split('\n')[0] ?? '';
  return { code, message: line, start, end: end > start ? end : Math.min(start + 1, text.length) };
}

function clamp(value: unknown, low: number, high: number): number {
  return typeof value === 'number' ? Math.max(low, Math.min(high, value)) : low;
}
