import type { ControlTag, Diagnostic, Effect } from '@benchbook/model';
import type { PolicySetTextToPartsAnswer, PolicyToJsonAnswer } from '@cedar-policy/cedar-wasm/web';
import { cedarDiagnostic } from '../diagnostics.ts';
import { answerOf, flattenErrors, isFailure } from '../runtime/answers.ts';
import type { Cedar } from '../runtime/cedar.ts';
import { analyse, type PolicyAnalysis } from './analysis.ts';
import { controlsOf } from './controls.ts';
import { boundDepth } from './depth.ts';
import { annotationValue, type Statement, splitStatements } from './split.ts';

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
  readonly controls: readonly ControlTag[];
  readonly reasons: readonly string[];
  readonly obligations: readonly string[];
}

export interface ParsedFile {
  /** Empty where the file does not parse. */
  readonly policies: readonly ParsedPolicy[];
  readonly diagnostics: readonly Diagnostic[];
}

type Regrouped = Pick<ParsedPolicy, 'text' | 'insertions'>;

/** Statements of a broken file that are looked at one by one. */
const MAX_SINGLE_CHECKS = 2000;

/** Parses one `.cedar` file. A file with an error gives its diagnostics and no policy. */
export function parsePolicyFile(cedar: Cedar, file: string, text: string): ParsedFile {
  const statements = splitStatements(text);
  const diagnostics: Diagnostic[] = [];
  const regrouped: Regrouped[] = [];
  let checked = text;
  for (const statement of statements) {
    const verdict = boundDepth(statement);
    if (verdict.ok) {
      regrouped.push(verdict);
      continue;
    }
    const { range } = statement;
    diagnostics.push({
      code: 'cedar-too-deep',
      severity: 'error',
      fatal: true,
      file,
      range,
      message: `this policy is too deep to evaluate: ${verdict.message}; split it`,
    });
    // The rest of the file is still checked, at its own places.
    checked = checked.slice(0, range.start) + ' '.repeat(range.end - range.start) + checked.slice(range.end);
  }
  const whole = parseErrors(cedar, file, checked, 0);
  diagnostics.push(...whole);
  // Cedar stops at what is wrong in grammar: what is wrong beyond that, it says of each policy by itself.
  const places = new Set(whole.map(({ range }) => range?.start));
  for (const { text: one, range } of whole.length ? statements.slice(0, MAX_SINGLE_CHECKS) : []) {
    if (checked.startsWith(' ', range.start)) continue;
    for (const found of parseErrors(cedar, file, one, range.start))
      if (!places.has(found.range?.start)) diagnostics.push(found);
  }
  if (diagnostics.length) return { policies: [], diagnostics };

  const names = new Map<string, number>();
  const policies: ParsedPolicy[] = [];
  statements.forEach((statement, ordinal) => {
    const parsed = parseStatement(cedar, file, statement, regrouped[ordinal]!, ordinal);
    if ('code' in parsed) {
      diagnostics.push(parsed);
      return;
    }
    const seen = (names.get(parsed.name) ?? 0) + 1;
    names.set(parsed.name, seen);
    policies.push(seen === 1 ? parsed : { ...parsed, name: `${parsed.name}[${seen}]` });
    if (seen > 1) diagnostics.push(duplicateId(file, statement, parsed.name));
    diagnostics.push(...effectFindings(file, parsed));
  });
  return { policies: diagnostics.some((found) => found.fatal) ? [] : policies, diagnostics };
}

/** What Cedar's parser says of a text that stands in `file` at `offset`. */
function parseErrors(cedar: Cedar, file: string, text: string, offset: number): Diagnostic[] {
  const parts = answerOf<PolicySetTextToPartsAnswer>(cedar.text('policySetTextToParts', text));
  if (!isFailure(parts)) return [];
  return flattenErrors(parts.errors).map((error) =>
    cedarDiagnostic('cedar-parse-error', 'error', file, text, error, { offset, fatal: true }),
  );
}

function parseStatement(
  cedar: Cedar,
  file: string,
  statement: Statement,
  { text, insertions }: Regrouped,
  ordinal: number,
): ParsedPolicy | Diagnostic {
  const { tokens, bodyStart } = statement;
  const isTemplate = tokens
    .slice(bodyStart)
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
  const analysis = analyse(json);
  const escalates = annotationValue(statement, 'effect') === 'escalate' && analysis.effect === 'forbid';
  const words = (key: string) => {
    const value = annotationValue(statement, key);
    return value ? [value] : [];
  };
  return {
    statement,
    ordinal,
    name: annotationValue(statement, 'id') || `policy${ordinal}`,
    isTemplate,
    text,
    insertions,
    effect: escalates ? 'escalate' : analysis.effect,
    analysis,
    controls: controlsOf(statement, file),
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
