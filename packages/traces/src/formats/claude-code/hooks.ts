import { canonicalJson, type JsonObject } from '@benchbook/model';
import type { Draft, Place } from '../../call/draft.ts';
import { defined } from '../../call/finish.ts';
import type { Output } from '../../call/output.ts';
import { Pairing } from '../../call/pairing.ts';
import { isoTime } from '../../call/time.ts';
import { number, object, text, word } from '../../json/access.ts';
import { tooDeep } from '../../json/tame.ts';
import type { Limits } from '../../limits.ts';
import type { Format, Reader } from '../format.ts';
import { argumentsOf } from '../messages/blocks.ts';

/**
 * What Claude Code hands to its hooks, logged one event a line. The events of one call make one call; events that
 * are about no tool are passed over.
 */
export const claudeCodeHooks: Format = {
  name: 'claude-code-hooks',
  title: 'Claude Code hooks',
  detect(value) {
    const event = object(value);
    return text(event?.hook_event_name) !== undefined && text(event?.session_id) !== undefined;
  },
  open: (output, limits) => new HooksReader(output, limits),
};

const EVENTS = new Set([
  'PreToolUse',
  'PermissionRequest',
  'PermissionDenied',
  'PostToolUse',
  'PostToolUseFailure',
]);

class HooksReader implements Reader {
  private readonly output: Output;
  private readonly pairing: Pairing;

  constructor(output: Output, limits: Limits) {
    this.output = output;
    this.pairing = new Pairing((draft) => output.emit(draft), limits.held);
  }

  read(value: JsonObject[string], place: Place): void {
    const event = object(value);
    const name = text(event?.hook_event_name);
    if (!event || name === undefined) {
      this.output.problem(place, 'no hook event');
      return;
    }
    if (!EVENTS.has(name)) return;
    const tool = word(event.tool_name);
    if (tool === undefined) {
      this.output.problem(place, `${name} without tool_name`);
      return;
    }
    const found = this.callOf(event, tool, place);
    if (!found) return;
    const { key, draft } = found;
    draft.doubts = (draft.doubts ?? 0) | place.doubts;
    if (APPLY[name]?.(draft, event)) this.pairing.close(key, draft);
  }

  end(): void {
    this.pairing.end();
  }

  /**
   * The call that the event is about: by its id, else the first open one of the same tool and arguments. Undefined
   * where the call already went out.
   */
  private callOf(event: JsonObject, tool: string, place: Place): { key: string; draft: Draft } | undefined {
    const session = word(event.session_id) ?? place.session;
    const id = word(event.tool_use_id);
    const content = id === undefined ? contentKey(event) : undefined;
    const key = `${session}\u0000${id ?? content}`;
    const known =
      this.pairing.find(key) ??
      (id === undefined
        ? this.pairing.findWhere(
            (draft) =>
              draft.session === session &&
              draft.tool === tool &&
              typeof draft.args === 'object' &&
              'value' in draft.args &&
              contentKey({ tool_input: draft.args.value }) === content,
          )?.draft
        : undefined);
    if (known)
      return { key: known.callId === undefined ? key : `${session}\u0000${known.callId}`, draft: known };
    if (id !== undefined && this.pairing.knows(key)) return undefined;
    const draft = draftOf(event, tool, session, place);
    this.pairing.add(key, draft, content?.length ?? 256);
    return { key, draft };
  }
}

function contentKey(event: JsonObject): string {
  const { tool_input: input } = event;
  return input === undefined || tooDeep(input) ? '' : canonicalJson(input);
}

function draftOf(event: JsonObject, tool: string, session: string, place: Place): Draft {
  const agent = word(event.agent_type) ?? word(event.agent_id);
  return {
    place,
    session,
    ts: isoTime(event.timestamp) ?? isoTime(event.ts),
    agent: agent === undefined ? { id: 'claude-code' } : { id: agent, parentAgentId: 'claude-code' },
    tool,
    server: word(object(event.mcp_server)?.name),
    callId: word(event.tool_use_id),
    args: argumentsOf(event.tool_input),
    context: defined({ cwd: text(event.cwd), permissionMode: text(event.permission_mode) }),
    result: { status: 'pending' },
  };
}

/** What each event adds to its call; true where nothing more can come. */
const APPLY: { readonly [event: string]: (draft: Draft, event: JsonObject) => boolean } = {
  PreToolUse: () => false,
  PermissionRequest(draft) {
    draft.approval = { state: 'requested' };
    draft.recorded = { outcome: 'escalate' };
    return false;
  },
  PermissionDenied(draft, event) {
    const reason = text(event.reason);
    if (draft.approval) draft.approval = { state: 'rejected' };
    draft.recorded = { outcome: 'deny', ...defined({ reason }) };
    draft.result = { status: 'denied', ...defined({ content: reason }) };
    return true;
  },
  PostToolUse(draft, event) {
    ran(draft, event);
    const content = event.tool_response ?? event.tool_output;
    draft.result = { status: 'ok', ...defined({ content }) };
    return true;
  },
  PostToolUseFailure(draft, event) {
    ran(draft, event);
    draft.result = { status: 'error', ...defined({ content: event.error ?? event.tool_response }) };
    return true;
  },
};

function ran(draft: Draft, event: JsonObject): void {
  if (draft.approval) draft.approval = { state: 'granted' };
  draft.durationMs = number(event.duration_ms);
  draft.args = draft.args === 'unrecorded' ? argumentsOf(event.tool_input) : draft.args;
}
