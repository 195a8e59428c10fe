import { type AuditEntry, canonicalJson, digest, type Json, type JsonObject } from '@benchbook/model';

/** Longest text of an entry; of a longer one its beginning and its digest are written. */
const MAX_TEXT = 1000;
const MAX_POLICIES = 200;
/** Most characters of kept facts; of larger ones only the digest is written. */
const MAX_FACTS = 64_000;

/** Texts come from recordings and may be of any size; a record may not. */
export function boundEntry(entry: AuditEntry): AuditEntry {
  const { actor, action, determining, facts, note } = entry;
  return {
    ...entry,
    actor: { agent: cut(actor.agent), user: cut(actor.user) },
    action: {
      tool: cut(action.tool),
      server: cut(action.server),
      call: cut(action.call),
      session: cut(action.session),
    },
    determining:
      determining.length > MAX_POLICIES
        ? [
            ...determining.slice(0, MAX_POLICIES).map(cut),
            `... and ${determining.length - MAX_POLICIES} more`,
          ]
        : determining.map(cut),
    ...(note !== undefined && { note: cut(note) }),
    ...(facts && { facts: boundFacts(facts) }),
  };
}

function cut<T extends string | null>(text: T): T | string {
  if (text === null || text.length <= MAX_TEXT) return text;
  return `${text.slice(0, MAX_TEXT).toWellFormed()}... sha256:${digest(text.toWellFormed())}`;
}

function boundFacts(facts: JsonObject): JsonObject {
  const text = canonicalJson(facts as Json);
  return text.length <= MAX_FACTS ? facts : { sha256: digest(text) };
}
