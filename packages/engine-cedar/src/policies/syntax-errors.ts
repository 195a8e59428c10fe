import type { Diagnostic } from '@benchbook/model';
import type { PolicySetTextToPartsAnswer } from '@cedar-policy/cedar-wasm/web';
import { cedarDiagnostic } from '../diagnostics.ts';
import { cutPieces } from '../language/syntax/pieces.ts';
import { answerOf, flattenErrors, isFailure } from '../runtime/answers.ts';
import type { Cedar } from '../runtime/cedar.ts';
import { tellAnnotationError } from './annotation-errors.ts';
import { bracketDepth, MAX_NESTING } from './depth.ts';
import { lex } from './lex.ts';
import { type Statement, splitStatements } from './split.ts';
import type { StatementCache } from './statement-cache.ts';

/** Statements, and pieces of broken ones, that are looked at one by one. */
const MAX_SINGLE_CHECKS = 2000;
/** New statements up to which a file is not parsed as a whole. */
const FEW = 32;

/** What Cedar's parser says of a file. */
export interface SyntaxVerdict {
  readonly diagnostics: readonly Diagnostic[];
  /** The statements that parse. */
  readonly sound: readonly Statement[];
}

/**
 * Parses a file statement by statement. What does not parse is cut where a new policy can only begin, so that several
 * errors stand each at its own place, and the policies between them are still looked at. Statements in `tooDeep` are
 * kept from Cedar.
 */
export function checkSyntax(
  cedar: Cedar,
  cache: StatementCache,
  file: string,
  text: string,
  statements: readonly Statement[],
  tooDeep: ReadonlySet<Statement>,
): SyntaxVerdict {
  const errorsOf = (part: string, start: number) => parseErrors(cedar, file, part, start);
  const tail = statements.at(-1)?.range.end ?? 0;
  const isWhole = lex(text.slice(tail)).length === 0;
  const fresh = statements.filter((statement) => !tooDeep.has(statement) && !cache.get(statement.text));
  if (isWhole && fresh.length > FEW && !tooDeep.size && !errorsOf(text, 0).length)
    return { diagnostics: [], sound: statements };

  const broken = new Set(
    fresh
      .slice(0, MAX_SINGLE_CHECKS)
      .filter((statement) => errorsOf(statement.text, statement.range.start).length > 0),
  );
  const unchecked = new Set(fresh.slice(MAX_SINGLE_CHECKS));
  const sound = statements.filter(
    (statement) => !broken.has(statement) && !tooDeep.has(statement) && !unchecked.has(statement),
  );
  const regions = brokenRegions(statements, broken, isWhole ? null : { start: tail, end: text.length });
  const diagnostics: Diagnostic[] = [];
  for (const { start, end } of regions) {
    const found = checkRegion(text.slice(start, end), start, file, errorsOf);
    sound.push(...found.sound);
    diagnostics.push(...found.diagnostics);
    // Cut differently it may parse where Cedar reads no policies.
    if (!found.diagnostics.length) diagnostics.push(...errorsOf(text.slice(start, end), start));
  }
  if (unchecked.size && !diagnostics.length) diagnostics.push(...errorsOf(text, 0));
  return { diagnostics, sound: sound.sort((a, b) => a.range.start - b.range.start) };
}

interface Region {
  readonly start: number;
  readonly end: number;
}

/** Neighbouring broken statements as one, with what follows the last semicolon. */
function brokenRegions(
  statements: readonly Statement[],
  broken: ReadonlySet<Statement>,
  tail: Region | null,
): Region[] {
  const regions: { start: number; end: number }[] = [];
  let last: { start: number; end: number } | null = null;
  for (const statement of statements) {
    if (!broken.has(statement)) last = null;
    else if (last) last.end = statement.range.end;
    else {
      last = { ...statement.range };
      regions.push(last);
    }
  }
  if (tail && last) last.end = tail.end;
  else if (tail) regions.push({ ...tail });
  return regions;
}

function checkRegion(
  text: string,
  offset: number,
  file: string,
  errorsOf: (part: string, start: number) => Diagnostic[],
): { sound: Statement[]; diagnostics: Diagnostic[] } {
  const sound: Statement[] = [];
  const diagnostics: Diagnostic[] = [];
  const { pieces, starts } = cutPieces(text);
  for (const [index, piece] of pieces.slice(0, MAX_SINGLE_CHECKS).entries()) {
    const [first] = piece.tokens.filter(({ kind }) => kind !== 'comment');
    if (!first) continue;
    const part = piece.text.slice(first.start);
    const start = offset + starts[index]! + first.start;
    const depth = bracketDepth(part, lex(part));
    if (depth > MAX_NESTING) {
      const range = { start, end: start + part.trimEnd().length };
      const message = `brackets nest ${depth} deep; at most ${MAX_NESTING} can be evaluated`;
      diagnostics.push({ code: 'cedar-too-deep', severity: 'error', fatal: true, file, range, message });
      continue;
    }
    const errors = errorsOf(part, start);
    diagnostics.push(...errors);
    if (errors.length) continue;
    for (const statement of splitStatements(part)) {
      const range = { start: statement.range.start + start, end: statement.range.end + start };
      const move = (place: Region) => ({ start: place.start + start, end: place.end + start });
      const annotations = statement.annotations.map((one) => ({
        ...one,
        range: move(one.range),
        valueRange: one.valueRange && move(one.valueRange),
      }));
      sound.push({ ...statement, range, annotations });
    }
  }
  return { sound, diagnostics };
}

/** What Cedar's parser says of a text that stands in `file` at `offset`. */
function parseErrors(cedar: Cedar, file: string, text: string, offset: number): Diagnostic[] {
  const parts = answerOf<PolicySetTextToPartsAnswer>(cedar.text('policySetTextToParts', text));
  if (!isFailure(parts)) return [];
  return flattenErrors(parts.errors).map((error) =>
    tellAnnotationError(
      cedarDiagnostic('cedar-parse-error', 'error', file, text, error, { offset, fatal: true }),
      text,
      offset,
    ),
  );
}
