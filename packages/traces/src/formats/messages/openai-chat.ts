import type { Json, JsonObject } from '@benchbook/model';
import { array, object, objects, text } from '../../json/access.ts';
import type { Format } from '../format.ts';
import { isToolResult, isToolUse } from './blocks.ts';
import { Conversation } from './conversation.ts';
import { createdAt, frameOf, joinFrames } from './frame.ts';

/**
 * OpenAI Chat Completions: `{ messages }`, a response's `{ choices }`, both in one document (`request`,
 * `response`, or the batch API's `body`), or a bare list of messages.
 */
export const openaiChat: Format = {
  name: 'openai-chat',
  title: 'OpenAI Chat Completions',
  separate: true,
  detect(value) {
    const { messages, choices } = partsOf(value);
    if (messages.some((message) => objects(message.content).some((b) => isToolUse(b) || isToolResult(b))))
      return false;
    return messages.length > 0 || choices.length > 0;
  },
  open: (output) => ({
    read(value, place) {
      const { messages, choices, holders } = partsOf(value);
      if (messages.length === 0 && choices.length === 0) {
        output.problem(place, 'no chat messages');
        return;
      }
      const frame = holders.map(frameOf).reduce(joinFrames, {});
      const conversation = new Conversation(output, place, frame);
      for (const message of messages) conversation.message(message);
      const ts = holders.map(({ created }) => createdAt(created)).find((time) => time !== undefined);
      for (const message of choices) conversation.message(message, ts === undefined ? {} : { ts });
      conversation.end();
    },
    end() {},
  }),
};

interface Parts {
  readonly messages: readonly JsonObject[];
  /** The messages of a response. */
  readonly choices: readonly JsonObject[];
  /** The objects that may tell session, user and model. */
  readonly holders: readonly JsonObject[];
}

function partsOf(value: Json): Parts {
  const list = array(value);
  if (list) return { messages: messagesOf(list), choices: [], holders: [] };
  const document = object(value);
  const holders = [
    document,
    object(document?.request),
    object(document?.body),
    object(document?.response),
    object(object(document?.request)?.body),
    object(object(document?.response)?.body),
  ].filter((holder) => holder !== undefined);
  return {
    messages: holders.flatMap((holder) => messagesOf(holder.messages)),
    choices: holders.flatMap((holder) =>
      objects(holder.choices)
        .map((choice) => object(choice.message))
        .filter((message) => message !== undefined),
    ),
    holders,
  };
}

/** The list where all its items have roles: then it is one of messages. */
function messagesOf(value: Json | undefined): JsonObject[] {
  const items = objects(value);
  return items.every((item) => text(item.role) !== undefined) ? items : [];
}
