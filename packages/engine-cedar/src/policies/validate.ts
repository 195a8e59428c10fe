import type { Diagnostic, Severity, TextRange } from '@benchbook/model';
import type { ValidationAnswer } from '@cedar-policy/cedar-wasm/web';
import { errorRange } from '../diagnostics.ts';
import { answerOf, errorText, isFailure } from '../runtime/answers.ts';
import type { Cedar } from '../runtime/cedar.ts';
import { originalOffset } from './depth.ts';
import type { TemplateLink } from './links.ts';
import { narrowToAttribute } from './narrow.ts';
import type { ParsedPolicy } from './parse.ts';
import { uidJson } from './uid.ts';

type DetailedError = Parameters<typeof errorRange>[1];

/** A static policy, a template, or a link of one. */
export interface ValidationItem {
  readonly file: string;
  readonly range: TextRange;
  readonly parsed: ParsedPolicy;
  readonly link: TemplateLink | null;
}

interface Finding {
  readonly severity: Severity;
  readonly message: string;
  /** Relative to the policy's text; null for links and where Cedar names no place. */
  readonly range: TextRange | null;
}

/** Remembers what Cedar's validator said of each policy, so that an edit costs its own policies alone. */
export class Validator {
  readonly #cedar: Cedar;
  #known = new Map<string, readonly Finding[]>();
  #schemaText = '';

  constructor(cedar: Cedar) {
    this.#cedar = cedar;
  }

  /** Validates all items against a schema in Cedar's syntax. */
  validate(schemaText: string, items: readonly ValidationItem[]): Diagnostic[] {
    const known = schemaText === this.#schemaText ? this.#known : new Map<string, readonly Finding[]>();
    this.#schemaText = schemaText;
    const keyed = items.map((item) => ({ item, key: keyOf(item) }));
    const pending = new Map(keyed.filter(({ key }) => !known.has(key)).map(({ key, item }) => [key, item]));
    const fresh = this.#run([...pending]);
    this.#known = new Map(keyed.map(({ key }) => [key, known.get(key) ?? fresh.get(key) ?? []]));
    return keyed.flatMap(({ item, key }) => this.#known.get(key)!.map((found) => diagnosticOf(item, found)));
  }

  #run(pending: readonly (readonly [string, ValidationItem])[]): Map<string, Finding[]> {
    const found = new Map<string, Finding[]>(pending.map(([key]) => [key, []]));
    if (!pending.length) return found;
    const policies = policiesJson(pending.map(([, item]) => item));
    const answer = answerOf<ValidationAnswer>(
      this.#cedar.value('validate', `{"schema":${JSON.stringify(this.#schemaText)},"policies":${policies}}`),
    );
    if (isFailure(answer)) {
      // Something ended the instance or the call: find out which policy it was.
      if (pending.length > 1) return new Map(pending.flatMap((one) => [...this.#run([one])]));
      found.set(pending[0]![0], [{ severity: 'error', message: errorText(answer.errors[0]!), range: null }]);
      return found;
    }
    const { validationErrors, validationWarnings } = answer as Extract<ValidationAnswer, { type: 'success' }>;
    for (const [severity, list] of [
      ['error', validationErrors],
      ['warning', validationWarnings],
    ] as const)
      for (const { policyId, error } of list) {
        const entry = pending[Number(policyId)];
        if (entry) found.get(entry[0])!.push(findingOf(severity, entry[1], error));
      }
    // A policy with an error is impossible or dead as a consequence: only the error helps.
    for (const [key, list] of found)
      if (list.some(({ severity }) => severity === 'error'))
        found.set(
          key,
          list.filter(({ severity }) => severity === 'error'),
        );
    return found;
  }
}

function keyOf({ parsed, link }: ValidationItem): string {
  if (!link) return parsed.text;
  const values = [...link.values].map(([slot, uid]) => `${slot}=${uidJson(uid)}`).sort();
  return [parsed.text, ...values].join('\0');
}

/** Every item by its index; the template of a link stands under an id that is no number. */
function policiesJson(items: readonly ValidationItem[]): string {
  const statics: string[] = [];
  const templates: string[] = [];
  const links: string[] = [];
  items.forEach(({ parsed, link }, index) => {
    const text = JSON.stringify(parsed.text);
    if (link) {
      templates.push(`"template of ${index}":${text}`);
      const values = [...link.values].map(([slot, uid]) => `${JSON.stringify(slot)}:${uidJson(uid)}`);
      links.push(`{"templateId":"template of ${index}","newId":"${index}","values":{${values.join(',')}}}`);
    } else (parsed.isTemplate ? templates : statics).push(`"${index}":${text}`);
  });
  return `{"staticPolicies":{${statics.join(',')}},"templates":{${templates.join(',')}},"templateLinks":[${links.join(',')}]}`;
}

function findingOf(severity: Severity, { parsed, link }: ValidationItem, error: DetailedError): Finding {
  const whole = link ? null : errorRange(parsed.text, error);
  const plain = (text: string) => text.replace(/^for policy `[^`]*`, /, '');
  const message = errorText({
    ...error,
    message: plain(error.message),
    help: error.help && plain(error.help),
  });
  const place = whole && narrowToAttribute(parsed.text, whole, message);
  return {
    severity,
    message,
    range: place && {
      start: originalOffset(parsed.insertions, place.start),
      end: originalOffset(parsed.insertions, place.end),
    },
  };
}

function diagnosticOf({ file, range, link, parsed }: ValidationItem, found: Finding): Diagnostic {
  const offset = parsed.statement.range.start;
  return {
    code: found.severity === 'error' ? 'cedar-validation-error' : 'cedar-validation-warning',
    severity: found.severity,
    file,
    range:
      found.range && !link ? { start: found.range.start + offset, end: found.range.end + offset } : range,
    message: found.message,
  };
}
