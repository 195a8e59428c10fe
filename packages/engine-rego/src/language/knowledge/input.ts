import {
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  type ObservedField,
  pointerTokens,
  type ToolKnowledge,
} from '@benchbook/model';

/** A path below `input`, or into the facts; null is any member of a list or a map. */
export type Path = readonly (string | null)[];

/** What is known of a place of the input. */
export interface Member {
  readonly name: string;
  /** JSON types, or '' where nothing is known. */
  readonly type: string;
  /** Plain text; may be empty. */
  readonly description: string;
  readonly examples: readonly Json[];
  /** Recorded calls that had it. */
  readonly calls: number;
}

interface Shape {
  readonly type: string;
  readonly description: string;
  readonly members?: Readonly<Record<string, Shape>>;
  /** Of a list. */
  readonly items?: Shape;
}

const leaf = (type: string, description: string): Shape => ({ type, description });

const TOOL: Shape = {
  type: 'object',
  description: 'The tool that is called.',
  members: {
    name: leaf('string', 'Name of the tool.'),
    server: leaf('string', 'The server that offers the tool.'),
    rawName: leaf('string', 'The name as it was recorded, e.g. with the server in front.'),
  },
};

/** What a policy sees of a call. */
const CALL: Shape = {
  type: 'object',
  description: 'The call that is decided.',
  members: {
    agent: {
      type: 'object',
      description: 'The agent that asks, with what its card states.',
      members: {
        id: leaf('string', 'Id of the agent.'),
        name: leaf('string', 'Name of the agent.'),
        version: leaf('string', 'Version of the agent.'),
        model: leaf('string', 'The model that the agent runs on.'),
        parentAgentId: leaf('string', 'The agent that started this one.'),
      },
    },
    user: {
      type: 'object',
      description: 'The user on whose behalf the agent acts; absent where it is unknown.',
      members: { id: leaf('string', 'Id of the user.'), roles: leaf('array', 'Roles of the user.') },
    },
    tool: TOOL,
    args: { type: 'object', description: 'The arguments of the call; null where they are no object.' },
    session: {
      type: 'object',
      description: 'What came before in the session.',
      members: {
        calls: leaf('number', 'Calls before this one.'),
        tools: leaf('array', 'Distinct tools called before, in order of first use.'),
        history: {
          type: 'array',
          description: 'The last 256 calls before this one.',
          items: {
            type: 'object',
            description: 'A call before this one.',
            members: {
              tool: TOOL,
              args: { type: 'object', description: 'Its arguments, up to 4 KB.' },
              result: {
                type: 'object',
                description: 'How it went.',
                members: { status: leaf('string', '`ok`, `error`, `denied` or `pending`.') },
              },
            },
          },
        },
      },
    },
    ts: leaf('string', 'The time of the call, RFC 3339.'),
    context: {
      type: 'object',
      description: 'What else was recorded of the surroundings.',
      members: {
        cwd: leaf('string', 'The folder the agent works in.'),
        permissionMode: leaf('string', 'What the agent may do without being asked.'),
      },
    },
  },
};

/** Members of places that hold nothing else: a name that is not there is a mistake. */
const CLOSED: readonly string[] = ['', '/tool', '/session'];

/**
 * The place in the facts that a path below `input` is made from, or undefined where the mapping makes it from
 * nothing of the call.
 */
export function factPath(path: Path, mapping: Json | undefined): Path | undefined {
  if (mapping === undefined) return path;
  let template: Json | undefined = mapping;
  for (let at = 0; ; at++) {
    if (typeof template === 'string') {
      return template.startsWith('/') ? [...pointerTokens(template), ...path.slice(at)] : undefined;
    }
    const name = path[at];
    if (!isObject(template ?? null) || typeof name !== 'string') return undefined;
    template = getOwn(template as JsonObject, name);
    if (template === undefined) return undefined;
  }
}

/** What may stand below a path of `input`, by name. `tools`: those that the policy is about; empty: any. */
export function membersBelow(
  path: Path,
  tools: readonly string[],
  known: ToolKnowledge,
  mapping: Json | undefined,
): Member[] {
  const own = mapping === undefined ? undefined : templateMembers(path, mapping);
  if (own) return own.map((name) => describe([...path, name], tools, known, mapping));
  const facts = factPath(path, mapping);
  const names = new Set<string>();
  if (facts) {
    const shape = shapeAt(facts);
    for (const name of Object.keys(shape?.members ?? {})) names.add(name);
    for (const schema of schemasAt(facts, tools, known)) {
      const properties = getOwn(schema, 'properties');
      if (isObject(properties ?? null))
        for (const name of Object.keys(properties as JsonObject)) names.add(name);
    }
    for (const name of observedBelow(facts, tools, known)) names.add(name);
  }
  if (mapping === undefined) for (const name of observedBelow(['input', ...path], [], known)) names.add(name);
  return [...names].map((name) => describe([...path, name], tools, known, mapping));
}

/** What is known of one place of the input. */
export function describe(
  path: Path,
  tools: readonly string[],
  known: ToolKnowledge,
  mapping: Json | undefined,
): Member {
  const facts = factPath(path, mapping);
  const name = path.at(-1) ?? '';
  if (!facts) return { name, type: '', description: '', examples: [], calls: 0 };
  const shape = shapeAt(facts);
  const schemas = schemasAt(facts, tools, known);
  const fields = [
    ...fieldsAt(facts, tools, known),
    ...(mapping === undefined ? fieldsAt(['input', ...path], [], known) : []),
  ];
  const types = new Set([
    ...schemas.flatMap(typesOf),
    ...(schemas.length > 0 ? [] : fields.flatMap((f) => f.types)),
  ]);
  const texts = schemas
    .map((schema) => getOwn(schema, 'description'))
    .filter((text) => typeof text === 'string');
  const enums = schemas.flatMap((schema) => {
    const values = getOwn(schema, 'enum');
    return Array.isArray(values) ? (values as Json[]) : [];
  });
  const examples = [...enums, ...fields.flatMap((field) => field.examples)];
  return {
    name,
    type: shape?.type ?? [...types].sort().join(' or '),
    description: shape?.description ?? [...new Set(texts)].join(' '),
    examples: distinct(examples).slice(0, 12),
    calls: fields.reduce((sum, field) => sum + field.calls, 0),
  };
}

/** True where the facts cannot hold such a member, whatever was recorded. */
export function isNoMember(facts: Path): { readonly among: readonly string[] } | undefined {
  const parent = facts.slice(0, -1);
  const name = facts.at(-1);
  if (typeof name !== 'string' || name === '') return undefined;
  const key = parent.map((part) => `/${part ?? '-'}`).join('');
  if (!CLOSED.includes(key)) return undefined;
  const among = Object.keys(shapeAt(parent)?.members ?? {});
  return among.includes(name) || (key === '' && name === 'input') ? undefined : { among };
}

/** Where the values of a place are names of tools. */
export function holdsToolName(facts: Path): boolean {
  const key = facts.map((part) => part ?? '-').join('/');
  return key === 'tool/name' || key === 'session/history/-/tool/name' || key === 'session/tools/-';
}

function templateMembers(path: Path, mapping: Json): string[] | undefined {
  let template: Json | undefined = mapping;
  for (const name of path) {
    if (typeof template === 'string') return undefined;
    template = isObject(template ?? null) && name !== null ? getOwn(template as JsonObject, name) : undefined;
  }
  return isObject(template ?? null)
    ? Object.keys(template as JsonObject)
    : typeof template === 'string'
      ? undefined
      : [];
}

function shapeAt(path: Path): Shape | undefined {
  let shape: Shape | undefined = CALL;
  for (const name of path) {
    if (!shape) return undefined;
    if (shape.items) {
      shape = name === null || /^\d+$/.test(name) ? shape.items : undefined;
      continue;
    }
    const members: Shape['members'] = shape.members;
    shape = members && name !== null && Object.hasOwn(members, name) ? members[name] : undefined;
  }
  return shape;
}

/** JSON Schemas of a place among the arguments, one for each tool that has it. */
function schemasAt(path: Path, tools: readonly string[], known: ToolKnowledge): JsonObject[] {
  if (path[0] !== 'args') return [];
  return known.tools.flatMap((tool) => {
    if (!tool.inputSchema || (tools.length > 0 && !tools.includes(tool.name))) return [];
    let schema: Json | undefined = tool.inputSchema;
    for (const name of path.slice(1)) {
      if (!isObject(schema ?? null)) return [];
      const object: JsonObject = schema as JsonObject;
      const properties: Json | undefined = getOwn(object, 'properties');
      const items = getOwn(object, 'items') ?? getOwn(object, 'additionalProperties');
      const own: Json | undefined =
        name !== null && isObject(properties ?? null) ? getOwn(properties as JsonObject, name) : undefined;
      schema = own ?? (name === null || /^\d+$/.test(name) ? items : undefined);
    }
    return isObject(schema ?? null) ? [schema as JsonObject] : [];
  });
}

function typesOf(schema: JsonObject): string[] {
  const type = getOwn(schema, 'type');
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? (type as readonly Json[]).filter((one) => typeof one === 'string') : [];
}

function pointerOf(path: Path): string {
  return path.map((part) => `/${(part ?? '-').replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function fieldsAt(path: Path, tools: readonly string[], known: ToolKnowledge): ObservedField[] {
  const pointer = pointerOf(path);
  return known.fields.filter(
    (field) => field.pointer === pointer && (tools.length === 0 || tools.includes(field.tool)),
  );
}

function observedBelow(path: Path, tools: readonly string[], known: ToolKnowledge): string[] {
  const start = `${pointerOf(path)}/`;
  const names = known.fields
    .filter((field) => field.pointer.startsWith(start) && (tools.length === 0 || tools.includes(field.tool)))
    .map((field) => pointerTokens(field.pointer)[path.length]!);
  const hidden = path.length === 0 ? ['input'] : [];
  return [...new Set(names)].filter((name) => name !== '-' && !hidden.includes(name));
}

function distinct(values: readonly Json[]): Json[] {
  const byText = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byText.values()];
}
