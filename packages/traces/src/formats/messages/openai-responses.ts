import type { CallResult, Json, JsonObject } from '@benchbook/model';
import type { Draft } from '../../call/draft.ts';
import { defined } from '../../call/finish.ts';
import { array, object, objects, text, word } from '../../json/access.ts';
import type { Format } from '../format.ts';
import { argumentsOf, flatten, freeText } from './blocks.ts';
import { Conversation, type Frame } from './conversation.ts';
import { createdAt, frameOf, joinFrames } from './frame.ts';

/** OpenAI Responses: `{ input }`, a response's `{ output }`, both in one document, or a bare list of items. */
export const openaiResponses: Format = {
  name: 'openai-responses',
  title: 'OpenAI Responses',
  separate: true,
  detect(value) {
    const { input, output, holders } = partsOf(value);
    return [...input, ...output].some(isItem) || holders.some((holder) => holder.object === 'response');
  },
  open: (out) => ({
    read(value, place) {
      const { input, output, holders } = partsOf(value);
      if (input.length === 0 && output.length === 0 && !openaiResponses.detect(value)) {
        out.problem(place, 'no items of the Responses API');
        return;
      }
      const conversation = new Conversation(out, place, holders.map(frameOf).reduce(joinFrames, {}));
      const items = new Items(conversation);
      for (const item of input) items.read(item, {});
      const ts = holders.map((holder) => createdAt(holder.created_at)).find((time) => time !== undefined);
      for (const item of output) items.read(item, ts === undefined ? {} : { ts });
      conversation.end();
    },
    end() {},
  }),
};

/** Built-in tools whose `action` is what is done; the tool is named as the item is. */
const ACTION = /^(local_shell|shell|apply_patch|computer|web_search)_call$/;
const CALL = /^(function_call|custom_tool_call|mcp_call|mcp_approval_request|code_interpreter_call)$/;
const ANSWER = /_call_output$/;

function isItem(item: JsonObject): boolean {
  const type = text(item.type) ?? '';
  return CALL.test(type) || ANSWER.test(type) || ACTION.test(type);
}

class Items {
  private readonly conversation: Conversation;
  /** Drafts of MCP calls that wait for a person, by the id of the request. */
  private readonly requested = new Map<string, Draft>();

  constructor(conversation: Conversation) {
    this.conversation = conversation;
  }

  read(item: JsonObject, frame: Frame): void {
    const type = text(item.type) ?? '';
    if (type === 'mcp_call' || type === 'mcp_approval_request') this.mcp(item, type, frame);
    else if (type === 'mcp_approval_response') this.approval(item);
    else if (ANSWER.test(type)) this.answer(item);
    else if (CALL.test(type) || ACTION.test(type)) this.call(item, type, frame);
  }

  private call(item: JsonObject, type: string, frame: Frame): void {
    const name = word(item.name) ?? type.replace(/_call$/, '');
    const id = word(item.call_id) ?? word(item.id);
    const server = word(item.namespace);
    const action = object(item.action) ?? object(item.operation);
    const args =
      type === 'custom_tool_call'
        ? freeText(item.input)
        : type === 'code_interpreter_call'
          ? { value: defined({ code: item.code, container_id: item.container_id }) }
          : action
            ? { value: action }
            : argumentsOf(item.arguments);
    const draft = this.conversation.ask({ id, name, server, args }, frame);
    // Tools that run at OpenAI have no item of their own for the answer.
    if (type === 'code_interpreter_call' || type === 'web_search_call')
      draft.result = { status: item.status === 'failed' ? 'error' : 'ok' };
  }

  private answer(item: JsonObject): void {
    const content = flatten(item.output);
    const status = item.status === 'incomplete' ? 'error' : 'ok';
    this.conversation.tell({
      id: word(item.call_id),
      result: { status, ...(content === undefined ? {} : { content }) },
    });
  }

  private mcp(item: JsonObject, type: string, frame: Frame): void {
    const id = word(item.id);
    const request = type === 'mcp_approval_request';
    const known = this.requested.get(word(item.approval_request_id) ?? '');
    const draft =
      known ??
      this.conversation.ask(
        {
          id,
          name: word(item.name) ?? 'unknown',
          server: word(item.server_label),
          args: argumentsOf(item.arguments),
        },
        frame,
      );
    if (request) {
      draft.approval = { state: 'requested' };
      draft.recorded = { outcome: 'escalate' };
      if (id !== undefined) this.requested.set(id, draft);
    } else {
      draft.result = mcpResult(item);
    }
  }

  private approval(item: JsonObject): void {
    const draft = this.requested.get(word(item.approval_request_id) ?? '');
    if (!draft) return;
    const approved = item.approve === true;
    draft.approval = { state: approved ? 'granted' : 'rejected' };
    if (!approved) draft.result = { status: 'denied', ...defined({ content: text(item.reason) }) };
  }
}

function mcpResult(item: JsonObject): CallResult {
  if (item.error !== undefined && item.error !== null) return { status: 'error', content: item.error };
  if (item.output === undefined || item.output === null) return { status: 'pending' };
  return { status: 'ok', content: item.output };
}

interface Parts {
  readonly input: readonly JsonObject[];
  readonly output: readonly JsonObject[];
  readonly holders: readonly JsonObject[];
}

function partsOf(value: Json): Parts {
  if (array(value)) return { input: objects(value), output: [], holders: [] };
  const document = object(value);
  const holders = [
    document,
    object(document?.request),
    object(document?.body),
    object(document?.response),
  ].filter((holder) => holder !== undefined);
  return {
    input: holders.flatMap((holder) => objects(holder.input)),
    output: holders.flatMap((holder) => objects(holder.output)),
    holders,
  };
}
