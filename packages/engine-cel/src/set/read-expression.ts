import { suggest } from '@benchbook/model';
/** Reads an expression with all that is wrong with it, where the library stops at the first error. */
import type { Environment } from '@marcbachmann/cel-js';
import { children, type Expression, type Issue, parseExpression } from '../syntax/index.ts';
import { bare, type LooseNode } from '../syntax/loose/node.ts';
import { parseLoose } from '../syntax/loose/parser.ts';
import { canonical } from './canonical.ts';

/** An expression as read; what depends on its text and the types around it alone. */
export interface ReadExpression {
  /** null where there are issues. */
  readonly expression: Expression | null;
  /** In cel-js' notation. */
  readonly type: string;
  /** Equal for expressions that mean the same. */
  readonly canonical: string;
  readonly issues: readonly Issue[];
}

/** Names that an expression may use. */
export interface KnownNames {
  readonly variables: readonly string[];
  /** Members of `variables`. */
  readonly scoped: readonly string[];
}

const MOST_ISSUES = 20;
const MOST_PARTS = 50;

export function readExpression(text: string, environment: Environment, names: KnownNames): ReadExpression {
  const parsed = parseExpression(text, environment);
  const { expression } = parsed;
  const stray = expression ? strayVariables(expression, []) : [];
  if (expression && parsed.issues.length === 0 && stray.length === 0) {
    const type = (parsed.type ?? 'dyn').replace(/\b[A-Z]\b/g, 'dyn');
    return { expression, type, canonical: canonical(expression), issues: [] };
  }
  const [first] = parsed.issues;
  const found =
    first?.code === 'cel-parse-error' && !expression
      ? [first, ...furtherSyntax(text, first)]
      : [...furtherIssues(text, environment, parsed.issues), ...stray];
  const issues = found.map((issue) => withHint(issue, text, names)).slice(0, MOST_ISSUES);
  return { expression: null, type: 'dyn', canonical: '', issues };
}

/** What is wrong with the text behind the first error, as a tolerant reading finds it. */
function furtherSyntax(text: string, first: Issue): Issue[] {
  if (first.end - first.start >= text.length) return [];
  const found = parseLoose(text).issues;
  // The first error is told already, at its own place or, of an open bracket, at the end of the text.
  const same = found.findIndex(({ start, end }) => start <= first.end && first.start <= end);
  const others = found.filter(({ start }, index) => index !== same && start > first.end);
  return others.map(({ message, start, end }) => ({ code: 'cel-parse-error', message, start, end }));
}

/** The issues of each part of a condition: the checker stops at the first one of the whole. */
function furtherIssues(text: string, environment: Environment, first: readonly Issue[]): Issue[] {
  if (first.length === 0) return [];
  const parts: LooseNode[] = [];
  split(parseLoose(text).root, parts);
  if (parts.length < 2 || parts.length > MOST_PARTS) return [...first];
  const found = new Map<string, Issue>();
  const add = (issue: Issue): void => {
    const key = `${issue.start} ${issue.message}`;
    if (!found.has(key)) found.set(key, issue);
  };
  for (const issue of first) add(issue);
  for (const { start, end } of parts) {
    // As long as what stands before it, so that positions hold.
    const part = text.slice(0, start).replaceAll(/[^\n]/g, ' ') + text.slice(start, end);
    for (const issue of parseExpression(part, environment).issues) {
      if (issue.code !== 'cel-parse-error') add(issue);
    }
  }
  return [...found.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The parts of a condition that stand on their own. */
function split(node: LooseNode, parts: LooseNode[]): void {
  const inner = bare(node);
  if (inner.kind === 'and' || inner.kind === 'or')
    for (const operand of inner.operands) split(operand, parts);
  else if (inner.kind === 'not') split(inner.operand, parts);
  else if (inner.kind === 'conditional') {
    for (const part of [inner.test, inner.then, inner.otherwise]) split(part, parts);
  } else parts.push(node);
}

/** Adds the name that was probably meant. */
function withHint(issue: Issue, text: string, names: KnownNames): Issue {
  const [, name] = /^Unknown variable: (\w+)$/.exec(issue.message) ?? [];
  const [, key] = /^No such key: (\w+)$/.exec(issue.message) ?? [];
  const isVariables = key !== undefined && /\bvariables\s*\.\s*$/.test(text.slice(0, issue.start));
  const near =
    name !== undefined
      ? suggest(name, names.variables)
      : isVariables
        ? suggest(key, names.scoped)
        : undefined;
  const message = isVariables ? `no variable \`${key}\` is declared before this` : issue.message;
  return near === undefined
    ? { ...issue, message }
    : { ...issue, message: `${message}; did you mean \`${near}\`?` };
}

/** Uses of `variables` other than `variables.NAME`, which mean nothing. */
function strayVariables(expression: Expression, locals: readonly string[]): Issue[] {
  if (expression.kind === 'name' && expression.name === 'variables' && !locals.includes('variables')) {
    const message = 'write `variables.NAME`: the variables of a policy are no map';
    return [{ code: 'cel-type-error', message, start: expression.start, end: expression.end }];
  }
  if (expression.kind === 'select' && expression.operand.kind === 'name' && !expression.optional) return [];
  const bound =
    expression.kind === 'macro'
      ? expression.variables
      : expression.kind === 'bind'
        ? [expression.variable]
        : [];
  const inner = bound.length === 0 ? locals : [...locals, ...bound];
  return children(expression).flatMap((child) => strayVariables(child, inner));
}
