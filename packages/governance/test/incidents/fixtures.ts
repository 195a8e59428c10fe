import type { Incident } from '@benchbook/model';

/** An incident; whatever is not given has a plain default. */
export function incident(changes: Partial<Incident> = {}): Incident {
  return {
    key: 'violation:payer:policies/limits.cedar#cap',
    kind: 'violation',
    severity: 'critical',
    summary: 'payer broke policies/limits.cedar#cap 3 times',
    agent: 'payer',
    policy: 'policies/limits.cedar#cap',
    firstCall: 'pay-1#3',
    first: '2026-05-01T10:00:00Z',
    last: '2026-05-01T11:00:00Z',
    count: 3,
    ...changes,
  };
}

/** Text that a recording may hold. */
export const HOSTILE = `\u202e"}\n\u0000<script>${'𝄞'.repeat(5000)}\ud800`;

export const hostile = incident({
  key: HOSTILE,
  summary: HOSTILE,
  agent: HOSTILE,
  policy: HOSTILE,
  firstCall: HOSTILE,
  first: HOSTILE,
  last: HOSTILE,
});
