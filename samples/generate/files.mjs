import * as coding from './coding-agent.mjs';
import * as desk from './support-desk.mjs';
import * as treasury from './treasury.mjs';

/** The text of every recording, by its path below `samples/`; those that end in `.gz` are stored compressed. */
export function files() {
  return {
    'support-desk/traces/tickets-2026-05.jsonl': desk.tickets(),
    'support-desk/traces/web-chat.jsonl': desk.webChat(),
    'coding-agent/traces/hooks.jsonl': coding.hooks(),
    'coding-agent/traces/transcript.jsonl': coding.transcript(),
    'coding-agent/traces/mcp-artifacts.jsonl': coding.mcpLog(),
    'coding-agent/traces/reviewed.jsonl': coding.reviewed(),
    'treasury/traces/payment-run.otlp.jsonl': treasury.spans(),
    'treasury/traces/opa-decisions.ndjson': treasury.decisionLog(),
    'treasury/traces/quarter-end.jsonl.gz': treasury.quarterEnd(),
  };
}
