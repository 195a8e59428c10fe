import { editDistance, isObject, type Json } from '@benchbook/model';
import { z } from 'zod';
import { type DataIssue, explainIssue } from '../data/issues.ts';
import type { DataDocument, DataPath } from '../data/parse.ts';
import { agentMembers } from './schema.ts';

const schema = z.looseObject(agentMembers);

/**
 * What is wrong with the card at `path` of a document. A member that is nearly one that means something is told,
 * since any other word may be an attribute.
 */
export function checkAgentCard(document: DataDocument, path: DataPath): readonly DataIssue[] {
  const root = document.value;
  const card = root === undefined ? undefined : valueAt(root, path);
  if (root === undefined || !isObject(card)) return [];
  const written = Object.fromEntries(Object.entries(card).filter(([, value]) => value !== null));
  const result = schema.safeParse(written);
  const hidden = path.length;
  const issues = result.success
    ? []
    : result.error.issues.flatMap((issue) => explainIssue({ document, root, schema, path, hidden }, issue));
  const known = Object.keys(agentMembers);
  for (const key of Object.keys(card)) {
    const near = known.includes(key) ? undefined : known.find((one) => isMisspelt(key, one, card));
    if (near === undefined) continue;
    const message = `\`${key}\` is an attribute of your own here; did you mean \`${near}\`?`;
    const at = [...path, key];
    issues.push({ kind: 'unknown-key', path: at, message, range: document.keyRangeOf(at) });
  }
  return issues;
}

/** Near enough to be a slip, and what it would stand for is not written. */
function isMisspelt(key: string, member: string, card: Readonly<Record<string, Json>>): boolean {
  if (Object.hasOwn(card, member) || key.length > 32 || member.length < 4) return false;
  const distance = editDistance(key.toLowerCase().replace(/[-_]/g, ''), member.toLowerCase());
  return distance <= (member.length > 6 ? 2 : 1);
}

function valueAt(root: Json, path: DataPath): Json | undefined {
  let current: Json | undefined = root;
  for (const step of path)
    current = Array.isArray(current)
      ? (current as readonly Json[])[Number(step)]
      : isObject(current)
        ? current[step]
        : undefined;
  return current;
}
