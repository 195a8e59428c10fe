import type { ControlExemption, ControlTag, Diagnostic, Effect } from '@benchbook/model';
import type { PolicySetTextToPartsAnswer, PolicyToJsonAnswer } from '@cedar-policy/cedar-wasm/web';
import { type Outline, outline } from '../conditions/outline.ts';
import { cedarDiagnostic } from '../diagnostics.ts';
import { answerOf, flattenErrors, isFailure } from '../runtime/answers.ts';
import type { Cedar } from '../runtime/cedar.ts';
import { analyse, type PolicyAnalysis } from './analysis.ts';
import { tellAnnotationError } from './annotation-errors.ts';
import { controlsOf, exemptionOf } from './controls.ts';
import { boundDepth } from './depth.ts';
import { lex } from './lex.ts';
import { annotationValue, type Statement, splitStatements } from './split.ts';
import type { KnownStatement, StatementCache } from './statement-cache.ts';

/** One policy or template that parses. */
export interface ParsedPolicy {
  readonly statement: Statement;
  /** Place in the file, from 0: Cedar's own `policyN`. */
  readonly ordinal: number;
  /** `@id`, else `policyN`; unique in its file (a repeat has `[2]`). */
  readonly name: string;
  readonly isTemplate: boolean;
  /** What Cedar gets: the source, long chains regrouped. */
  readonly text: string;
  /** Where characters were inserted for that: offsets in `statement.text`, ascending. */
  readonly insertions: readonly number[];
  readonly effect: Exclude<Effect, null>;
  readonly analysis: PolicyAnalysis;
  readonly outline: Outline;
  readonly controls: readonly ControlTag[];
  readonly exemption: ControlExemption | undefined;
  readonly reasons: readonly string[];
  readonly obligations: readonly string[];
}

export interface ParsedFile {
  /** Empty where the file does not parse. */
  readonly policies: readonly ParsedPolicy[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Statements of a broken file that are looked at one by one. */
const MAX_SINGLE_CHECKS = 2000;
/** New statements up to which a file that parsed before is not parsed as a whole again. */
const FEW = 32;

/** Parses one `.cedar` file. A file with an error gives its diagnostics and no policy. */
export function parsePolicyFile(cedar: Cedar, cache: StatementCache, file: string, text: string): ParsedFile {
  const statements = splitStatements(text);
  const tooDeep = new Map<Statement, Diagnostic>();
  const regrouped = statements.map((statement): Regrouped => {
    const known = cache.get(statement.text);
    if (known) return known;
    const verdict = boundDepth(statement);
    if (verdict.ok) return verdict;
    tooDeep.set(statement, tooDeepFinding(file, statement, verdict.message));
    return { text: '', insertions: [] };
  });
  const diagnostics = [...tooDeep.values(), ...syntaxErrors(cedar, cache, file, text, statements, tooDeep)];
  if (diagnostics.length) return { policies: [], diagnostics };

  const names = new Map<string, number>();
  const policies: ParsedPolicy[] = [];
  statements.forEach((statement, ordinal) => {
    const known = knownStatement(cedar, cache, file, statement, regrouped[ordinal]!);
    if ('code' in known) {
      diagnostics.push(known);
      return;
    }
    const parsed = parsedPolicy(file, statement, known, ordinal);
    const seen = (names.get(parsed.name) ?? 0) + 1;
    names.set(parsed.name, seen);
    policies.push(seen === 1 ? parsed : { ...parsed, name: `${parsed.name}[${seen}]` });
    if (seen > 1) diagnostics.push(duplicateId(file, statement, parsed.name));
    diagnostics.push(...effectFindings(file, parsed));
  });
  return { policies: diagnostics.some((found) => found.fatal) ? [] : policies, diagnostics };
}

type Regrouped = Pick<ParsedPolicy, 'text' | 'insertions'>;

function tooDeepFinding(file: string, { range }: Statement, why: string): Diagnostic {
  const message = `this policy is too deep to evaluate: ${why}; split it`;
  return { code: 'cedar-too-deep', severity: 'error', fatal: true, file, range, message };
}

/** What Cedar's parser says of a file. Statements that are too deep for it are kept from it. */
function syntaxErrors(
  cedar: Cedar,
  cache: StatementCache,
  file: string,
  text: string,
  statements: readonly Statement[],
  tooDeep: ReadonlyMap<Statement, Diagnostic>,
): Diagnostic[] {
  const shallow = statements.filter((statement) => !tooDeep.has(statement));
  const fresh = shallow.filter((statement) => !cache.get(statement.text));
  const of = (statement: Statement) => parseErrors(cedar, file, statement.text, statement.range.start);
  const isWhole = lex(text.slice(statements.at(-1)?.range.end ?? 0)).length === 0;
  if (isWhole && fresh.length <= FEW && fresh.every((statement) => of(statement).length === 0)) return [];

  let checked = '';
  for (const { range } of tooDeep.keys())
    checked += text.slice(checked.length, range.start) + ' '.repeat(range.end - range.start);
  checked += text.slice(checked.length);
  const whole = parseErrors(cedar, file, checked, 0);
  if (!whole.length) return [];
  // Cedar stops at what is wrong in grammar: what is wrong beyond that, it says of each policy by itself.
  const places = new Set(whole.map(({ range }) => range?.start));
  const single = fresh.slice(0, MAX_SINGLE_CHECKS).flatMap(of);
  return [...whole, ...single.filter(({ range }) => !places.has(range?.start))];
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

function knownStatement(
  cedar: Cedar,
  cache: StatementCache,
  file: string,
  statement: Statement,
  { text, insertions }: Regrouped,
): KnownStatement | Diagnostic {
  const cached = cache.get(statement.text);
  if (cached) return cached;
  const isTemplate = statement.tokens
    .slice(statement.bodyStart)
    .some(({ kind, start }) => kind === 'word' && statement.text[start] === '?');
  const answer = answerOf<PolicyToJsonAnswer>(
    cedar.value(isTemplate ? 'templateToJson' : 'policyToJson', JSON.stringify(text)),
  );
  if (isFailure(answer)) {
    const [error] = flattenErrors(answer.errors);
    return cedarDiagnostic('cedar-parse-error', 'error', file, text, error!, {
      offset: statement.range.start,
      range: statement.range,
      fatal: true,
    });
  }
  const { json } = answer as Extract<PolicyToJsonAnswer, { type: 'success' }>;
  const known = { text, insertions, isTemplate, analysis: analyse(json), outline: outline(text, insertions) };
  cache.set(statement.text, known);
  return known;
}

function parsedPolicy(
  file: string,
  statement: Statement,
  known: KnownStatement,
  ordinal: number,
): ParsedPolicy {
  const { effect } = known.analysis;
  const escalates = annotationValue(statement, 'effect') === 'escalate' && effect === 'forbid';
  const words = (key: string) => {
    const value = annotationValue(statement, key);
    return value ? [value] : [];
  };
  return {
    ...known,
    statement,
    ordinal,
    name: annotationValue(statement, 'id') || `policy${ordinal}`,
    effect: escalates ? 'escalate' : effect,
    controls: controlsOf(statement, file),
    exemption: exemptionOf(statement, file),
    reasons: [...words('reason'), ...words('advice')],
    obligations: words('obligation')
      .flatMap((value) => value.split(','))
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  };
}

function duplicateId(file: string, statement: Statement, name: string): Diagnostic {
  const annotation = statement.annotations.find(({ key }) => key === 'id');
  return {
    code: 'duplicate-policy-id',
    severity: 'error',
    file,
    range: annotation?.valueRange ?? annotation?.range ?? statement.range,
    message: `another policy of this file is called \`${name}\` already; give each its own @id`,
  };
}

/** `@effect` is read on forbid policies, where it can only say `escalate`. */
function effectFindings(file: string, { statement, analysis }: ParsedPolicy): Diagnostic[] {
  const annotation = statement.annotations.find(({ key }) => key === 'effect');
  if (!annotation) return [];
  const { value } = annotation;
  if (value === analysis.effect || (value === 'escalate' && analysis.effect === 'forbid')) return [];
  const message =
    value === 'escalate'
      ? '@effect("escalate") has a meaning on forbid alone: this permit allows without asking anybody'
      : `@effect("${value}") is not understood: write @effect("escalate") on a forbid, or leave it out`;
  return [{ code: 'cedar-effect-ignored', severity: 'warning', file, range: annotation.range, message }];
}
