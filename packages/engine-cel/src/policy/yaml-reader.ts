import { suggest, type TextRange } from '@benchbook/model';
import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Findings } from './nodes.ts';
import { readScalar, type SourceExpression, trimEnd } from './scalar.ts';

/** A key of a mapping with its value. */
export interface Field {
  readonly key: string;
  readonly keyRange: TextRange;
  readonly value: Node | null;
}

/** Reads parts of a YAML tree, with a finding for each that is not what it should be. */
export class YamlReader {
  readonly file: string;
  readonly findings: Findings;

  constructor(file: string, findings: Findings) {
    this.file = file;
    this.findings = findings;
  }

  /** A node's range without the white space after it. */
  range(node: Node | null | undefined): TextRange | null {
    const range = node?.range;
    return range ? { start: range[0], end: trimEnd(this.file, range[0], range[1]) } : null;
  }

  error(message: string, range: TextRange | null): void {
    this.findings.add('cel-yaml-error', message, range, { fatal: true });
  }

  /** A mapping's fields; `known` are all keys that it may have. null where it is no mapping. */
  fields(
    node: Node | null,
    what: string,
    known: readonly string[],
    parent: TextRange | null,
  ): Field[] | null {
    if (!isMap(node)) {
      this.#wrongKind(node, `${what} must be a mapping`, parent);
      return null;
    }
    const fields: Field[] = [];
    for (const field of this.#pairs(node)) {
      if (known.includes(field.key)) {
        fields.push(field);
        continue;
      }
      if (field.key === 'controls' || field.key === 'metadata') {
        this.findings.add(
          'cel/unsupported-key',
          `CEL policies have no key \`${field.key}\`: write \`# @controls FRAMEWORK:ID\` above the case, or a file NAME.controls.yaml`,
          field.keyRange,
          { fatal: true },
        );
        continue;
      }
      const near = suggest(field.key, known);
      const hint = near ? `; did you mean \`${near}\`?` : `; known are ${known.join(', ')}`;
      this.findings.add('cel-unknown-key', `unknown key \`${field.key}\` in ${what}${hint}`, field.keyRange, {
        fatal: true,
      });
    }
    return fields;
  }

  /** All fields of a mapping, whatever their names. */
  anyFields(node: Node | null, what: string): Field[] | null {
    if (isMap(node)) return this.#pairs(node);
    this.#wrongKind(node, `${what} must be a mapping`, null);
    return null;
  }

  #pairs(node: YAMLMap): Field[] {
    const fields: Field[] = [];
    const known = new Set<string>();
    for (const pair of node.items) {
      const key = pair.key as Node | null;
      if (!isScalar(key)) {
        this.error('a key must be plain text', this.range(key) ?? this.range(node));
        continue;
      }
      const keyRange = this.range(key) ?? { start: 0, end: 0 };
      const name = String(key.value);
      if (known.has(name)) this.error(`\`${name.slice(0, 80)}\` stands here twice`, keyRange);
      known.add(name);
      fields.push({ key: name, keyRange, value: (pair.value as Node | null) ?? null });
    }
    return fields;
  }

  /** A sequence's items, or null where it is none. */
  items(field: Field, what: string): Node[] | null {
    if (isSeq(field.value)) return field.value.items as Node[];
    this.#wrongKind(field.value, `${what} must be a list`, field.keyRange);
    return null;
  }

  /** Plain text such as a name. */
  text(field: Field, what: string): string | null {
    const node = field.value;
    if (isScalar(node) && node.value !== null) return node.source ?? String(node.value);
    this.#wrongKind(node, `${what} must be text`, field.keyRange);
    return null;
  }

  /** An expression. cel-go takes strings alone: what YAML reads as another type gets a warning. */
  expression(field: Field, what: string): SourceExpression | null {
    const node = field.value;
    if (!isScalar(node) || node.value === null) {
      this.#wrongKind(node, `${what} must be an expression`, field.keyRange);
      return null;
    }
    const expression = readScalar(node, this.file);
    if (typeof node.value !== 'string') {
      const type = typeof node.value === 'bigint' ? 'number' : typeof node.value;
      const message = `${what} must be quoted: cel-go refuses a YAML ${type} here`;
      this.findings.add('cel-unquoted-expression', message, expression.range, { severity: 'warning' });
    }
    return expression;
  }

  #wrongKind(node: Node | null, message: string, parent: TextRange | null): void {
    const text = isAlias(node) ? 'YAML aliases are not part of the CEL policy format' : message;
    this.error(text, this.range(node) ?? parent);
  }
}
