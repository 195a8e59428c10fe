import type { CallAgent, Json, JsonObject } from '@benchbook/model';
import type { Draft, Place } from '../call/draft.ts';
import { defined } from '../call/finish.ts';
import type { Output } from '../call/output.ts';
import { Pairing } from '../call/pairing.ts';
import { elapsed, isoTime } from '../call/time.ts';
import { array, object, text, word } from '../json/access.ts';
import type { Limits } from '../limits.ts';
import type { Format, Reader } from './format.ts';
import { argumentsOf, flatten } from './messages/blocks.ts';

/**
 * Logs of MCP's JSON-RPC messages, bare or in an envelope with time and direction. Both sides number their own
 * requests: an answer belongs to the request that went the other way.
 */
export const mcpJsonRpc: Format = {
  name: 'mcp-jsonrpc',
  title: 'MCP JSON-RPC logs',
  detect: (value) => messagesOf(value).length > 0,
  open: (output, limits) => new McpReader(output, limits),
};

const ENVELOPES = ['msg', 'message', 'payload', 'data', 'body', 'request', 'response'];

/** The messages of a line: one, an envelope's, or a batch. */
function messagesOf(value: Json): JsonObject[] {
  const items = array(value) ?? [value];
  return items.flatMap((item) => {
    const holder = object(item);
    if (!holder) return [];
    if (holder.jsonrpc === '2.0') return [holder];
    for (const key of ENVELOPES) {
      const inner = array(holder[key]) ?? [holder[key]!];
      const found = inner.map(object).filter((message) => message?.jsonrpc === '2.0');
      if (found.length > 0) return found as JsonObject[];
    }
    return [];
  });
}

type Direction = 'out' | 'in' | undefined;

/** `out` is from the client. */
function directionOf(envelope: JsonObject): Direction {
  const said = text(envelope.dir) ?? text(envelope.direction) ?? text(envelope.from) ?? text(envelope.type);
  if (said === undefined) return undefined;
  if (/^(client\b|c(2|->|→)s|outgoing|outbound|send|sent|out\b|->|>>|request)/i.test(said)) return 'out';
  if (/^(server\b|s(2|->|→)c|incoming|inbound|recv|receive|in\b|<-|<<|response)/i.test(said)) return 'in';
  return undefined;
}

class McpReader implements Reader {
  private readonly output: Output;
  private readonly pairing: Pairing;
  /** By connection: the server's and the client's names, told when it opens. */
  private readonly servers = new Map<string, string>();
  private readonly clients = new Map<string, CallAgent>();
  /** Requests of other methods that wait for answers with the ids of calls. */
  private readonly others = new Map<string, string>();
  private readonly early = new Map<
    string,
    { readonly message: JsonObject; readonly place: Place; readonly ts?: string }
  >();
  private readonly limit: number;

  constructor(output: Output, limits: Limits) {
    this.output = output;
    this.limit = limits.held;
    this.pairing = new Pairing((draft) => output.emit(draft), limits.held);
  }

  read(value: Json, place: Place): void {
    const messages = messagesOf(value);
    if (messages.length === 0) this.output.problem(place, 'no JSON-RPC message');
    const envelope = object(value) ?? {};
    for (const message of messages) this.message(message, envelope, place);
  }

  end(): void {
    for (const { message, place } of this.early.values())
      if (looksLikeCall(message))
        this.output.problem(
          place,
          `a tool's result without its call: id ${JSON.stringify(message.id)?.slice(0, 100)}`,
        );
    this.pairing.end();
  }

  private message(message: JsonObject, envelope: JsonObject, place: Place): void {
    const session =
      word(envelope.session) ??
      word(envelope.session_id) ??
      word(envelope.sessionId) ??
      word(envelope['mcp-session-id']);
    const connection = `${session ?? ''}\u0000${text(envelope.server) ?? ''}`;
    const ts = isoTime(envelope.ts) ?? isoTime(envelope.timestamp) ?? isoTime(envelope.time);
    const direction = directionOf(envelope);
    if (text(message.method) !== undefined) {
      if (message.id !== undefined && message.id !== null)
        this.request(message, { session, connection, ts, direction, place, server: word(envelope.server) });
    } else if ('result' in message || 'error' in message)
      this.answer(message, connection, ts, direction, place);
  }

  private request(message: JsonObject, at: At): void {
    // Only clients call tools: such a request tells its direction itself.
    const isCall = message.method === 'tools/call';
    const key = keyOf(at.connection, isCall ? 'out' : at.direction, message.id);
    const params = object(message.params);
    if (message.method === 'initialize') {
      const client = object(params?.clientInfo);
      const name = word(client?.name);
      if (name !== undefined)
        this.clients.set(at.connection, { id: name, ...defined({ version: text(client?.version) }) });
    }
    if (!isCall) {
      this.others.set(key, text(message.method) ?? '');
      if (this.others.size > this.limit) this.others.delete(this.others.keys().next().value!);
      return;
    }
    const name = word(params?.name);
    if (name === undefined) {
      this.output.problem(at.place, 'tools/call without a name');
      return;
    }
    const draft: Draft = {
      place: at.place,
      session: at.session,
      ts: at.ts,
      agent: this.clients.get(at.connection),
      tool: name,
      server: at.server ?? this.servers.get(at.connection),
      callId: typeof message.id === 'string' ? message.id : String(message.id),
      args: params?.arguments === undefined ? { value: {} } : argumentsOf(params.arguments),
      result: { status: 'pending' },
    };
    this.pairing.add(key, draft, 256);
    const early = this.early.get(key);
    if (!early) return;
    this.early.delete(key);
    this.apply(key, draft, early.message, early.ts, early.place);
  }

  private answer(
    message: JsonObject,
    connection: string,
    ts: string | undefined,
    direction: Direction,
    place: Place,
  ): void {
    const asked: Direction = direction === undefined ? undefined : direction === 'in' ? 'out' : 'in';
    const other = keyOf(connection, asked, message.id);
    const call = keyOf(connection, 'out', message.id);
    const draft = asked === 'in' ? undefined : this.pairing.find(call);
    const method = this.others.get(other);
    // Without directions an id may be both sides': the result's shape tells whose.
    if (draft && (method === undefined || asked !== undefined || looksLikeCall(message))) {
      this.apply(call, draft, message, ts, place);
      return;
    }
    if (method !== undefined) {
      this.others.delete(other);
      const name =
        method === 'initialize' ? word(object(object(message.result)?.serverInfo)?.name) : undefined;
      if (name !== undefined) this.servers.set(connection, name);
    } else if (asked !== 'in' && this.early.size < this.limit && !this.pairing.knows(call)) {
      this.early.set(call, { message, place, ...(ts === undefined ? {} : { ts }) });
    }
  }

  private apply(key: string, draft: Draft, message: JsonObject, ts: string | undefined, place: Place): void {
    const error = object(message.error);
    const result = object(message.result);
    const content = error
      ? error.message
      : (flatten(result?.content) ?? result?.structuredContent ?? (result ? undefined : message.result));
    draft.doubts = (draft.doubts ?? 0) | place.doubts;
    draft.durationMs = elapsed(draft.ts, ts);
    draft.result = {
      status: error || result?.isError === true ? 'error' : 'ok',
      ...(content === undefined ? {} : { content }),
    };
    this.pairing.close(key, draft);
  }
}

interface At {
  readonly session: string | undefined;
  readonly connection: string;
  readonly ts: string | undefined;
  readonly direction: Direction;
  readonly place: Place;
  readonly server: string | undefined;
}

/** JSON-RPC tells the number 1 from the text "1". */
function keyOf(connection: string, direction: Direction, id: Json | undefined): string {
  return `${connection}\u0000${direction ?? ''}\u0000${typeof id}\u0000${String(id)}`;
}

function looksLikeCall(message: JsonObject): boolean {
  const result = object(message.result);
  return (
    result !== undefined &&
    (Array.isArray(result.content) || 'structuredContent' in result || 'isError' in result)
  );
}
