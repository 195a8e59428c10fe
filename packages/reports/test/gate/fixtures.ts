import type { GateReport, VerifyReport } from '@benchbook/model';

export const certified: GateReport = {
  schema: 'benchbook.gate/v1',
  agent: 'payer',
  tier: 'high',
  outcome: 'certified',
  checks: [
    {
      id: 'expectations',
      title: 'Expectations met',
      state: 'passed',
      message: '2 of 2 met',
      controls: ['eu-ai-act@2026-07-27:9(6)'],
    },
    { id: 'key-ring', title: 'Key ring readable', state: 'unverified', message: 'no key', controls: [] },
  ],
  notes: ['benchbook.yaml sets high.signOffs to 2 (default 1): stricter'],
  subjects: [{ name: 'policies/pay.cedar', sha256: 'ab'.repeat(32) }],
  issued: '2026-06-01T12:00:00Z',
  expires: '2026-08-30T12:00:00Z',
  certificate: 'governance/certificates/payer.json',
};

/** Text from cards and file names that would move the cursor, mark up, mention or command. */
const HOSTILE = '\u001b[2J::error::x\n| @team <img src=x> `a` ##[error]\u202e';

export const hostile: GateReport = {
  ...certified,
  agent: HOSTILE,
  outcome: 'refused',
  checks: [{ id: 'x', title: HOSTILE, state: 'failed', message: HOSTILE, controls: [HOSTILE] }],
  notes: [HOSTILE],
  subjects: [{ name: HOSTILE, sha256: 'cd'.repeat(32) }],
  issued: null,
  expires: null,
  certificate: null,
};

export const valid: VerifyReport = {
  schema: 'benchbook.verify/v1',
  agent: 'payer',
  state: 'valid',
  reasons: [],
  issued: '2026-06-01T12:00:00Z',
  expires: '2026-08-30T12:00:00Z',
  key: 'gate',
};

export const hostileVerify: VerifyReport = {
  ...valid,
  agent: HOSTILE,
  state: 'invalid',
  reasons: [HOSTILE, ...Array.from({ length: 60 }, (_, at) => `policies/${at}.cedar changed`)],
  key: HOSTILE,
};
