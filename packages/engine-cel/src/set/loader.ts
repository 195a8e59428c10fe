/** From a policy file as written to a plan that decides: checks, compiles and names its cases. */
import {
  digest,
  type Effect,
  type Outcome,
  type Policy,
  type SourceFile,
  type TextRange,
} from '@benchbook/model';
import type { ControlNotes } from '../policy/controls.ts';
import type { Findings, MatchNode, RuleNode, VariableNode } from '../policy/nodes.ts';
import type { SourceExpression } from '../policy/scalar.ts';
import type { Clause, PlacedClause } from './clauses.ts';
import { decisionOf } from './decide.ts';
import type { ExpressionCache } from './expression-cache.ts';
import { ExpressionLoader, isType, type LoadedExpression, type ScopedVariables } from './expressions.ts';
import { joinMentions, type Mentions, MentionsBudget } from './mentions.ts';
import { type Equalities, reachability } from './never.ts';
import type { CasePlan, RulePlan, StepPlan } from './plan.ts';
import { simplifyReads } from './reads.ts';
import { type StaticOutput, staticOutput } from './static-output.ts';
import type { RequestVariable } from './variables.ts';
import type { OutputWords } from './verdict.ts';

/** What a file is loaded under. */
export interface LoadContext {
  readonly file: SourceFile;
  readonly findings: Findings;
  readonly variables: readonly RequestVariable[];
  readonly cache: ExpressionCache;
  readonly words: OutputWords;
  /** The mapping as text: what a policy decides hangs on it. */
  readonly mapping: string;
  /** The controls of a case. */
  controls(rule: string, name: string, range: TextRange): ControlNotes;
}

/** What holds at a place inside the policy. */
interface Place {
  readonly scoped: ScopedVariables;
  /** What the conditions around read, and the texts they name. */
  readonly reads: readonly string[];
  readonly mentions: Mentions;
  /** Digest of all that decides whether this place is reached. */
  readonly reached: string;
  /** What must be equal for it to be reached. */
  readonly equal: Equalities;
  readonly inAggregate: boolean;
  /** Explicit outputs are lists here, since an `aggregate` rule beside them gives one. */
  readonly listed: boolean;
  /** The id of the rule around, or where it has none, its place in the rules around it. */
  readonly ruleName: string;
}

interface NewCase {
  readonly name: string;
  readonly range: TextRange;
  readonly source: SourceExpression | null;
  readonly output: LoadedExpression | null;
  readonly explanation: LoadedExpression | null;
  readonly clause: Clause | null;
}

/** The place of a case's output. */
export interface OutputPlace {
  readonly policy: number;
  readonly range: TextRange;
}

const EFFECTS: Readonly<Record<Outcome, Effect>> = {
  allow: 'permit',
  deny: 'forbid',
  escalate: 'escalate',
  indeterminate: null,
};

export class Loader {
  readonly policies: Policy[] = [];
  readonly expressions: ExpressionLoader;
  readonly clauses: PlacedClause[] = [];
  readonly outputs: OutputPlace[] = [];
  canAllow = false;
  readonly #context: LoadContext;
  readonly #names = new Set<string>();
  readonly #mentions = new MentionsBudget();
  #outputType: string | null = null;

  constructor(context: LoadContext) {
    this.#context = context;
    this.expressions = new ExpressionLoader(context.variables, context.cache, context.findings);
  }

  /** Loads a whole policy. */
  policy(rule: RuleNode, name: string): RulePlan {
    const listed = rule.semantic === 'match' && hasAggregate(rule);
    return this.#rule(rule, { ...this.#root(name), listed });
  }

  /** Loads a file that is one boolean expression. */
  single(source: SourceExpression, name: string): RulePlan {
    const place = this.#root(name);
    const output = this.expressions.load(source, place.scoped);
    if (output && !isType(output.type, 'bool')) {
      const message = `a .cel file is one boolean expression, this one is ${output.type}`;
      this.#error('cel-output-error', message, source.range);
    }
    if (output) this.#equal(source, output, place);
    const range = output ? source.toFile(output.expression.start, output.expression.end) : source.range;
    const clause = output && this.#clause(source, output, 0);
    const inner = { ...place, mentions: output?.mentions ?? [] };
    const content = this.#case({ name, range, source, output, explanation: null, clause }, inner);
    const step = { condition: null, always: true, clause: null, content, policies: [content.policy] };
    return { semantic: 'match', steps: [step], exhaustive: true };
  }

  #root(ruleName: string): Place {
    const reached = this.#context.mapping;
    const around = { scoped: new Map(), reads: [], mentions: [], reached, equal: new Map() };
    return { ...around, inAggregate: false, listed: false, ruleName };
  }

  #error(code: string, message: string, range: TextRange | null): void {
    this.#context.findings.add(code, message, range, { fatal: true });
  }

  #rule(rule: RuleNode, outer: Place): RulePlan {
    const isAggregate = rule.semantic === 'aggregate';
    let place: Place = {
      ...outer,
      ruleName: rule.id ?? outer.ruleName,
      inAggregate: outer.inAggregate || isAggregate,
      listed: outer.listed && !isAggregate,
    };
    for (const variable of rule.variables) place = this.#variable(variable, place, outer.scoped);
    const steps: StepPlan[] = [];
    const decided = new Set<string>();
    rule.matches.forEach((match, index) => {
      const { step, text, condition } = this.#step(match, index, place);
      steps.push(step);
      if (isAggregate) return;
      if (condition !== null && decided.has(condition)) {
        this.#warn(
          'a case before this one has the same condition: this one is never reached',
          match.condition,
        );
      }
      if (condition !== null && !match.rule) decided.add(condition);
      this.#checkReachable(rule, index, step, place);
      // Whether a later case is reached hangs on this one.
      place = { ...place, reached: digest(`${place.reached} not ${text}`) };
    });
    const exhaustive = isAggregate || steps.some(isExhaustive);
    return { semantic: rule.semantic, steps, exhaustive };
  }

  #variable(variable: VariableNode, place: Place, outer: ScopedVariables): Place {
    const known = place.scoped.get(variable.name);
    if (known && known !== outer.get(variable.name)) {
      this.#error('cel-type-error', `variable \`${variable.name}\` is declared twice`, variable.range);
    }
    const loaded = this.expressions.load(variable.expression, place.scoped);
    const scoped = new Map([...place.scoped, [variable.name, this.expressions.declare(loaded)]]);
    return { ...place, scoped };
  }

  /** Loads an entry; `text` is all that decides whether it gives something. */
  #step(
    match: MatchNode,
    index: number,
    place: Place,
  ): { step: StepPlan; text: string; condition: string | null } {
    const condition = match.condition ? this.#condition(match.condition, place) : null;
    const isAlways = !match.condition || literal(condition) === true;
    const inner: Place = condition
      ? {
          ...place,
          reads: simplifyReads([...place.reads, ...condition.reads]),
          mentions: joinMentions(place.mentions, condition.mentions),
          reached: digest(`${place.reached} and ${condition.text}`),
          equal: this.#equal(match.condition, condition, place),
        }
      : place;
    const name = `${place.ruleName}/${match.id ?? index}`;
    const evaluate = isAlways ? null : (condition?.evaluate ?? never);
    const text = condition?.text ?? 'true';
    if (!match.rule) {
      const content = this.#output(match, name, inner);
      const { policy } = content;
      const clause = this.#clause(match.condition, condition, policy);
      return {
        step: { condition: evaluate, always: isAlways, clause, content, policies: [policy] },
        text,
        condition: condition?.text ?? null,
      };
    }
    const first = this.policies.length;
    const content = this.#rule(match.rule, { ...inner, ruleName: name });
    const added = this.policies.slice(first);
    const policies = added.map((_, offset) => first + offset);
    const whole = [text, ...added.map((policy) => policy.digest)].join(' ');
    const [only, other] = policies;
    const owner = other === undefined ? (only ?? null) : null;
    const clause = this.#clause(match.condition, condition, owner);
    return {
      step: { condition: evaluate, always: isAlways, clause, content, policies },
      text: whole,
      condition: condition?.text ?? null,
    };
  }

  /** What must be equal where a condition holds; a condition that never does gets a warning. */
  #equal(source: SourceExpression | null, { expression, facts }: LoadedExpression, place: Place): Equalities {
    const found = reachability(expression, facts, place.equal);
    if ('equal' in found) return found.equal;
    if (expression.kind !== 'literal') this.#warn(found.never, source);
    return place.equal;
  }

  #warn(message: string, source: SourceExpression | null): void {
    this.#context.findings.add('cel-unreachable', message, source?.range ?? null, { severity: 'warning' });
  }

  #clause(
    source: SourceExpression | null,
    loaded: LoadedExpression | null,
    policy: number | null,
  ): Clause | null {
    if (!source || !loaded) return null;
    const clause = { expression: loaded.expression, names: loaded.names };
    this.clauses.push({ clause, source, facts: loaded.facts, policy });
    return clause;
  }

  #condition(source: SourceExpression, place: Place): LoadedExpression | null {
    const condition = this.expressions.load(source, place.scoped);
    if (condition && !isType(condition.type, 'bool')) {
      this.#error(
        'cel-type-error',
        `a condition must be a bool, this one is ${condition.type}`,
        source.range,
      );
    }
    if (literal(condition) === false) {
      this.#error('cel-unreachable', 'this condition is always false', source.range);
    }
    return condition;
  }

  #output(match: MatchNode, name: string, place: Place): CasePlan {
    const output = match.output ? this.expressions.load(match.output, place.scoped) : null;
    const explanation = match.explanation ? this.expressions.load(match.explanation, place.scoped) : null;
    if (explanation && match.explanation && !isType(explanation.type, 'string')) {
      const message = `an explanation must be a string, this one is ${explanation.type}`;
      this.#error('cel-type-error', message, match.explanation.range);
    }
    const added = { name, range: match.range, source: match.output, output, explanation, clause: null };
    const plan = this.#case(added, place);
    if (match.output && output) {
      const { start, end } = output.expression;
      this.outputs.push({ policy: plan.policy, range: match.output.toFile(start, end) });
    }
    return plan;
  }

  /** Adds a policy. */
  #case(added: NewCase, place: Place): CasePlan {
    const { output, explanation } = added;
    const { file } = this.#context;
    const found = output ? this.#checkOutput(output, place, added.source) : null;
    this.canAllow ||= found?.outcomes ? found.outcomes.has('allow') : true;
    const name = this.#unique(added.name);
    const { tags, exemption } = this.#context.controls(place.ruleName, name, added.range);
    this.policies.push({
      id: `${file.path}#${name}`,
      name,
      file: file.path,
      language: file.language,
      effect: effectOf(found),
      range: added.range,
      digest: digest(JSON.stringify([place.reached, output?.text, explanation?.text])),
      reads: simplifyReads([...place.reads, ...(output?.reads ?? []), ...(explanation?.reads ?? [])]),
      controls: tags,
      ...(exemption && { exemption }),
      mentions: this.#mentions.take(place.mentions),
    });
    const plan: CasePlan = {
      policy: this.policies.length - 1,
      output: output?.evaluate ?? (() => null),
      explanation: explanation?.evaluate ?? null,
      constant: null,
      listed: place.listed,
      clause: added.clause,
    };
    if (found?.constant && !explanation) {
      const hits = [{ plan, verdict: found.constant }];
      plan.constant = { hits, decision: decisionOf(hits) };
    }
    return plan;
  }

  /** Checks an output's type and its literals. */
  #checkOutput(output: LoadedExpression, place: Place, source: SourceExpression | null): StaticOutput | null {
    const kind = output.type.replace(/<.*/, '');
    const range = source?.range ?? null;
    const allowed = place.listed ? ['list', 'dyn'] : ['bool', 'string', 'map', 'dyn'];
    if (!allowed.includes(kind)) {
      const wanted = place.listed
        ? 'a list (the `aggregate` beside it gives one)'
        : 'a bool, a string or a map';
      this.#error('cel-output-error', `an output must be ${wanted}, this one is ${output.type}`, range);
      return null;
    }
    if (kind !== 'dyn' && kind !== 'list') {
      if (this.#outputType !== null && this.#outputType !== kind) {
        const message = `the outputs of a file have one type: this is ${kind}, those before are ${this.#outputType}`;
        this.#error('cel-output-error', message, range);
      }
      this.#outputType ??= kind;
    }
    const found = staticOutput(output.expression, this.#context.words, place.listed);
    for (const { message, expression } of found.problems) {
      this.#error('cel-output-error', message, source?.toFile(expression.start, expression.end) ?? range);
    }
    return found;
  }

  #unique(name: string): string {
    let unique = name;
    for (let count = 2; this.#names.has(unique); count++) unique = `${name}[${count}]`;
    this.#names.add(unique);
    return unique;
  }

  /** An entry that always ends its rule leaves those after it without use; cel-go refuses that. */
  #checkReachable(rule: RuleNode, index: number, step: StepPlan, place: Place): void {
    const match = rule.matches[index];
    if (index === rule.matches.length - 1 || !match) return;
    if (isExhaustive(step)) {
      this.#error(
        'cel-unreachable',
        'this case always decides: those after it are never reached',
        match.range,
      );
    } else if (place.inAggregate && match.rule && step.always) {
      const message =
        'under `aggregate`, implementations differ on what follows a nested rule without condition';
      this.#error('cel-unsupported', message, match.range);
    }
  }
}

/** Stands for a condition that did not load. */
function never(): boolean {
  return false;
}

/** An output that can say one thing alone is written for that. */
function effectOf(found: StaticOutput | null): Effect {
  const [only, other] = found?.outcomes ?? [];
  return only && !other ? EFFECTS[only] : null;
}

function literal(loaded: LoadedExpression | null): unknown {
  return loaded?.expression.kind === 'literal' ? loaded.expression.value : undefined;
}

/** True where an entry always gives something. */
function isExhaustive(step: StepPlan): boolean {
  return step.always && (!('steps' in step.content) || step.content.exhaustive);
}

function hasAggregate(rule: RuleNode): boolean {
  return rule.matches.some(
    ({ rule: nested }) => nested !== null && (nested.semantic === 'aggregate' || hasAggregate(nested)),
  );
}
