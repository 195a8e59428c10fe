import type { ControlExemption, ControlTag, Diagnostic, Effect } from '@benchbook/model';
import type { PolicyToJsonAnswer } from '@cedar-policy/cedar-wasm/web';
import { type Outline, outline } from '../conditions/outline.ts';
import { cedarDiagnostic } from '../diagnostics.ts';
import { answerOf, flattenErrors, isFailure } from '../runtime/answers.ts';
import type { Cedar } from '../runtime/cedar.ts';
import { analyse, type PolicyAnalysis } from './analysis.ts';
import { controlsOf, exemptionOf } from './controls.ts';
import { boundDepth } from './depth.ts';
import { contradiction } from './never.ts';
import { annotationValue, type SplitText, type Statement, splitAgain, splitStatements } from './split.ts';
import type { KnownStatement, StatementCache } from './statement-cache.ts';
import { checkSyntax } from './syntax-errors.ts';

/** One policy or template that parses. */
export interface ParsedPolicy {
  /** What its text alone tells: the same object for the same text. */
  readonly known: KnownStatement;
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
  /** With what it was cut from: the next version is cut from it. */
  readonly split: SplitText;
  /** Empty where the file does not parse. */
  readonly policies: readonly ParsedPolicy[];
  /** Those that parse by themselves, whatever is wrong with others: to be validated. */
  readonly sound: readonly ParsedPolicy[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses one `.cedar` file. A file with an error gives its diagnostics and no policy. */
export function parsePolicyFile(
  cedar: Cedar,
  cache: StatementCache,
  file: string,
  text: string,
  previous?: ParsedFile,
): ParsedFile {
  const statements = previous ? splitAgain(text, previous.split) : splitStatements(text);
  const split = { text, statements };
  const diagnostics: Diagnostic[] = [];
  const tooDeep = new Set<Statement>();
  const regrouped = new Map<Statement, Regrouped>();
  for (const statement of statements) {
    if (cache.get(statement.text)) continue;
    const verdict = boundDepth(statement);
    if (verdict.ok) regrouped.set(statement, verdict);
    else {
      tooDeep.add(statement);
      diagnostics.push(tooDeepFinding(file, statement, verdict.message));
    }
  }
  const syntax = checkSyntax(cedar, cache, file, text, statements, tooDeep);
  diagnostics.push(...syntax.diagnostics);

  const before = new Map(previous?.sound.map((policy) => [policy.statement, policy]));
  const names = new Map<string, number>();
  const sound: ParsedPolicy[] = [];
  for (const [ordinal, statement] of syntax.sound.entries()) {
    const known = knownStatement(cedar, cache, file, statement, regrouped.get(statement));
    if ('code' in known) {
      diagnostics.push(known);
      continue;
    }
    const own = known.id || `policy${ordinal}`;
    const seen = (names.get(own) ?? 0) + 1;
    names.set(own, seen);
    const name = seen === 1 ? own : `${own}[${seen}]`;
    const last = before.get(statement);
    const parsed =
      last?.ordinal === ordinal && last.name === name
        ? last
        : parsedPolicy(file, statement, known, ordinal, name);
    sound.push(parsed);
    if (seen > 1) diagnostics.push(duplicateId(file, statement, own));
    diagnostics.push(...effectFindings(file, parsed));
  }
  return { split, policies: diagnostics.some((found) => found.fatal) ? [] : sound, sound, diagnostics };
}

type Regrouped = Pick<ParsedPolicy, 'text' | 'insertions'>;

function tooDeepFinding(file: string, { range }: Statement, why: string): Diagnostic {
  const message = `this policy is too deep to evaluate: ${why}; split it`;
  return { code: 'cedar-too-deep', severity: 'error', fatal: true, file, range, message };
}

function knownStatement(
  cedar: Cedar,
  cache: StatementCache,
  file: string,
  statement: Statement,
  regrouped: Regrouped | undefined,
): KnownStatement | Diagnostic {
  const cached = cache.get(statement.text);
  if (cached) return cached;
  const verdict = regrouped ?? boundDepth(statement);
  if ('message' in verdict) return tooDeepFinding(file, statement, verdict.message);
  const { text, insertions } = verdict;
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
  const outlined = outline(text, insertions);
  const known: KnownStatement = {
    text,
    insertions,
    isTemplate,
    analysis: analyse(json),
    outline: outlined,
    never: contradiction(outlined),
    ...annotated(statement, json.effect),
    rule: ruleText(statement),
  };
  cache.set(statement.text, known);
  return known;
}

function parsedPolicy(
  file: string,
  statement: Statement,
  known: KnownStatement,
  ordinal: number,
  name: string,
): ParsedPolicy {
  const { text, insertions, isTemplate, effect, analysis, outline, reasons, obligations } = known;
  return {
    known,
    statement,
    ordinal,
    name,
    isTemplate,
    text,
    insertions,
    effect,
    analysis,
    outline,
    controls: controlsOf(statement, file),
    exemption: exemptionOf(statement, file),
    reasons,
    obligations,
  };
}

/** What its annotations say of it beside controls. */
function annotated(statement: Statement, effect: 'permit' | 'forbid') {
  const escalates = annotationValue(statement, 'effect') === 'escalate' && effect === 'forbid';
  const words = (key: string) => {
    const value = annotationValue(statement, key);
    return value ? [value] : [];
  };
  return {
    id: annotationValue(statement, 'id') ?? '',
    effect: escalates ? ('escalate' as const) : effect,
    reasons: [...words('reason'), ...words('advice')],
    obligations: words('obligation')
      .flatMap((value) => value.split(','))
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  };
}

function ruleText({ text, tokens, bodyStart }: Statement): string {
  return tokens
    .slice(bodyStart)
    .map(({ start, end }) => text.slice(start, end))
    .join(' ');
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
