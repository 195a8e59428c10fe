import type { AuthorizationAnswer, CheckParseAnswer } from '@cedar-policy/cedar-wasm/web';
import { cedarString } from '../language/cedar-text.ts';
import { lex } from '../policies/lex.ts';
import type { EntityUid } from '../policies/uid.ts';
import { answerOf, isFailure } from '../runtime/answers.ts';
import type { Cedar, PreparsedSource } from '../runtime/cedar.ts';

/** What an expression came to. */
export type Value = 'true' | 'false' | 'error';

/** Probes that Cedar is asked together. */
const CHUNK = 1000;
/** Distinct probes of one group of policies; what goes beyond is not seen. */
const MAX_PROBES = 20_000;

/** Expressions and scopes as policies of their own, each distinct one once. */
export class Probes {
  readonly #texts = new Map<string, number>();
  readonly #cedar: Cedar;
  readonly #key: string;
  #chunks: readonly PreparsedSource[] | null = null;

  /** `key` names the content, as of a `PreparsedSource`. */
  constructor(cedar: Cedar, key: string) {
    this.#cedar = cedar;
    this.#key = key;
  }

  /** The number of a probe for a boolean expression; null: there are too many. */
  expression(text: string): number | null {
    return this.#add(`permit(principal,action,resource)when{${text}};`);
  }

  /** The number of a probe for a scope in its parentheses, `slots` filled. */
  scope(text: string, slots: ReadonlyMap<string, EntityUid>): number | null {
    return this.#add(`permit${fillSlots(text, slots)};`);
  }

  /**
   * One value per probe for a request (see `Cedar.authorize`); null where Cedar gives no answer. Probes are not
   * added any more after the first time.
   */
  ask(members: string): readonly Value[] | null {
    this.#chunks ??= this.#preparable();
    const values = new Array<Value>(this.#texts.size).fill('false');
    for (const [index, source] of this.#chunks.entries()) {
      const called = this.#cedar.authorize(source, members);
      if (!called.ok) return null;
      const answer = JSON.parse(called.text) as AuthorizationAnswer;
      if (answer.type === 'failure') return null;
      const { reason, errors } = answer.response.diagnostics;
      for (const id of reason) values[index * CHUNK + Number(id)] = 'true';
      for (const { policyId } of errors) values[index * CHUNK + Number(policyId)] = 'error';
    }
    return this.#chunks.length ? values : null;
  }

  #add(text: string): number | null {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= MAX_PROBES) return null;
    this.#texts.set(text, this.#texts.size);
    return this.#texts.size - 1;
  }

  /** Each was parsed before as a part of its policy; if Cedar refuses one all the same, none is asked. */
  #preparable(): readonly PreparsedSource[] {
    const texts = [...this.#texts.keys()];
    const chunks: PreparsedSource[] = [];
    // One chunk at least: whether Cedar takes the request at all is asked with it.
    for (let from = 0; from === 0 || from < texts.length; from += CHUNK) {
      const statics = texts
        .slice(from, from + CHUNK)
        .map((text, index) => `"${index}":${JSON.stringify(text)}`);
      const json = `{"staticPolicies":{${statics.join(',')}},"templates":{},"templateLinks":[]}`;
      if (isFailure(answerOf<CheckParseAnswer>(this.#cedar.value('checkParsePolicySet', json)))) return [];
      chunks.push({ key: `${this.#key} probes ${from}`, json: () => json });
    }
    return chunks;
  }
}

function fillSlots(text: string, slots: ReadonlyMap<string, EntityUid>): string {
  if (!slots.size) return text;
  let filled = '';
  let at = 0;
  for (const { kind, start, end } of lex(text)) {
    const uid = kind === 'word' ? slots.get(text.slice(start, end)) : undefined;
    if (!uid) continue;
    filled += `${text.slice(at, start)}${uid.type}::${cedarString(uid.id)}`;
    at = end;
  }
  return filled + text.slice(at);
}
