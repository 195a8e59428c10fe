import {
  type Diagnostic,
  type Facts,
  fillTemplate,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  pointerTokens,
  templatePointers,
  toPointer,
} from '@benchbook/model';
import type { EntityUid } from '../policies/uid.ts';

/** How one entity of a request is made from a call. */
export interface UidSource {
  /** JSON Pointers it reads. */
  readonly reads: readonly string[];
  /** The type as written; the schema may qualify it. An absent or unusable id is `unknown`. */
  resolve(facts: Facts): EntityUid;
  /** False: nothing of the id was found. */
  isKnown(facts: Facts): boolean;
}

/** How a call becomes a Cedar request. */
export interface CedarMapping {
  readonly principal: UidSource;
  /** What the principal is in, where known. */
  readonly parents: readonly UidSource[];
  /** The principal's tags; null: none. */
  readonly tags: Json | null;
  /** The principal's attributes beside the registry's. */
  readonly attributes: Json | null;
  readonly action: UidSource;
  /** Groups that every action is in, outermost last. */
  readonly actionGroups: readonly string[];
  readonly resource: UidSource;
  /** Take the one entity of the resource's type that the policies name, where there is exactly one. */
  readonly resourceFromPolicies: boolean;
  /** A template object. */
  readonly context: JsonObject;
  readonly truncate: boolean;
}

const DEFAULT_CONTEXT: JsonObject = {
  input: '/args',
  session: { calls: '/session/calls', tools: '/session/tools' },
  user: '/user',
};
const KEYS: readonly string[] = ['preset', 'principal', 'action', 'resource', 'context', 'decimals'];

/** Reads `mapping.cedar` of the manifest. What it does not understand is told and left out. */
export function readMapping(mapping: JsonObject | undefined): {
  readonly mapping: CedarMapping;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const problem = (message: string) =>
    diagnostics.push({
      code: 'cedar-mapping-error',
      severity: 'error',
      fatal: true,
      file: 'benchbook.yaml',
      range: null,
      message: `mapping.cedar: ${message}`,
    });
  const section = mapping ?? {};
  for (const key of Object.keys(section))
    if (!KEYS.includes(key)) problem(`\`${key}\` is unknown; known are ${KEYS.join(', ')}`);
  const preset = getOwn(section, 'preset');
  if (preset !== undefined && preset !== 'agentcore')
    problem(`preset \`${String(preset)}\` is unknown; known is agentcore`);
  const decimals = getOwn(section, 'decimals');
  if (decimals !== undefined && decimals !== 'truncate' && decimals !== 'exact')
    problem('decimals is `truncate` or `exact`');
  const context = getOwn(section, 'context');
  if (context !== undefined && !isObject(context)) problem('context is an object');

  const base = preset === 'agentcore' ? agentCore() : standard();
  const uid = (name: string, fallback: UidSource): UidSource => {
    const written = getOwn(section, name);
    if (written === undefined) return fallback;
    if (isObject(written) && (Object.hasOwn(written, 'id') || Object.hasOwn(written, 'type')))
      return uidSource(written, fallback);
    problem(`${name} is { type, id }`);
    return fallback;
  };
  const principal = getOwn(section, 'principal');
  const within = isObject(principal) ? getOwn(principal, 'in') : undefined;
  const parents = Array.isArray(within)
    ? (within as readonly Json[]).filter(isObject).map((one) => uidSource(one, null))
    : principal === undefined
      ? base.parents
      : [];
  return {
    mapping: {
      ...base,
      principal: uid('principal', base.principal),
      parents,
      action: uid('action', base.action),
      resource: uid('resource', base.resource),
      resourceFromPolicies: base.resourceFromPolicies && getOwn(section, 'resource') === undefined,
      context: isObject(context) ? context : base.context,
      truncate: decimals === undefined ? base.truncate : decimals === 'truncate',
    },
    diagnostics,
  };
}

/** Design section 3: `Agent` in `User`, `Action`, `ToolServer`. */
function standard(): CedarMapping {
  return {
    principal: uidSource({ type: 'Agent', id: '/agent/id' }, null),
    parents: [uidSource({ type: 'User', id: '/user/id' }, null)],
    tags: null,
    attributes: null,
    action: uidSource({ type: 'Action', id: '/tool/name' }, null),
    actionGroups: [],
    resource: uidSource({ type: 'ToolServer', id: '/tool/server' }, null),
    resourceFromPolicies: false,
    context: DEFAULT_CONTEXT,
    truncate: false,
  };
}

/**
 * Amazon Bedrock AgentCore (its developer guide, "Authorization flow" and "Schema constraints"): the OAuth user
 * with the token's claims as tags, an action per tool named `Target___tool` in `CallTool` in `Mcp`, the gateway,
 * and nothing but the arguments as context.
 */
function agentCore(): CedarMapping {
  return {
    ...standard(),
    principal: uidSource({ type: 'AgentCore::OAuthUser', id: '/user/id' }, null),
    parents: [],
    tags: '/user',
    attributes: { id: '/user/id' },
    action: {
      reads: ['/tool/name', '/tool/rawName', '/tool/server'],
      resolve: ({ tool }) => ({ type: 'AgentCore::Action', id: targetTool(tool) }),
      isKnown: () => true,
    },
    actionGroups: ['CallTool', 'Mcp'],
    resource: uidSource({ type: 'AgentCore::Gateway', id: '/context/gatewayArn' }, null),
    resourceFromPolicies: true,
    context: { input: '/args' },
    truncate: true,
  };
}

/** `Target___tool`: as recorded where it has that form, else from server and name. */
function targetTool(tool: JsonObject): string {
  const raw = getOwn(tool, 'rawName');
  if (typeof raw === 'string' && raw.includes('___')) return raw;
  const name = idText(getOwn(tool, 'name')) ?? 'unknown';
  const server = idText(getOwn(tool, 'server'));
  return server && !name.includes('___') ? `${server}___${name}` : name;
}

function uidSource(written: JsonObject, fallback: UidSource | null): UidSource {
  const type = getOwn(written, 'type');
  const id = getOwn(written, 'id');
  const reads = [type, id].flatMap((template) =>
    template === undefined ? (fallback?.reads ?? []) : templatePointers(template),
  );
  const fill = (template: Json, facts: Facts) => idText(fillTemplate(template, facts as unknown as Json));
  return {
    reads: [...new Set(reads)],
    resolve: (facts) => ({
      type: (type === undefined ? fallback?.resolve(facts).type : fill(type, facts)) ?? 'unknown',
      id: (id === undefined ? fallback?.resolve(facts).id : fill(id, facts)) ?? 'unknown',
    }),
    isKnown: (facts) =>
      id === undefined ? (fallback?.isKnown(facts) ?? false) : fill(id, facts) !== undefined,
  };
}

/** An id as text; undefined for what names nothing. */
function idText(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** The pointers behind one path of a template: `['input', 'amount']` of the default is `/args/amount`. */
export function templateReads(template: Json, path: readonly string[]): string[] {
  if (typeof template === 'string')
    return template.startsWith('/') ? [toPointer([...pointerTokens(template), ...path])] : [];
  if (!isObject(template)) return templatePointers(template);
  const [first, ...rest] = path;
  if (first === undefined) return templatePointers(template);
  const isLiteral = Object.hasOwn(template, 'literal') && Object.keys(template).length === 1;
  const member = isLiteral ? undefined : getOwn(template, first);
  return member === undefined ? [] : templateReads(member, rest);
}

/** The one pointer that a path of a template stands for; null where it stands for none or for several. */
export function templatePointer(template: Json, path: readonly string[]): string | null {
  if (typeof template === 'string')
    return template.startsWith('/') ? toPointer([...pointerTokens(template), ...path]) : null;
  const [first, ...rest] = path;
  if (!isObject(template) || first === undefined) return null;
  const member = Object.hasOwn(template, 'literal') ? undefined : getOwn(template, first);
  return member === undefined ? null : templatePointer(member, rest);
}
