import {
  type AgentRecord,
  type BreakerRule,
  type Deployment,
  getOwn,
  isObject,
  type JsonObject,
  type Review,
  RISK_TIERS,
  type SignOff,
} from '@benchbook/model';
import { dayNumber } from './days.ts';
import { countAt, isText, listAt, objectAt, textAt, textsAt, wordAt } from './members.ts';
import {
  BLAST_RADII,
  DATA_SENSITIVITIES,
  DECISION_AUTHORITIES,
  derivedTier,
  effectiveTier,
} from './tiers.ts';

/** What a card says, without its place. */
export function readCard(id: string, card: JsonObject): Omit<AgentRecord, 'file' | 'range' | 'at'> {
  const axes = objectAt(card, 'risk');
  const risk = {
    dataSensitivity: wordAt(axes, 'dataSensitivity', DATA_SENSITIVITIES),
    decisionAuthority: wordAt(axes, 'decisionAuthority', DECISION_AUTHORITIES),
    blastRadius: wordAt(axes, 'blastRadius', BLAST_RADII),
  };
  const derived = derivedTier(risk);
  const stated = wordAt(card, 'riskTier', RISK_TIERS);
  const reason = textAt(card, 'tierReason');
  const accountable = objectAt(card, 'accountable');
  const person = textAt(accountable, 'name');
  const reviews = objectAt(card, 'reviews');
  return {
    id,
    name: textAt(card, 'name'),
    owner: textAt(card, 'owner'),
    accountable: person === null ? null : { name: person, role: textAt(accountable, 'role') },
    purpose: textAt(card, 'purpose'),
    risk,
    tier: { derived, stated, reason, effective: effectiveTier(derived, stated, reason) },
    tools: readTools(card),
    model: textAt(card, 'model'),
    deployment: readDeployment(objectAt(card, 'deployment')),
    reviews: {
      impactAssessment: readReview(objectAt(reviews, 'impactAssessment')),
      adversarialTest: readReview(objectAt(reviews, 'adversarialTest')),
      signOffs: listAt(reviews, 'signOffs').flatMap((entry) => (isObject(entry) ? readSignOff(entry) : [])),
    },
  };
}

/** Each tool once, in the order of the card. */
function readTools(card: JsonObject): AgentRecord['tools'] {
  const tools = new Map<string, readonly string[]>();
  for (const entry of listAt(card, 'tools')) {
    const name = isObject(entry) ? textAt(entry, 'name') : isText(entry) ? entry : null;
    if (name === null) continue;
    const scopes = isObject(entry) ? textsAt(entry, 'scopes') : [];
    tools.set(name, [...new Set([...(tools.get(name) ?? []), ...scopes])]);
  }
  return [...tools].map(([name, scopes]) => ({ name, scopes }));
}

function readDeployment(deployment: JsonObject): Deployment {
  return {
    environment: textAt(deployment, 'environment'),
    failMode: wordAt(deployment, 'failMode', ['closed', 'open']),
    breakers: listAt(deployment, 'breakers').flatMap((entry) => (isObject(entry) ? readBreaker(entry) : [])),
    approvers: textsAt(deployment, 'approvers'),
    reviewMinutes: countAt(deployment, 'reviewMinutes'),
    retentionMonths: countAt(deployment, 'retentionMonths'),
  };
}

/** A breaker that lacks something would never trip: it is as good as none. */
function readBreaker(breaker: JsonObject): BreakerRule[] {
  const id = textAt(breaker, 'id');
  const count = wordAt(breaker, 'count', ['violations', 'calls', 'sum']);
  const per = wordAt(breaker, 'per', ['agent', 'user', 'tool']);
  const limit = getOwn(breaker, 'limit');
  const windowMinutes = countAt(breaker, 'windowMinutes');
  const pointer = textAt(breaker, 'pointer');
  if (id === null || count === null || per === null || windowMinutes === null) return [];
  if (typeof limit !== 'number' || limit <= 0) return [];
  if (count === 'sum' && pointer === null) return [];
  const tools = textsAt(breaker, 'tools');
  return [
    {
      id,
      count,
      ...(pointer !== null && { pointer }),
      ...(tools.length > 0 && { tools }),
      per,
      limit,
      windowMinutes,
    },
  ];
}

function readReview(review: JsonObject): Review | null {
  const date = textAt(review, 'date');
  const by = textAt(review, 'by');
  if (date === null || by === null || dayNumber(date) === null) return null;
  const evidence = objectAt(review, 'evidence');
  const file = textAt(evidence, 'file');
  const sha256 = textAt(evidence, 'sha256');
  return { date, by, ...(file !== null && sha256 !== null && { evidence: { file, sha256 } }) };
}

function readSignOff(entry: JsonObject): SignOff[] {
  const review = readReview(entry);
  const role = textAt(entry, 'role');
  const envelope = textAt(entry, 'envelope');
  if (!review || role === null) return [];
  return [{ ...review, role, ...(envelope !== null && { envelope }) }];
}
