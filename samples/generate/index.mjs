/** Writes the recordings of the sample workspaces: `node samples/generate/index.mjs`. */
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import * as coding from './coding-agent.mjs';
import * as desk from './support-desk.mjs';
import * as treasury from './treasury.mjs';

const samples = new URL('../', import.meta.url);

/** Compressed; zlib writes no time, and the byte that tells the operating system is set to `unknown`. */
function gzip(text) {
  const bytes = gzipSync(text, { level: 9 });
  bytes[9] = 255;
  return bytes;
}

const files = {
  'support-desk/traces/tickets-2026-05.jsonl': desk.tickets(),
  'support-desk/traces/web-chat.jsonl': desk.webChat(),
  'coding-agent/traces/hooks.jsonl': coding.hooks(),
  'coding-agent/traces/transcript.jsonl': coding.transcript(),
  'coding-agent/traces/mcp-artifacts.jsonl': coding.mcpLog(),
  'coding-agent/traces/reviewed.jsonl': coding.reviewed(),
  'treasury/traces/payment-run.otlp.jsonl': treasury.spans(),
  'treasury/traces/opa-decisions.ndjson': treasury.decisionLog(),
  'treasury/traces/quarter-end.jsonl.gz': gzip(treasury.quarterEnd()),
};

for (const [path, content] of Object.entries(files)) writeFileSync(new URL(path, samples), content);
