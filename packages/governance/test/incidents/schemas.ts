/** JSON Schemas written after the published descriptions of the formats: fields, limits and choices. */

/** Events API v2, `POST /v2/enqueue`, a trigger event. */
export const pagerDutyEvent = {
  type: 'object',
  additionalProperties: false,
  required: ['routing_key', 'event_action', 'payload'],
  properties: {
    routing_key: { type: 'string', minLength: 32, maxLength: 32 },
    event_action: { enum: ['trigger', 'acknowledge', 'resolve'] },
    dedup_key: { type: 'string', minLength: 1, maxLength: 255 },
    client: { type: 'string' },
    client_url: { type: 'string' },
    links: { type: 'array' },
    images: { type: 'array' },
    payload: {
      type: 'object',
      additionalProperties: false,
      required: ['summary', 'source', 'severity'],
      properties: {
        summary: { type: 'string', minLength: 1, maxLength: 1024 },
        source: { type: 'string', minLength: 1 },
        severity: { enum: ['critical', 'error', 'warning', 'info'] },
        timestamp: { type: 'string', format: 'date-time' },
        component: { type: 'string' },
        group: { type: 'string' },
        class: { type: 'string' },
        custom_details: { type: 'object' },
      },
    },
  },
};

/** Table API, `POST /api/now/table/incident`: fields of the incident table with the lengths of its dictionary. */
export const serviceNowIncident = {
  type: 'object',
  additionalProperties: false,
  required: ['short_description', 'urgency', 'impact', 'correlation_id'],
  properties: {
    short_description: { type: 'string', minLength: 1, maxLength: 160 },
    description: { type: 'string', maxLength: 4000 },
    urgency: { enum: ['1', '2', '3'] },
    impact: { enum: ['1', '2', '3'] },
    correlation_id: { type: 'string', pattern: '^[A-Za-z0-9-]{1,100}$' },
    correlation_display: { type: 'string', maxLength: 100 },
  },
};

/** What the webhook sends and the file keeps (docs/incidents.md). */
export const incidentEvent = {
  type: 'object',
  additionalProperties: false,
  required: ['schema', 'action', 'incident'],
  properties: {
    schema: { const: 'benchbook.incident/v1' },
    action: { enum: ['open', 'update'] },
    incident: {
      type: 'object',
      additionalProperties: false,
      required: [
        'key',
        'kind',
        'severity',
        'summary',
        'agent',
        'policy',
        'firstCall',
        'first',
        'last',
        'count',
      ],
      properties: {
        key: { type: 'string' },
        kind: { enum: ['violation', 'breaker'] },
        severity: { enum: ['critical', 'error', 'warning'] },
        summary: { type: 'string' },
        agent: { type: ['string', 'null'] },
        policy: { type: ['string', 'null'] },
        firstCall: { type: 'string' },
        first: { type: 'string' },
        last: { type: 'string' },
        count: { type: 'integer', minimum: 1 },
      },
    },
  },
};
