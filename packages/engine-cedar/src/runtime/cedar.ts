import { type CedarInstance, instantiate, type TextFunction, type ValueFunction } from './instance.ts';

/** An answer as JSON text, or the instance ended (its stack ran out, or a bug of cedar-wasm). */
export type Called =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

/** Policies to preparse together. `key` names their content: equal keys mean equal content. */
export interface PreparsedSource {
  readonly key: string;
  /** cedar-wasm's `PolicySet` as JSON text. */
  json(): string;
}

/** Preparsed sets that one instance keeps; the one unused for longest makes room. */
const MAX_SLOTS = 256;
/** Linear memory never shrinks: an instance above this is replaced when nothing runs. */
const MAX_IDLE_MEMORY = 256 * 2 ** 20;

const NO_POLICIES: PreparsedSource = {
  key: '',
  json: () => '{"staticPolicies":{},"templates":{},"templateLinks":[]}',
};

/** cedar-wasm with replacement of a spoiled instance and a bounded store of preparsed policy sets. */
export class Cedar {
  readonly #module: WebAssembly.Module;
  #instance: CedarInstance | null = null;
  /** Source key -> slot name, least recently used first. */
  readonly #slots = new Map<string, string>();
  /** The schema that the instance has preparsed. */
  #schema: string | null = null;

  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /** Calls a function that takes one value, given as JSON text. */
  value(name: ValueFunction, json: string): Called {
    return this.#guard((instance) => instance.callValue(name, json));
  }

  /** Calls a function that takes one text. */
  text(name: TextFunction, text: string): Called {
    return this.#guard((instance) => instance.callText(name, text));
  }

  /**
   * Authorizes one request over preparsed policies. `members` is the inside of cedar-wasm's
   * `StatefulAuthorizationCall` as JSON text, without `preparsedPolicySetId` and braces.
   */
  authorize(source: PreparsedSource, members: string): Called {
    return this.#guard((instance) => {
      const slot = this.#slot(instance, source);
      return instance.callValue('statefulIsAuthorized', `{"preparsedPolicySetId":"${slot}",${members}}`);
    });
  }

  /**
   * What Cedar says of a request by itself: of its context, its types, its entities. `members` as for `authorize`;
   * `schemaText` null: without a schema.
   */
  checkRequest(schemaText: string | null, members: string): Called {
    return this.#guard((instance) => {
      const slot = this.#slot(instance, NO_POLICIES);
      let schema = '';
      if (schemaText !== null) {
        if (this.#schema !== schemaText) {
          const answer = JSON.parse(
            instance.preparse('preparseSchema', 'schema', JSON.stringify(schemaText)),
          ) as { type: string };
          // It was parsed before.
          if (answer.type !== 'success')
            throw new Error(`the schema does not preparse: ${JSON.stringify(answer)}`);
          this.#schema = schemaText;
        }
        schema = ',"preparsedSchemaName":"schema","validateRequest":true';
      }
      return instance.callValue(
        'statefulIsAuthorized',
        `{"preparsedPolicySetId":"${slot}",${members}${schema}}`,
      );
    });
  }

  /** Lets go of an instance that has grown large. */
  tidy(): void {
    if (this.#instance && this.#instance.memorySize() > MAX_IDLE_MEMORY) this.drop();
  }

  /** Forgets the instance; the next call starts a new one. */
  drop(): void {
    this.#instance = null;
    this.#schema = null;
    this.#slots.clear();
  }

  #slot(instance: CedarInstance, source: PreparsedSource): string {
    const known = this.#slots.get(source.key);
    if (known !== undefined) {
      if (this.#slots.size > MAX_SLOTS / 2) {
        this.#slots.delete(source.key);
        this.#slots.set(source.key, known);
      }
      return known;
    }
    let slot = `s${this.#slots.size}`;
    if (this.#slots.size >= MAX_SLOTS) {
      const [oldest, freed] = this.#slots.entries().next().value as [string, string];
      this.#slots.delete(oldest);
      slot = freed;
    }
    const answer = JSON.parse(instance.preparse('preparsePolicySet', slot, source.json())) as {
      type: string;
    };
    // Every policy was parsed before: this cannot fail but by a bug.
    if (answer.type !== 'success') throw new Error(`policies do not preparse: ${JSON.stringify(answer)}`);
    this.#slots.set(source.key, slot);
    return slot;
  }

  /** An exception that crosses Wasm frames leaves their stack unwound: the instance is not to be trusted again. */
  #guard(run: (instance: CedarInstance) => string): Called {
    try {
      this.#instance ??= instantiate(this.#module);
      return { ok: true, text: run(this.#instance) };
    } catch (error) {
      this.drop();
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
  }
}
