import type { Json, JsonObject } from '@benchbook/model';
import { array, object, objects, text } from '../../json/access.ts';
import type { Format } from '../format.ts';
import { isToolResult, isToolUse } from './blocks.ts';
import { Conversation } from './conversation.ts';
import { frameOf, joinFrames } from './frame.ts';

/** Anthropic Messages: `{ messages }`, a response (`type: message`), both in one document, or a list of messages. */
export const anthropicMessages: Format = {
  name: 'anthropic-messages',
  title: 'Anthropic Messages',
  separate: true,
  detect: (value) => messagesOf(value).some(hasBlocks) || isResponse(object(value)),
  open: (output) => ({
    read(value, place) {
      const messages = messagesOf(value);
      if (messages.length === 0) {
        output.problem(place, 'no messages');
        return;
      }
      const frame = holdersOf(value).map(frameOf).reduce(joinFrames, {});
      const conversation = new Conversation(output, place, frame);
      for (const message of messages) conversation.message(message);
      conversation.end();
    },
    end() {},
  }),
};

function holdersOf(value: Json): JsonObject[] {
  const document = object(value);
  return [document, object(document?.request), object(document?.response)].filter(
    (holder) => holder !== undefined,
  );
}

function messagesOf(value: Json): JsonObject[] {
  if (array(value)) return objects(value).filter(({ role }) => text(role) !== undefined);
  return holdersOf(value).flatMap((holder) => [
    ...objects(holder.messages),
    ...(isResponse(holder) ? [holder] : []),
  ]);
}

function hasBlocks(message: JsonObject): boolean {
  return objects(message.content).some((block) => isToolUse(block) || isToolResult(block));
}

function isResponse(value: JsonObject | undefined): boolean {
  return value?.type === 'message' && value.role === 'assistant' && array(value.content) !== undefined;
}
