import type { AgentCard, EngineInput, Json, ToolDefinition } from '@benchbook/model';
import { compareText } from '../diagnostics.ts';
import { attributeName, cedarString, commentLine } from './cedar-text.ts';
import { type Argument, argumentsOf, recordText } from './schema-type.ts';

/** Names of tools that only look: a first guess that the author of the policies corrects. */
const READING = /^(?:check|count|describe|fetch|find|get|list|lookup|query|read|search|show|view)(?![a-z])/;

/** A schema for the tools and a first policy file that validates against it; nothing where there is no tool. */
export function scaffold({
  tools,
  agents,
}: Pick<EngineInput, 'tools' | 'agents'>): readonly { path: string; text: string }[] {
  const byName = byNames(tools);
  const names = [...byName.keys()].sort(compareText);
  if (!names.length) return [];
  const actions = names.map((name) => actionText(name, byName.get(name)!));
  return [
    { path: 'policies/tools.cedarschema', text: `${header(agents)}\n${actions.join('\n')}` },
    { path: 'policies/starter.cedar', text: starter(names) },
  ];
}

function header(agents: readonly AgentCard[]): string {
  return `// Made from the tools' JSON Schemas: an action for each tool, its arguments as \`context.input\`.

entity User;
entity Agent in [User]${agentShape(agents)};
entity ToolServer;

// What came before in the session.
type Session = {
  calls: Long,
  tools: Set<String>,
};

type CallUser = {
  id: String,
  roles?: Set<String>,
};
`;
}

/** Attributes of agents that have one type in all their cards. */
function agentShape(agents: readonly AgentCard[]): string {
  const types = new Map<string, Set<string | null>>();
  for (const { attributes } of agents)
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) continue;
      const seen = types.get(name) ?? new Set();
      types.set(name, seen.add(simpleType(value)));
    }
  const lines = [...types]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([name, seen]) => {
      const [type] = seen;
      return seen.size === 1 && type ? [`  ${attributeName(name)}?: ${type},`] : [];
    });
  return lines.length ? ` = {\n${lines.join('\n')}\n}` : '';
}

function simpleType(value: Json): string | null {
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Bool';
  if (typeof value === 'bigint') return 'Long';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Long' : 'decimal';
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? 'Set<String>' : null;
}

function actionText(name: string, definitions: readonly ToolDefinition[]): string {
  const described = definitions.find(({ description }) => description)?.description;
  return [
    ...(described ? [commentLine(described)] : []),
    `action ${cedarString(name)} appliesTo {`,
    '  principal: [Agent],',
    '  resource: [ToolServer],',
    '  context: {',
    `    input: ${recordText(merged(definitions), '    ')},`,
    '    session: Session,',
    '    user?: CallUser,',
    '  },',
    '};',
    '',
  ].join('\n');
}

/** The arguments of a tool that several servers may offer: what not all of them require is optional. */
function merged(definitions: readonly ToolDefinition[]): Argument[] {
  const lists = definitions.map(({ inputSchema }) => argumentsOf(inputSchema));
  if (lists.length === 1) return lists[0]!;
  const byName = byNames(lists.flat());
  return [...byName].map(([name, found]) => {
    const [first] = found;
    const isSame = found.every(({ type }) => JSON.stringify(type) === JSON.stringify(first!.type));
    return {
      name,
      type: isSame ? first!.type : { unsupported: 'servers disagree on its type' },
      required: found.length === lists.length && found.every(({ required }) => required),
    };
  });
}

function starter(names: readonly string[]): string {
  const reading = names.filter((name) => READING.test(name));
  const acting = names.filter((name) => !READING.test(name));
  const parts = [
    '// A first set of rules: looking is allowed, everything else waits for a person.\n// What no permit names is denied.\n',
  ];
  if (reading.length)
    parts.push(
      rule('allow-reading', 'permit', reading, ['@reason("Tools that only look are open to every agent.")']),
    );
  if (acting.length)
    parts.push(
      rule('allow-acting', 'permit', acting, ['@reason("Allowed once a person has approved.")']),
      rule('approve-acting', 'forbid', acting, [
        '@effect("escalate")',
        '@reason("A person approves every call that changes something.")',
      ]),
    );
  return parts.join('\n');
}

function rule(id: string, effect: string, names: readonly string[], annotations: readonly string[]): string {
  const list = names.map((name) => `    Action::${cedarString(name)}`).join(',\n');
  return [
    `@id("${id}")`,
    ...annotations,
    `${effect} (`,
    '  principal is Agent,',
    '  action in [',
    list,
    '  ],',
    '  resource is ToolServer',
    ');',
    '',
  ].join('\n');
}

function byNames<T extends { readonly name: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.name);
    if (group) group.push(item);
    else groups.set(item.name, [item]);
  }
  return groups;
}
