import type { Call, Json, Outcome } from '@benchbook/model';
import { defined } from '../../call/finish.ts';
import { array, text, word } from '../../json/access.ts';
import type { Attributes } from './attributes.ts';

const OUTCOMES: { readonly [decision: string]: Outcome } = { ALLOW: 'allow', DENY: 'deny' };

/** What AgentCore's policy engine decided, where the span tells it (`AgentCore.Policy.AuthorizeAction`). */
export function decisionOf(spanName: string, own: Attributes): Call['recorded'] {
  // Asked for a list of tools: about what an agent may see, not about a call.
  if (spanName === 'AgentCore.Policy.PartiallyAuthorizeActions') return undefined;
  const outcome = OUTCOMES[text(own.get('aws.agentcore.policy.authorization_decision')) ?? ''];
  if (outcome === undefined) return undefined;
  const policies = listOf(own.get('aws.agentcore.policy.determining_policies'));
  return {
    outcome,
    ...(policies.length > 0 ? { policies } : {}),
    ...defined({
      reason: word(own.get('aws.agentcore.policy.authorization_reason')),
      mode: word(own.get('aws.agentcore.gateway.policy.mode')),
    }),
  };
}

/** A list, its JSON text, or names with commas between. */
function listOf(value: Json | undefined): string[] {
  const items = array(value) ?? (typeof value === 'string' ? value.replace(/^\[|\]$/g, '').split(',') : []);
  return items
    .map((item) => (typeof item === 'string' ? item.trim().replace(/^"|"$/g, '') : ''))
    .filter((item) => item !== '');
}
