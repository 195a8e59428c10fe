import { agentJsonSchema } from '@benchbook/workspace';
import { type ManifestKeys, schemaKeys } from '../manifest/keys.ts';

/** What may stand in an agent card, also where a file lists its cards below `agents`. */
export function cardKeys(): ManifestKeys {
  const keys = schemaKeys(agentJsonSchema);
  return {
    below: (path) => keys.below(inCard(path)),
    at: (path) => keys.at(inCard(path)),
  };
}

/** A path in a card: without what leads to the card. */
export function inCard(path: readonly string[]): readonly string[] {
  return path[0] === 'agents' ? path.slice(1) : path;
}
