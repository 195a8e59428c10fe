/** Agent cards: a file holds one object with `id`, a list of them, or `{ "agents": [...] }`. */
import { type AgentCard, type Diagnostic, getOwn, isObject, type Json, setOwn } from '@benchbook/model';
import type { DataPath } from '../data/parse.ts';
import { finding } from '../diagnostics.ts';
import type { DataFile } from './data-file.ts';

/** Cards in the order of their files; `attributes` is all that a card states but its id. */
export function readAgents(files: readonly DataFile[]): {
  readonly agents: readonly AgentCard[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const agents: AgentCard[] = [];
  const diagnostics: Diagnostic[] = [];
  const seen = new Map<string, string>();
  for (const { path: file, document, value } of files) {
    for (const { card, path } of agentCards(value)) {
      const id = isObject(card) ? getOwn(card, 'id') : undefined;
      if (!isObject(card) || typeof id !== 'string' || id === '') {
        const message = 'an agent card needs an `id`: the agent id that recordings name';
        diagnostics.push(finding('agent-invalid', file, document.rangeOf(path), message));
        continue;
      }
      const first = seen.get(id);
      if (first !== undefined) {
        const message = `the agent \`${id}\` is already registered in ${first}; keep one card`;
        diagnostics.push(finding('agent-repeated', file, document.rangeOf([...path, 'id']), message));
        continue;
      }
      seen.set(id, file);
      const attributes = {};
      for (const [key, member] of Object.entries(card)) if (key !== 'id') setOwn(attributes, key, member);
      agents.push({ id, attributes });
    }
  }
  return { agents, diagnostics };
}

/** The cards that a file holds, each with its path in it. */
export function agentCards(value: Json): { readonly card: Json; readonly path: DataPath }[] {
  if (Array.isArray(value)) return (value as readonly Json[]).map((card, index) => ({ card, path: [index] }));
  const listed = isObject(value) ? getOwn(value, 'agents') : undefined;
  if (Array.isArray(listed))
    return (listed as readonly Json[]).map((card, index) => ({ card, path: ['agents', index] }));
  return [{ card: value, path: [] }];
}
