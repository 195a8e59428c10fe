import { type EngineOptions, getOwn, isObject, type Json, templatePointers } from '@benchbook/model';
import type { VariableTypes } from '../syntax/index.ts';

/** One variable of every request. */
export interface RequestVariable {
  readonly name: string;
  /** In the checker's notation. */
  readonly type: string;
  /** Filled from the facts. */
  readonly template: Json;
}

const FACT = 'map<string, dyn>';

/** What a call becomes unless the mapping says otherwise. */
const STANDARD: readonly RequestVariable[] = [
  { name: 'agent', type: FACT, template: '/agent' },
  { name: 'user', type: FACT, template: '/user' },
  { name: 'tool', type: FACT, template: '/tool' },
  { name: 'args', type: FACT, template: '/args' },
  { name: 'session', type: FACT, template: '/session' },
  { name: 'ts', type: 'google.protobuf.Timestamp', template: '/ts' },
  { name: 'context', type: FACT, template: '/context' },
];

/** Names that an expression cannot use for a variable. */
const RESERVED = new Set(
  (
    'as break const continue else false for function if import in let loop package namespace null return true ' +
    'var void while variables bool bytes double int list map null_type string type uint google cel math base64 ' +
    'strings optional __proto__ prototype'
  ).split(' '),
);

/** The variables under a mapping, and what is wrong with the mapping. */
export function requestVariables(options: EngineOptions): {
  readonly variables: readonly RequestVariable[];
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const mapping = options.mapping ?? {};
  for (const key of Object.keys(mapping)) {
    if (key !== 'variables' && key !== 'outputs') problems.push(`unknown key mapping.cel.${key}`);
  }
  const own = getOwn(mapping, 'variables');
  if (own === undefined || own === null) return { variables: STANDARD, problems };
  if (!isObject(own)) {
    problems.push('mapping.cel.variables must be a mapping of names to templates');
    return { variables: STANDARD, problems };
  }
  const added: RequestVariable[] = [];
  for (const [name, template] of Object.entries(own)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || RESERVED.has(name)) {
      problems.push(`mapping.cel.variables: \`${name.slice(0, 80)}\` cannot name a variable`);
    } else added.push({ name, type: 'dyn', template });
  }
  const kept = STANDARD.filter((variable) => !Object.hasOwn(own, variable.name));
  return { variables: [...kept, ...added], problems };
}

/** Their types by name. */
export function variableTypes(variables: readonly RequestVariable[]): VariableTypes {
  return Object.fromEntries(variables.map((variable) => [variable.name, variable.type]));
}

/** The pointers that a path into a variable reads. */
export function variableReads(variable: RequestVariable, path: string): string[] {
  const { template } = variable;
  if (typeof template === 'string') return template.startsWith('/') ? [template + path] : [];
  return templatePointers(template);
}
