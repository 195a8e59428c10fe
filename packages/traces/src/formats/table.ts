import { claudeCodeHooks } from './claude-code/hooks.ts';
import { claudeCodeTranscript } from './claude-code/transcript.ts';
import type { Format } from './format.ts';
import { langfuse } from './langfuse.ts';
import { langsmith } from './langsmith.ts';
import { mcpJsonRpc } from './mcp.ts';
import { agentdojo } from './messages/agentdojo.ts';
import { anthropicMessages } from './messages/anthropic.ts';
import { openaiChat } from './messages/openai-chat.ts';
import { openaiResponses } from './messages/openai-responses.ts';
import { tauBench } from './messages/tau-bench.ts';
import { native } from './native.ts';
import { opaDecisionLog } from './opa.ts';
import { openaiAgents } from './openai-agents.ts';
import { otlp } from './otlp/otlp.ts';

/** Every format that is read, in the order in which they are tried: what is told apart surely comes first. */
export const FORMATS: readonly Format[] = [
  native,
  otlp,
  claudeCodeHooks,
  claudeCodeTranscript,
  opaDecisionLog,
  openaiAgents,
  mcpJsonRpc,
  agentdojo,
  tauBench,
  langsmith,
  langfuse,
  openaiResponses,
  anthropicMessages,
  openaiChat,
];
