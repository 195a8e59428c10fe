import type { Decl, Type } from '@bufbuild/cel-spec/cel/expr/checked_pb.js';
import { Type_PrimitiveType } from '@bufbuild/cel-spec/cel/expr/checked_pb.js';
import type { SimpleTest } from '@bufbuild/cel-spec/cel/expr/conformance/test/simple_pb.js';
import { getConformanceSuite } from '@bufbuild/cel-spec/testdata/tests.js';
import type { Value } from '../../src/values/index.ts';
import { fromSpec } from './values.ts';

/** Sections of CEL's core language. */
export const CORE = [
  'basic',
  'comparisons',
  'conversions',
  'fields',
  'fp_math',
  'integer_math',
  'lists',
  'logic',
  'macros',
  'parse',
  'plumbing',
  'string',
  'timestamps',
] as const;

/** Sections of extensions and optional parts. */
export const EXTENSIONS = [
  'bindings_ext',
  'block_ext',
  'encoders_ext',
  'macros2',
  'math_ext',
  'optionals',
  'string_ext',
] as const;

/** One case of the official suite. */
export interface ConformanceCase {
  /** `section/group/name`. */
  readonly name: string;
  readonly section: string;
  readonly expression: string;
  /** undefined: it must fail. */
  readonly expected: Value | undefined;
  readonly variables: Readonly<Record<string, Value>>;
  /** Types in cel-js' notation. */
  readonly types: Readonly<Record<string, string>>;
  readonly check: boolean;
}

/** The cases of the given sections, and the names of those that need protobuf messages. */
export function loadCases(sections: readonly string[]): { cases: ConformanceCase[]; outside: string[] } {
  const cases: ConformanceCase[] = [];
  const outside: string[] = [];
  for (const section of getConformanceSuite().suites) {
    if (!sections.includes(section.name)) continue;
    for (const group of section.suites) {
      for (const test of group.tests) {
        const name = `${section.name}/${group.name}/${test.name}`;
        const read = readCase(name, section.name, test.original);
        if (read) cases.push(read);
        else outside.push(name);
      }
    }
  }
  return { cases, outside };
}

const MESSAGES =
  /\bTestAllTypes\b|\bNestedTestAllTypes\b|cel\.expr\.|google\.protobuf\.(?!Timestamp\b(?!\s*\{)|Duration\b(?!\s*\{))|\b(?:Global|Nested)Enum\b/;

function readCase(name: string, section: string, test: SimpleTest): ConformanceCase | null {
  if (MESSAGES.test(test.expr)) return null;
  const matcher = test.resultMatcher;
  if (matcher.case !== 'value' && matcher.case !== 'evalError' && matcher.case !== undefined) return null;
  const expected =
    matcher.case === 'value' ? fromSpec(matcher.value) : matcher.case === undefined ? true : undefined;
  if (matcher.case === 'value' && expected === undefined) return null;
  const variables: Record<string, Value> = {};
  for (const [variable, binding] of Object.entries(test.bindings)) {
    const value = binding.kind.case === 'value' ? fromSpec(binding.kind.value) : undefined;
    if (value === undefined) return null;
    variables[variable] = value;
  }
  const types: Record<string, string> = {};
  for (const declaration of test.typeEnv) {
    const type = declaredType(declaration);
    if (type === null) return null;
    if (type !== undefined) types[declaration.name] = type;
  }
  for (const variable of Object.keys(variables)) types[variable] ??= 'dyn';
  return { name, section, expression: test.expr, expected, variables, types, check: !test.disableCheck };
}

/** undefined: not a variable. null: a message. */
function declaredType(declaration: Decl): string | null | undefined {
  if (declaration.declKind.case !== 'ident') return undefined;
  const type = declaration.declKind.value.type;
  return type ? typeText(type) : 'dyn';
}

const PRIMITIVES: Readonly<Record<number, string>> = {
  [Type_PrimitiveType.BOOL]: 'bool',
  [Type_PrimitiveType.INT64]: 'int',
  [Type_PrimitiveType.UINT64]: 'uint',
  [Type_PrimitiveType.DOUBLE]: 'double',
  [Type_PrimitiveType.STRING]: 'string',
  [Type_PrimitiveType.BYTES]: 'bytes',
};

function typeText(type: Type): string | null {
  const kind = type.typeKind;
  switch (kind.case) {
    case 'primitive':
      return PRIMITIVES[kind.value] ?? null;
    case 'wellKnown':
      return ['dyn', 'dyn', 'google.protobuf.Timestamp', 'google.protobuf.Duration'][kind.value] ?? null;
    case 'listType': {
      const element = kind.value.elemType ? typeText(kind.value.elemType) : 'dyn';
      return element && `list<${element}>`;
    }
    case 'mapType': {
      const key = kind.value.keyType ? typeText(kind.value.keyType) : 'dyn';
      const value = kind.value.valueType ? typeText(kind.value.valueType) : 'dyn';
      return key && value && `map<${key}, ${value}>`;
    }
    case 'dyn':
      return 'dyn';
    case 'null':
      return 'null';
    default:
      return null;
  }
}
