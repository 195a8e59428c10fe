/** Reads a tests file in the format of cel-go's policy tests. */
import type { Node } from 'yaml';
import { parseYaml } from '../policy/read-policy.ts';
import type { Field } from '../policy/yaml-reader.ts';
import { SuiteNodes, SuiteProblem } from './nodes.ts';
import type { Expected, Given, SuiteItem, SuiteTest } from './suite.ts';
import { yamlValue } from './yaml-value.ts';

const MAX_ITEMS = 10_000;
const SUITE_KEYS = ['name', 'description', 'section', 'sections'];
const SECTION_KEYS = ['name', 'description', 'tests'];
const TEST_KEYS = ['name', 'description', 'input', 'context_expr', 'output'];
const OUTPUT_KEYS = ['value', 'expr', 'error_set', 'unknown_set'];

/** The entries of a file; what cannot be read is one of them and says why. `name` is the file's own. */
export function readSuite(text: string, name: string): SuiteItem[] {
  const found: SuiteItem[] = [];
  const document = parseYaml(text, {
    add: (_code, message, range) => found.push(problem(name, range, `no YAML that can be read: ${message}`)),
  });
  if (!document) return found.slice(0, 1);
  try {
    const nodes = new SuiteNodes(document, text);
    return new SuiteReader(nodes, name).read(document.contents as Node | null);
  } catch (error) {
    if (error instanceof SuiteProblem) return [problem(name, null, error.message)];
    if (error instanceof RangeError) return [problem(name, null, 'nested too deeply')];
    throw error;
  }
}

function problem(name: string, range: SuiteItem['range'], message: string): SuiteItem {
  return { name, range, content: { kind: 'error', message } };
}

class SuiteReader {
  readonly #nodes: SuiteNodes;
  readonly #file: string;
  readonly #items: SuiteItem[] = [];

  constructor(nodes: SuiteNodes, file: string) {
    this.#nodes = nodes;
    this.#file = file;
  }

  read(root: Node | null): SuiteItem[] {
    this.#guard(this.#file, root, () => {
      const fields = this.#nodes.fields(this.#nodes.follow(root), 'a tests file', SUITE_KEYS);
      const sections = fields.get('section') ?? fields.get('sections');
      if (!sections) throw new SuiteProblem('a tests file needs `section`: a list of sections with `tests`');
      for (const [index, node] of this.#nodes.items(sections.value, '`section`').entries()) {
        this.#section(node, String(index));
      }
    });
    return this.#items;
  }

  /** What is wrong with an entry stands in its place; the others are read all the same. */
  #guard(name: string, node: Node | null, read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof SuiteProblem)) throw error;
      this.#add(problem(name, this.#nodes.range(node), error.message));
    }
  }

  #add(item: SuiteItem): void {
    if (this.#items.length < MAX_ITEMS) this.#items.push(item);
    else if (this.#items.length === MAX_ITEMS) {
      this.#items.push(problem(this.#file, item.range, `more than ${MAX_ITEMS} tests: the rest is left out`));
    }
  }

  #section(node: Node, place: string): void {
    this.#guard(place, node, () => {
      const fields = this.#nodes.fields(this.#nodes.follow(node), 'a section', SECTION_KEYS);
      const section = this.#name(fields.get('name'), place);
      for (const [index, test] of this.#nodes
        .items(fields.get('tests')?.value ?? null, '`tests`')
        .entries()) {
        if (this.#items.length > MAX_ITEMS) return;
        this.#test(test, section, String(index));
      }
    });
  }

  #name(field: Field | undefined, place: string): string {
    const name = field?.value ? this.#nodes.text(field.value, '`name`') : '';
    return name === '' ? place : name.slice(0, 200);
  }

  #test(node: Node, section: string, place: string): void {
    let name = `${section}/${place}`;
    this.#guard(name, node, () => {
      const fields = this.#nodes.anyFields(this.#nodes.follow(node), 'a test');
      name = `${section}/${this.#name(fields.get('name'), place)}`;
      this.#guard(name, node, () => {
        this.#nodes.fields(this.#nodes.follow(node), 'a test', TEST_KEYS);
        this.#add({ name, range: this.#nodes.range(node), content: this.#content(fields) });
      });
    });
  }

  #content(fields: ReadonlyMap<string, Field>): SuiteItem['content'] {
    if (fields.get('context_expr')?.value) {
      return {
        kind: 'skipped',
        message: '`context_expr` needs protobuf messages, which are not available here',
      };
    }
    const output = fields.get('output')?.value;
    if (!output) throw new SuiteProblem('a test needs `output`, with `value`, `expr` or `error_set`');
    const outputs = this.#nodes.fields(output, '`output`', OUTPUT_KEYS);
    if (outputs.has('unknown_set')) {
      return { kind: 'skipped', message: '`unknown_set` is not evaluated: every variable has a value here' };
    }
    const test: SuiteTest = { inputs: this.#inputs(fields.get('input')), expected: this.#expected(outputs) };
    return { kind: 'test', test };
  }

  #inputs(field: Field | undefined): ReadonlyMap<string, Given> {
    const inputs = new Map<string, Given>();
    if (!field?.value) return inputs;
    for (const [name, { value }] of this.#nodes.anyFields(field.value, '`input`')) {
      const shown = `\`${name.slice(0, 80)}\``;
      inputs.set(
        name,
        this.#given(this.#nodes.fields(value, `input ${shown}`, ['value', 'expr']), `input ${shown}`),
      );
    }
    return inputs;
  }

  #given(fields: ReadonlyMap<string, Field>, what: string): Given {
    const value = fields.get('value');
    const expression = fields.get('expr');
    if (value && expression) throw new SuiteProblem(`${what} has either \`value\` or \`expr\``);
    if (expression) return { expression: this.#nodes.text(expression.value, '`expr`') };
    if (!value) throw new SuiteProblem(`${what} needs \`value\` or \`expr\``);
    return { value: yamlValue(value.value, this.#nodes) };
  }

  #expected(fields: ReadonlyMap<string, Field>): Expected {
    const errors = fields.get('error_set');
    if (!errors) return this.#given(fields, '`output`');
    if (fields.size > 1) throw new SuiteProblem('`output` has either `error_set` or a value');
    const items = this.#nodes.items(errors.value, '`error_set`');
    if (items.length === 0) throw new SuiteProblem('`error_set` names no error');
    return { errors: items.map((item) => this.#nodes.text(this.#nodes.follow(item), 'an error')) };
  }
}
