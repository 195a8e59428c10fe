/** What tools' schemas, recordings and the format of calls tell of facts. */
import {
  type Json,
  type JsonObject,
  type ObservedField,
  pointerTokens,
  type ToolKnowledge,
  toPointer,
} from '@benchbook/model';
import { literalOf } from '../cel/text.ts';
import { STANDARD_FACTS, standardFact } from '../docs/standard-facts.ts';
import { code, paragraphs, prose } from '../markdown.ts';
import { fieldPointer } from './meaning.ts';
import { celTypes, descriptionOf, listedValues, propertiesOf, schemasAt, typesOf } from './schema.ts';

/** A member of a fact. */
export interface FactMember {
  readonly name: string;
  readonly pointer: string;
}

/** A value that a fact may have, with where it is known from. */
export interface FactValue {
  readonly literal: string;
  readonly value: Json;
  readonly detail: string;
}

const MOST = 500;

export class Knowledge {
  readonly #known: ToolKnowledge;
  readonly #tools: readonly string[] | null;

  /** `tools`: those that the call can be of; null for any. */
  constructor(known: ToolKnowledge, tools: readonly string[] | null) {
    this.#known = known;
    this.#tools = tools;
  }

  /** The members of a fact by name: its tools' arguments in their order, then what is known otherwise. */
  members(pointer: string): readonly FactMember[] {
    const names = new Set<string>();
    for (const schema of this.#schemas(pointer))
      for (const { name } of propertiesOf(schema.schema)) names.add(name);
    const depth = pointerTokens(pointer).length;
    const below = `${fieldPointer(pointer)}/`;
    const add = (candidate: string): void => {
      const name = candidate.startsWith(below) ? pointerTokens(candidate)[depth] : undefined;
      if (name !== undefined && name !== '-') names.add(name);
    };
    for (const fact of STANDARD_FACTS) add(fact.pointer);
    for (const field of this.#fields()) add(field.pointer);
    return [...names].slice(0, MOST).map((name) => ({ name, pointer: pointer + toPointer([name]) }));
  }

  /** CEL's types of a fact; none where nothing is known. */
  types(pointer: string): readonly string[] {
    const standard = standardFact(pointer);
    if (standard) return [standard.type];
    const types = new Set<string>();
    for (const { schema } of this.#schemas(pointer)) for (const type of typesOf(schema)) types.add(type);
    for (const field of this.#observed(pointer)) {
      for (const type of field.types)
        for (const name of celTypes(type)) if (name !== 'int' || type === 'integer') types.add(name);
    }
    return [...types];
  }

  /** True where the fact's absence in some call is known or nothing says that it is there. */
  isOptional(pointer: string): boolean {
    const tokens = pointerTokens(pointer);
    const name = tokens.at(-1) ?? '';
    const parents = this.#schemas(toPointer(tokens.slice(0, -1)));
    return !parents.some(({ schema }) =>
      propertiesOf(schema).some((one) => one.name === name && one.required),
    );
  }

  /** Values that the fact may be compared with. */
  values(pointer: string): readonly FactValue[] {
    const found = new Map<string, FactValue>();
    const add = (value: Json, detail: string): void => {
      const literal = literalOf(value);
      if (literal !== null && !found.has(literal)) found.set(literal, { literal, value, detail });
    };
    if (pointer === '/tool/name' || pointer === '/session/tools/-') {
      for (const tool of this.#known.tools) add(tool.name, tool.server ? `tool of ${tool.server}` : 'tool');
      for (const [name, calls] of this.#known.calls) add(name, `tool, recorded in ${countOf(calls)}`);
    }
    if (pointer === '/tool/server') {
      for (const { server } of this.#known.tools) if (server) add(server, 'server');
    }
    for (const { schema, tool } of this.#schemas(pointer)) {
      for (const value of listedValues(schema)) add(value, `listed by ${tool}`);
    }
    for (const field of this.#observed(pointer)) {
      for (const value of field.examples) add(value, `recorded for ${field.tool}`);
    }
    return [...found.values()].slice(0, MOST);
  }

  /** Markdown: what the fact is, who has it, and what recordings show of it. */
  documentation(pointer: string): string {
    const parts: string[] = [standardFact(pointer)?.documentation ?? ''];
    for (const { schema, tool } of this.#schemas(pointer).slice(0, 5)) {
      if (pointerTokens(pointer).length < 2) break;
      const description = descriptionOf(schema);
      const optional = this.isOptional(pointer) ? '' : ', required';
      const types = typesOf(schema).join(' or ') || 'any type';
      parts.push(`${code(tool)}: ${types}${optional}${description ? ` — ${prose(description)}` : ''}`);
    }
    parts.push(this.#recorded(pointer));
    return paragraphs(...parts);
  }

  /** Markdown: what a tool does. Empty for one that nothing is known of. */
  tool(name: string): string {
    const found = this.#known.tools.find((tool) => tool.name === name);
    const calls = this.#known.calls.get(name);
    if (!found && calls === undefined) return '';
    const server = found?.server ? ` of ${code(found.server)}` : '';
    return paragraphs(
      `Tool ${code(name)}${server}`,
      found?.description ? prose(found.description) : '',
      calls === undefined ? '' : `Recorded in ${countOf(calls)}.`,
    );
  }

  /** Names of all tools that are known. */
  toolNames(): readonly string[] {
    return [...new Set([...this.#known.tools.map(({ name }) => name), ...this.#known.calls.keys()])];
  }

  #recorded(pointer: string): string {
    const fields = this.#observed(pointer);
    if (fields.length === 0) return '';
    const calls = fields.reduce((sum, field) => sum + field.calls, 0);
    const examples = [
      ...new Set(fields.flatMap((field) => field.examples.map((value) => literalOf(value) ?? ''))),
    ];
    const shown = examples
      .filter((text) => text !== '')
      .slice(0, 5)
      .map((text) => code(text.slice(0, 80)));
    const list = shown.length > 0 ? `, e.g. ${shown.join(', ')}` : '';
    return `Recorded in ${countOf(calls)}${list}.`;
  }

  #applies(tool: string): boolean {
    return this.#tools === null || this.#tools.length === 0 || this.#tools.includes(tool);
  }

  #fields(): readonly ObservedField[] {
    return this.#known.fields.filter((field) => this.#applies(field.tool));
  }

  #observed(pointer: string): readonly ObservedField[] {
    const wanted = fieldPointer(pointer);
    return this.#fields().filter((field) => field.pointer === wanted);
  }

  #schemas(pointer: string): readonly { tool: string; schema: JsonObject }[] {
    const [root, ...path] = pointerTokens(fieldPointer(pointer));
    if (root !== 'args') return [];
    return this.#known.tools.flatMap(({ name, inputSchema }) =>
      inputSchema && this.#applies(name)
        ? schemasAt(inputSchema, path).map((schema) => ({ tool: name, schema }))
        : [],
    );
  }
}

function countOf(calls: number): string {
  return calls === 1 ? '1 call' : `${calls.toLocaleString('en-US')} calls`;
}
