import { describe, expect, test } from 'vitest';
import { gateReporters, verifyReporters } from '../../src/index.ts';
import { certified, hostile, hostileVerify, valid } from './fixtures.ts';

const options = { color: false, width: 100 };

test('a certified agent as text', () => {
  expect(
    gateReporters.text!(certified, options),
  ).toBe(`payer: certified for tier high until 2026-08-30T12:00:00Z

  passed      Expectations met
              2 of 2 met
  unverified  Key ring readable
              no key

To know
  - benchbook.yaml sets high.signOffs to 2 (default 1): stricter
  - certificate written to governance/certificates/payer.json

Certified  1 subject
  abababababab  policies/pay.cedar

2 checks: 1 passed, 0 failed, 1 unverified; certified
`);
});

test('a certified agent as Markdown', () => {
  expect(gateReporters.markdown!(certified, options)).toBe(`## Benchbook gate: certified

\`payer\` is certified for tier high until 2026-08-30T12:00:00Z.

|  | condition | seen | provisions |
| --- | --- | --- | --- |
| :white_check_mark: passed | Expectations met | \`2 of 2 met\` | \`eu-ai-act@2026-07-27:9(6)\` |
| :warning: unverified | Key ring readable | \`no key\` | - |

### To know

- benchbook.yaml sets high.signOffs to 2 (default 1): stricter
- certificate written to governance/certificates/payer.json

<details>
<summary>1 subject</summary>

| subject | SHA-256 |
| --- | --- |
| \`policies/pay.cedar\` | \`${'ab'.repeat(32)}\` |

</details>

2 checks: 1 passed, 0 failed, 1 unverified; certified
`);
});

describe('text from outside has no power', () => {
  const texts = [
    gateReporters.text!(hostile, options),
    gateReporters.markdown!(hostile, options),
    verifyReporters.text!(hostileVerify, options),
    verifyReporters.markdown!(hostileVerify, options),
  ];

  test.each(texts.map((text, index) => [index, text] as const))('report %i', (_, text) => {
    expect(text).not.toMatch(/\p{Cf}|^\s*::|##\[error/mu);
    expect(text).not.toContain(String.fromCharCode(27));
    expect(text).toContain('\\x1b[2J');
  });

  test('no markup in Markdown outside of code', () => {
    for (const text of [texts[1]!, texts[3]!])
      expect(text.replace(/(`+)[^\n]*?\1/g, '')).not.toMatch(/<img|@team/);
  });
});

test('JSON holds it all, and a long list of reasons is cut in text', () => {
  expect(JSON.parse(gateReporters.json!(hostile, options))).toEqual(hostile);
  expect(JSON.parse(verifyReporters.json!(hostileVerify, options))).toEqual(hostileVerify);
  expect(verifyReporters.text!(hostileVerify, options)).toContain(
    '... and 11 more; --format json lists them all',
  );
  expect(verifyReporters.text!(valid, options)).toBe(
    '  signed with gate, issued 2026-06-01T12:00:00Z\n\npayer: certificate valid until 2026-08-30T12:00:00Z\n',
  );
});
