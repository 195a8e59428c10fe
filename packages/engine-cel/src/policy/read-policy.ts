import type { TextRange } from '@benchbook/model';
import { type Document, type Node, parseDocument } from 'yaml';
import type { YamlNode } from '../language/yaml/node.ts';
import { outlineYaml } from '../language/yaml/outline.ts';
import type { Findings, MatchNode, PolicyNode, RuleNode, VariableNode } from './nodes.ts';
import { type Field, YamlReader } from './yaml-reader.ts';

const MAX_LENGTH = 1_000_000;
/** cel-go stops at 100 variables and nested rules together. */
const MAX_NESTED = 100;

const POLICY_KEYS = ['name', 'description', 'imports', 'rule'];
const RULE_KEYS = ['id', 'description', 'variables', 'match', 'aggregate'];
const VARIABLE_KEYS = ['name', 'expression'];
const MATCH_KEYS = ['id', 'condition', 'output', 'rule', 'explanation'];

/** The library looks for equal keys in quadratic time: `YamlReader` does it instead. */
const YAML_OPTIONS = {
  prettyErrors: false,
  logLevel: 'silent',
  version: '1.2',
  uniqueKeys: false,
  intAsBigInt: true,
} as const;

/** Parses YAML, integers as bigint; its errors become findings. null where nothing can be read. */
export function parseYaml(text: string, findings: Findings): Document | null {
  const whole = { start: 0, end: Math.min(1, text.length) };
  if (text.length > MAX_LENGTH) {
    findings.add('cel-yaml-error', `longer than ${MAX_LENGTH} characters`, whole, { fatal: true });
    return null;
  }
  try {
    const document = parseDocument(text, YAML_OPTIONS);
    for (const error of document.errors.slice(0, 20)) {
      const open = error.message.startsWith('Missing closing') ? openQuote(text) : null;
      const [start, end] = open ? [open.start, open.end] : error.pos;
      const range = { start: Math.min(start, text.length), end: Math.min(Math.max(end, start), text.length) };
      const [message = 'not YAML'] = error.message.split('\n');
      const told = /call stack/.test(message) ? 'nested too deeply' : message;
      findings.add('cel-yaml-error', told, range, { fatal: true });
    }
    return document.errors.length > 0 ? null : document;
  } catch (error) {
    const message = error instanceof RangeError ? 'nested too deeply' : String(error);
    findings.add('cel-yaml-error', message, whole, { fatal: true });
    return null;
  }
}

/** The first quote that nobody closed, with the rest of its line: where it is missing and not where the file ends. */
function openQuote(text: string): TextRange | null {
  const pending: YamlNode[] = [outlineYaml(text)];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.kind === 'scalar' && !node.isClosed) return node;
    const parts = node.kind === 'map' ? node.entries : node.kind === 'sequence' ? node.items : [];
    pending.push(...parts.map(({ value }) => value).reverse());
  }
  return null;
}

/** Reads a file in the CEL policy format. null where it holds no rule that can be looked at. */
export function readPolicy(text: string, findings: Findings): PolicyNode | null {
  const document = parseYaml(text, findings);
  if (!document) return null;
  return new PolicyReader(new YamlReader(text, findings)).policy(document.contents as Node | null);
}

class PolicyReader {
  readonly #yaml: YamlReader;
  #nested = 0;

  constructor(yaml: YamlReader) {
    this.#yaml = yaml;
  }

  policy(node: Node | null): PolicyNode | null {
    const whole = { start: 0, end: Math.min(1, this.#yaml.file.length) };
    const fields = this.#yaml.fields(node, 'a policy', POLICY_KEYS, whole);
    if (!fields) return null;
    let name: string | null = null;
    let rule: RuleNode | null = null;
    for (const field of fields) {
      if (field.key === 'name') name = this.#yaml.text(field, '`name`');
      if (field.key === 'rule') rule = this.#rule(field.value, field.keyRange, false);
      if (field.key === 'imports') this.#imports(field);
    }
    if (!fields.some((field) => field.key === 'rule')) {
      this.#yaml.error('the policy has no `rule`', fields[0]?.keyRange ?? whole);
    }
    return rule && { name, rule };
  }

  #imports(field: Field): void {
    const message = '`imports` name protobuf types, which are not available here: ignored';
    this.#yaml.findings.add('cel-imports-ignored', message, field.keyRange, { severity: 'warning' });
  }

  #count(range: TextRange | null): boolean {
    this.#nested++;
    if (this.#nested === MAX_NESTED + 1) {
      this.#yaml.error(`more than ${MAX_NESTED} variables and nested rules`, range);
    }
    return this.#nested <= MAX_NESTED;
  }

  #rule(node: Node | null, parent: TextRange, inAggregate: boolean): RuleNode | null {
    const fields = this.#yaml.fields(node, 'a rule', RULE_KEYS, parent);
    if (!fields) return null;
    const range = this.#yaml.range(node) ?? parent;
    const ways = fields.filter((field) => field.key === 'match' || field.key === 'aggregate');
    const [way, second] = ways;
    if (second) this.#yaml.error('a rule has either `match` or `aggregate`', second.keyRange);
    if (!way)
      this.#yaml.error('a rule needs `match` or `aggregate`', {
        ...range,
        end: firstLine(this.#yaml.file, range),
      });
    const semantic = way?.key === 'aggregate' ? 'aggregate' : 'match';
    if (semantic === 'aggregate' && inAggregate && way) {
      this.#yaml.error('`aggregate` rules cannot be nested in one another', way.keyRange);
    }
    let id: string | null = null;
    const variables: VariableNode[] = [];
    for (const field of fields) {
      if (field.key === 'id') id = this.#yaml.text(field, '`id`');
      if (field.key === 'variables') {
        for (const item of this.#yaml.items(field, '`variables`') ?? []) {
          const variable = this.#variable(item, field.keyRange);
          if (variable) variables.push(variable);
        }
      }
    }
    const inside = inAggregate || semantic === 'aggregate';
    const matches = way ? this.#matches(way, inside) : [];
    return { id, semantic, variables, matches, range };
  }

  #variable(node: Node, parent: TextRange): VariableNode | null {
    const fields = this.#yaml.fields(node, 'a variable', VARIABLE_KEYS, parent);
    const range = this.#yaml.range(node) ?? parent;
    if (!fields || !this.#count(range)) return null;
    const nameField = fields.find((field) => field.key === 'name');
    const expressionField = fields.find((field) => field.key === 'expression');
    if (!nameField || !expressionField) {
      this.#yaml.error('a variable needs `name` and `expression`', range);
      return null;
    }
    const name = this.#yaml.text(nameField, '`name`');
    const expression = this.#yaml.expression(expressionField, '`expression`');
    if (name !== null && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      this.#yaml.error(
        `\`${name.slice(0, 80)}\` is no name for a variable`,
        this.#yaml.range(nameField.value),
      );
      return null;
    }
    return name !== null && expression ? { name, range, expression } : null;
  }

  #matches(way: Field, inAggregate: boolean): MatchNode[] {
    const items = this.#yaml.items(way, `\`${way.key}\``);
    if (items?.length === 0) this.#yaml.error(`\`${way.key}\` has no cases`, way.keyRange);
    const matches: MatchNode[] = [];
    for (const item of items ?? []) {
      const match = this.#match(item, way.keyRange, inAggregate);
      if (match) matches.push(match);
    }
    return matches;
  }

  #match(node: Node, parent: TextRange, inAggregate: boolean): MatchNode | null {
    const fields = this.#yaml.fields(node, 'a case', MATCH_KEYS, parent);
    if (!fields) return null;
    const range = this.#yaml.range(node) ?? parent;
    const find = (key: string): Field | undefined => fields.find((field) => field.key === key);
    const expression = (key: string) => {
      const field = find(key);
      return field ? this.#yaml.expression(field, `\`${key}\``) : null;
    };
    const ruleField = find('rule');
    const outputField = find('output');
    const explanationField = find('explanation');
    if (ruleField && outputField)
      this.#yaml.error('a case has either `output` or `rule`', ruleField.keyRange);
    if (!ruleField && !outputField) this.#yaml.error('a case needs `output` or `rule`', range);
    if (ruleField && explanationField) {
      this.#yaml.error(
        '`explanation` belongs to an `output`, not to a nested rule',
        explanationField.keyRange,
      );
    }
    if (ruleField && !this.#count(range)) return null;
    const idField = find('id');
    return {
      id: idField ? this.#yaml.text(idField, '`id`') : null,
      condition: expression('condition'),
      output: expression('output'),
      explanation: ruleField ? null : expression('explanation'),
      rule: ruleField ? this.#rule(ruleField.value, ruleField.keyRange, inAggregate) : null,
      range,
    };
  }
}

function firstLine(file: string, range: TextRange): number {
  const newline = file.indexOf('\n', range.start);
  return newline < 0 ? range.end : Math.min(newline, range.end);
}
