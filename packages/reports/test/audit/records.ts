import type { AuditEntry, TrailRecord } from '@benchbook/model';

const decision: AuditEntry = {
  ts: '2026-05-01T10:00:00Z',
  kind: 'decision',
  actor: { agent: 'treasury-bot', user: 'hmac-sha256:ab' },
  action: { tool: 'pay', server: 'bank', call: 's1#1', session: 's1' },
  outcome: 'deny',
  enforced: 'blocked',
  by: 'policy',
  determining: ['policies/pay.cedar#limit', 'policies/pay.cedar#hours'],
  context: 'c'.repeat(64),
  certificate: null,
};

/** A trail with one record of each kind, and a call by someone who means ill. */
export const records: readonly TrailRecord[] = (
  [
    {
      kind: 'opened',
      schema: 'benchbook.trail/v1',
      ts: '2026-05-01T09:59:00Z',
      trail: 'trail-0001',
      retentionMonths: 12,
      redact: [{ pointer: '/args/iban', how: 'mask' }],
      keep: ['/args'],
      hashKey: '0011223344556677',
    },
    decision,
    {
      ...decision,
      ts: 'yesterday',
      actor: { agent: null, user: null },
      action: { tool: '=HYPERLINK("http://x","y")', server: null, call: '+1', session: '@s,"\r\n::error::' },
      outcome: null,
      enforced: 'permitted',
      by: 'fail-mode',
      determining: [],
      note: '-2+3',
      facts: { args: { amount: 40, iban: '***2051' } },
    },
    { ...decision, by: 'breaker' },
    { ...decision, kind: 'review', enforced: 'permitted', outcome: 'escalate', by: 'review' },
    { ...decision, kind: 'review', outcome: 'escalate', by: 'review', determining: [] },
    { ...decision, kind: 'reset', outcome: null, enforced: 'permitted', by: 'breaker', note: 'reset by Ada' },
    { kind: 'signed-head', ts: '2026-05-01T10:01:00Z', key: 'auditor' },
  ] satisfies TrailRecord['entry'][]
).map((entry, index) => ({
  seq: index + 1,
  prev: String(index).repeat(64),
  entry,
  hash: String(index + 1).repeat(64),
}));
