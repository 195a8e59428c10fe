import type { EngineInput, JsonObject, SourceFile } from '@benchbook/model';
import { type CedarMapping, readMapping } from '../request/mapping.ts';
import { type Catalog, CatalogReader } from './knowledge/catalog.ts';
import { type JsonMentions, readJsonMentions } from './navigate/json-mentions.ts';
import { cutPieces, type PieceFile } from './syntax/pieces.ts';

/** What the editor verbs work on: the files of the last update, read as far as they can be, each text once. */
export class LanguageWorkspace {
  readonly mapping: CedarMapping;
  #input: EngineInput = { files: [], tools: [], agents: [], numbers: [] };
  #files = new Map<string, SourceFile>();
  readonly #catalogs = new CatalogReader();
  #catalog: Catalog | null = null;
  #pieces = new Map<string, PieceFile>();
  #mentions = new Map<string, { readonly text: string; readonly found: JsonMentions }>();

  constructor(mapping: JsonObject | undefined) {
    this.mapping = readMapping(mapping).mapping;
  }

  update(input: EngineInput): void {
    this.#input = input;
    this.#catalog = null;
    this.#files = new Map(input.files.map((file) => [file.path, file]));
    for (const path of this.#pieces.keys()) if (!this.#files.has(path)) this.#pieces.delete(path);
    for (const path of this.#mentions.keys()) if (!this.#files.has(path)) this.#mentions.delete(path);
  }

  get agents(): EngineInput['agents'] {
    return this.#input.agents;
  }

  get catalog(): Catalog {
    this.#catalog ??= this.#catalogs.read(this.ofRole('schema'));
    return this.#catalog;
  }

  file(path: string): SourceFile | null {
    return this.#files.get(path) ?? null;
  }

  /** By path. */
  ofRole(role: SourceFile['role']): readonly SourceFile[] {
    return [...this.#files.values()]
      .filter((file) => file.role === role)
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** A policy file in pieces; null for every other file. */
  policies(path: string): PieceFile | null {
    const file = this.#files.get(path);
    if (file?.role !== 'policy') return null;
    const known = this.#pieces.get(path);
    if (known?.text === file.text) return known;
    const cut = cutPieces(file.text, known);
    this.#pieces.set(path, cut);
    return cut;
  }

  /** What a JSON file (entities, links, tests) names. */
  mentions(file: SourceFile): JsonMentions {
    const known = this.#mentions.get(file.path);
    if (known?.text === file.text) return known.found;
    const found = readJsonMentions(file.text, file.role);
    this.#mentions.set(file.path, { text: file.text, found });
    return found;
  }
}
