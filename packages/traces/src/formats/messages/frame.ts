import type { Json, JsonObject } from '@benchbook/model';
import { identifier, object, word } from '../../json/access.ts';
import type { Frame } from './conversation.ts';

/** Session, user and model of a logged request or response of a model's API. */
export function frameOf(document: JsonObject): Frame {
  const metadata = object(document.metadata);
  const model = word(document.model);
  const user =
    word(document.user) ??
    word(object(document.user)?.id) ??
    word(document.safety_identifier) ??
    word(metadata?.user_id);
  return {
    session: sessionOf(document) ?? (metadata && sessionOf(metadata)),
    // The only name that these formats give to who calls.
    agent: model === undefined ? undefined : { id: model, model },
    user: user === undefined ? undefined : { id: user },
  };
}

function sessionOf(holder: JsonObject): string | undefined {
  const conversation: Json | undefined = object(holder.conversation)?.id ?? holder.conversation;
  return (
    identifier(holder.session_id) ??
    identifier(holder.conversation_id) ??
    identifier(holder.thread_id) ??
    word(conversation)
  );
}

/** ISO time of seconds since 1970, as OpenAI's `created`. */
export function createdAt(seconds: Json | undefined): string | undefined {
  if (typeof seconds !== 'number' || !(seconds > 0 && seconds < 1e11)) return undefined;
  return new Date(Math.round(seconds * 1_000)).toISOString();
}

/** Both frames; what the second knows goes first. */
export function joinFrames(first: Frame, second: Frame): Frame {
  const known = Object.entries(second).filter(([, value]) => value !== undefined);
  return { ...first, ...Object.fromEntries(known) };
}
