import { expect, test } from 'vitest';
import { builtinCatalogs, lintControls, parseCatalog, type RuleExample } from '../../src/index.ts';
import { FILE, inputOf, tagOf } from './example.ts';

/** Findings on one policy as `code severity? message`; info is left out unless it is asked for. */
function lint(controls: readonly string[], example: Partial<RuleExample> = {}, withInfo = false) {
  return lintControls(inputOf({ ...example, controls }))
    .filter(({ severity }) => withInfo || severity !== 'info')
    .map(({ code, severity, message }) => `${code} ${severity}: ${message}`);
}

test.each([
  ['eu-ai-act:12(1)', []],
  ['eu-ai-act:15(5)/1', []],
  [
    'eu-ai-act:Annex IV(2)(g)',
    [
      'ctl/wrong-layer warning: `eu-ai-act:Annex IV(2)(g)` is shown by work at build time, and this policy acts at runtime; map it to a runtime provision, as in Art. 12, 14 or 15',
    ],
  ],
  ['owasp-asi:ASI01', []],
  ['iso-42001:A.9.4', []],
  ['nist-ai-rmf:GOVERN 1', []],
  ['mitre-atlas:AML.T0057', []],
  ['imda-mgf-agentic:2.2.2', []],
  [
    'euaiact:12(1)',
    ['ctl/unknown-framework error: no catalog has the framework `euaiact`; did you mean `eu-ai-act`?'],
  ],
  [
    'owasp-ais:ASI01',
    ['ctl/unknown-framework error: no catalog has the framework `owasp-ais`; did you mean `owasp-asi`?'],
  ],
  [
    'jira:ABC-12',
    [
      'ctl/unknown-framework warning: no catalog has the framework `jira`; add its clauses under `catalogs` in benchbook.yaml, or name it otherwise',
    ],
  ],
  ['owasp-asi@2031:ASI01', ['ctl/unknown-id error: `owasp-asi` has no edition `2031`; it has 2026']],
  ['owasp-llm@2024:LLM01', ['ctl/unknown-id error: `owasp-llm` has no edition `2024`; it has 2025 and 2026']],
  [
    'owasp-llm:LLM01',
    [
      'ctl/edition-missing error: `owasp-llm:LLM01` needs an edition (2025 or 2026); name the edition here, or under `controls` in benchbook.yaml',
    ],
  ],
  [
    'owasp-llm:LLM99',
    [
      'ctl/edition-missing error: `owasp-llm:LLM99` needs an edition (2025 or 2026); name the edition here, or under `controls` in benchbook.yaml',
    ],
  ],
])('%s', (written, found) => {
  expect(lint([written])).toEqual(found);
});

test.each([
  ['eu-ai-act:14(4)(f)', '`eu-ai-act:14(4)(f)` does not exist in edition 2026-07-27: Art. 14(4) has (a)-(e)'],
  ['eu-ai-act:14(9)(a)', '`eu-ai-act:14(9)(a)` does not exist in edition 2026-07-27: Art. 14 has (1)-(5)'],
  [
    'eu-ai-act:15(5)/4',
    '`eu-ai-act:15(5)/4` does not exist in edition 2026-07-27: Art. 15(5) has nothing below it',
  ],
  [
    'eu-ai-act:5(1)(z)',
    '`eu-ai-act:5(1)(z)` does not exist in edition 2026-07-27: Art. 5(1) has (a), (b), (c), (d), (e), (f), (g), (h), (ba) and (bb)',
  ],
  [
    'eu-ai-act:114',
    '`eu-ai-act:114` does not exist in edition 2026-07-27: the articles are 1-113, and 4a, 60a, 75a, 75b, 75c and 75d',
  ],
  ['eu-ai-act:39(1)', '`eu-ai-act:39(1)` does not exist in edition 2026-07-27: Art. 39 has nothing below it'],
  [
    'eu-ai-act@2024-07-12:4a(1)',
    '`eu-ai-act:4a(1)` does not exist in edition 2024-07-12; it came with 2026-07-27',
  ],
  ['eu-ai-act:Annex XX', '`eu-ai-act:Annex XX` does not exist in edition 2026-07-27'],
  ['owasp-asi:ASI11', '`owasp-asi:ASI11` does not exist in edition 2026'],
  ['owasp-asi:ASI005', '`owasp-asi:ASI005` is not how its numbers are written; write `ASI05`'],
  ['iso-42001:A.9.44', '`iso-42001:A.9.44` does not exist in edition 2023; did you mean `A.9.4`?'],
  [
    'nist-ai-rmf:GOVREN 1.2',
    '`nist-ai-rmf:GOVREN 1.2` does not exist in edition 1.0; did you mean `GOVERN 1.2`?',
  ],
])('%s: %s', (written, message) => {
  const found = lintControls(inputOf({ controls: [written] }));
  expect(found.map(({ severity, message }) => [severity, message])).toEqual([['error', message]]);
});

test.each([
  [
    'eu-ai-act:50(8)',
    '`eu-ai-act:50(8)` is not known in edition 2026-07-27, whose numbers are not all known; check it',
  ],
  [
    'imda-mgf-agentic@1.5:2.1.1',
    '`imda-mgf-agentic:2.1.1` is not known in edition 1.5, whose numbers are not all known; check it',
  ],
  [
    'mitre-atlas:AML.T0012',
    '`mitre-atlas:AML.T0012` is not among the provisions that the catalog carries; without a title nobody can check it',
  ],
])('what the catalog may lack is a warning: %s', (written, message) => {
  expect(lint([written])).toEqual([`ctl/unknown-id warning: ${message}`]);
});

test.each([
  ['eu-ai-act:14 4e', '14(4)(e)'],
  ['eu-ai-act:Art. 14(4)(e)', '14(4)(e)'],
  ['eu-ai-act:Article 14 (4) (E)', '14(4)(e)'],
  ['eu-ai-act:15.5.1', '15(5)/1'],
  ['eu-ai-act:annex iv 2 a', 'Annex IV(2)(a)'],
  ['owasp-asi:asi1', 'ASI01'],
  ['owasp-llm@2026:LLM-6', 'LLM06'],
  ['nist-ai-rmf:govern-1.2', 'GOVERN 1.2'],
  ['iso-42001:A9.4', 'A.9.4'],
  ['mitre-atlas:AML-T0051', 'AML.T0051'],
])('%s is written %s', (written, meant) => {
  const [found] = lint([written]);
  expect(found).toMatch(/^ctl\/bad-syntax error: .* is not how its numbers are written; write `/);
  expect(found?.split('`').at(-2)).toBe(meant);
});

test('a number that means nothing is told with an example', () => {
  expect(lint(['eu-ai-act:oversight'])).toEqual([
    'ctl/bad-syntax error: `eu-ai-act:oversight` is not how its numbers are written; write it as in `14(4)(e)` or `Annex IV(2)(a)`',
  ]);
});

test.each([
  ['eu-ai-act:62(1)', 'stop when an incident is reported', 'serious-incident reporting is Art. 73'],
  ['eu-ai-act:62', '// monitors drift after release', 'post-market monitoring is Art. 72'],
  ['eu-ai-act:61', '', 'post-market monitoring is Art. 72'],
  ['eu-ai-act:29(5)', '', 'deployer (draft: user) obligations is Art. 26'],
  ['eu-ai-act:52(1)', '', 'transparency to people is Art. 50'],
  ['eu-ai-act:20(1)', 'every decision is logged', 'automatically generated logs (provider) is Art. 19'],
])('%s beside %j: %s', (written, text, meant) => {
  const found = lint([written], { text });
  expect(found.map((line) => line.split(' ')[0])).toEqual(['ctl/draft-number']);
  expect(found[0]!.split('final text; ')[1]).toBe(meant);
});

test.each([
  ['eu-ai-act:20(1)', 'login is switched off'],
  ['eu-ai-act:28', 'importers'],
  ['eu-ai-act:72(2)', 'post-market monitoring'],
])('%s beside %j is no number of the draft', (written, text) => {
  const codes = lintControls(inputOf({ controls: [written], text })).map(({ code }) => code);
  expect(codes.includes('ctl/draft-number')).toBe(written === 'eu-ai-act:28');
});

test.each([
  ['eu-ai-act:29a', 'fundamental-rights impact assessment is Art. 27'],
  ['eu-ai-act:28b', 'foundation/GPAI model duties is Art. 53'],
])('%s exists in the draft alone: an error, once', (written, meant) => {
  const number = written.split(':')[1];
  expect(lint([written], {}, true)).toEqual([
    `ctl/draft-number error: \`${written}\`: \`${number}\` is a number of the draft alone; ${meant}`,
  ]);
});

test.each([
  ['eu-ai-act:113', 'ctl/not-a-control'],
  ['eu-ai-act:3(49)', 'ctl/not-a-control'],
  ['eu-ai-act:53(1)(a)', 'ctl/not-a-control'],
  ['eu-ai-act:65(1)', 'ctl/not-a-control'],
  ['eu-ai-act:31(1)', 'ctl/not-a-control'],
  ['eu-ai-act:5(1)(a)', 'ctl/context-only'],
  ['eu-ai-act:13(2)', 'ctl/context-only'],
  ['eu-ai-act:5', 'ctl/article-only'],
  ['eu-ai-act:14(4)', 'ctl/article-only'],
  ['eu-ai-act:15(5)', 'ctl/article-only'],
  ['nist-ai-rmf:MAP 1.1', 'ctl/context-only'],
  ['iso-42001:A.4.6', 'ctl/context-only'],
])('%s is %s, and nothing else of its kind', (written, code) => {
  const kinds = ['ctl/not-a-control', 'ctl/context-only', 'ctl/article-only', 'ctl/wrong-layer'];
  const codes = lintControls(inputOf({ controls: [written] })).map((one) => one.code);
  expect(codes.filter((one) => kinds.includes(one))).toEqual([code]);
});

test('a profile folds by class first, then by role and narrower class', () => {
  const deployer = { role: 'deployer', riskClass: 'high-risk' };
  expect(lint(['eu-ai-act:14(4)(e)'], { profile: { role: 'deployer', riskClass: 'limited' } })).toEqual([
    'ctl/not-high-risk warning: `eu-ai-act:14(4)(e)` is for high-risk systems, and `profile` says limited; it is followed voluntarily (Art. 95), not as a duty',
  ]);
  expect(lint(['eu-ai-act:14(4)(e)'], { profile: deployer })).toEqual([
    'ctl/role-mismatch warning: `eu-ai-act:14(4)(e)` is for providers, and `profile` says deployer; its counterpart is 26(5)/1 (Monitor, suspend, notify)',
  ]);
  expect(lint(['eu-ai-act:14(1)'], { profile: deployer })).toEqual([
    'ctl/role-mismatch warning: `eu-ai-act:14(1)` is for providers, and `profile` says deployer; its counterpart is 26(1) (Use per instructions)',
  ]);
  expect(lint(['eu-ai-act:14(3)(b)'], { layer: 'deploy', profile: deployer })).toEqual([
    'ctl/role-mismatch warning: `eu-ai-act:14(3)(b)` is for providers, and `profile` says deployer; its counterpart is 26(2) (Competent people assigned)',
  ]);
  expect(lint(['eu-ai-act:26(6)/1'], { profile: { role: 'provider' } })).toEqual([
    'ctl/role-mismatch warning: `eu-ai-act:26(6)/1` is for deployers, and `profile` says provider; its counterpart is 19(1) (Provider keeps logs)',
  ]);
  expect(lint(['eu-ai-act:15(1)'], { layer: 'build', profile: deployer })).toEqual([
    'ctl/role-mismatch warning: `eu-ai-act:15(1)` is for providers, and `profile` says deployer',
  ]);
  expect(lint(['eu-ai-act:12(3)(a)'], { profile: { role: 'provider', riskClass: 'high-risk' } })).toEqual([
    'ctl/scope-mismatch warning: `eu-ai-act:12(3)(a)` is for remote biometric identification, which `profile` does not name; add `annex-iii-1a` to its riskClass or drop the control',
  ]);
});

test('what applies later is information, against the reporting date', () => {
  const on = (date: string | undefined) => {
    const { date: _, ...input } = inputOf({ controls: ['eu-ai-act:26(1)', 'eu-ai-act:50(4)/1'] });
    return lintControls(date ? { ...input, date } : input).map(({ code, severity, message }) => [
      code,
      severity,
      message,
    ]);
  };
  const later = [
    'ctl/not-yet-applicable',
    'info',
    '`eu-ai-act:26(1)` applies from 2027-12-02 (2028-08-02 for systems of Annex I)',
  ];
  expect(on(undefined)).toEqual([later]);
  expect(on('2027-12-01')).toEqual([later]);
  expect(on('2027-12-02')).toEqual([]);
  expect(on('2026-08-01')).toEqual([
    later,
    ['ctl/not-yet-applicable', 'info', '`eu-ai-act:50(4)/1` applies from 2026-08-02'],
  ]);
});

test('a pinned edition is held against the newest one', () => {
  const stale = 'ctl/edition-stale warning: ';
  expect(lint(['eu-ai-act:15(5)/1'], { editions: ['eu-ai-act@2024-07-12'] })).toEqual([]);
  expect(lint(['owasp-llm@2025:LLM06'])).toEqual([`${stale}\`owasp-llm:LLM06\` of 2025 is LLM03 in 2026`]);
  expect(lint(['owasp-llm:LLM06'], { editions: ['owasp-llm@2025'] })).toEqual([
    `${stale}\`owasp-llm:LLM06\` of 2025 is LLM03 in 2026`,
  ]);
  expect(lint(['owasp-llm@2025:LLM02'])).toEqual([]);
  expect(lint(['imda-mgf-agentic@1.0:2.1.1'], { layer: 'build' })).toEqual([]);
  expect(lint(['eu-ai-act@2024-07-12:10(5)'])).toEqual([
    `${stale}\`eu-ai-act:10(5)\` of 2024-07-12 is no longer in 2026-07-27; check it against that edition`,
  ]);
});

test.each([
  ['owasp-asi:ASI05 "Unexpected Code Execution"', null],
  ['owasp-asi:ASI05 "RCE"', null],
  ['owasp-asi:ASI08 "Cascading agent failures"', null],
  [
    'owasp-asi:ASI01 "Tool misuse"',
    '`owasp-asi:ASI01` is Agent Goal Hijack, not “Tool misuse”, which is ASI02 (Tool Misuse and Exploitation)',
  ],
  ['owasp-asi:ASI01 "Weather"', '`owasp-asi:ASI01` is Agent Goal Hijack, not “Weather”'],
  ['eu-ai-act:14(4)(e) "Human oversight"', null],
  ['eu-ai-act:14(4)(e) "Stop button"', null],
  ['eu-ai-act:14(4)(e) "Emergency brake"', null],
  [
    'eu-ai-act:14(4)(e) "Automation bias"',
    '`eu-ai-act:14(4)(e)` is Stop safely, not “Automation bias”, which is 14(4)(b) (Automation bias)',
  ],
  [
    'owasp-llm@2026:LLM06 "Excessive Agency"',
    '`owasp-llm:LLM06` is Unbounded Consumption, not “Excessive Agency”, which is LLM03 (Excessive Agency)',
  ],
])('%s: %j', (written, message) => {
  expect(lint([written])).toEqual(message === null ? [] : [`ctl/name-mismatch warning: ${message}`]);
});

test('a newcomer who uses no controls hears nothing of them', () => {
  expect(lint([])).toEqual([]);
  expect(lint([], { exemption: '' })).toEqual([
    'ctl/none-without-reason warning: say why no control is served: `none: reason`',
  ]);
  const input = inputOf({ controls: [] });
  const [plain] = input.policies;
  const tagged = { ...plain!, id: 'b', controls: [tagOf('owasp-asi:ASI01', 7)] };
  const found = lintControls({ ...input, policies: [plain!, tagged] });
  expect(found.map(({ code, range }) => [code, range])).toEqual([['ctl/unmapped-rule', plain!.range]]);
});

test('what was exercised is judged only where it is told, and only for controls that can count', () => {
  const codes = (controls: readonly string[], example: Partial<RuleExample>) =>
    lintControls(inputOf({ ...example, controls })).map(({ code, severity }) => `${code} ${severity}`);
  const control = ['owasp-asi:ASI02'];
  expect(codes(control, {})).toEqual([]);
  expect(codes(control, { exercised: { applied: 0, silent: 0 } })).toEqual(['ctl/untested-mapping error']);
  expect(codes(control, { exercised: { applied: 1, silent: 0 } })).toEqual(['ctl/one-sided-test warning']);
  expect(codes(control, { exercised: { applied: 1, silent: 1 } })).toEqual([]);
  expect(codes(control, { mode: 'audit' })).toEqual(['ctl/disabled-rule info']);
  expect(codes(['nist-ai-rmf:MAP 1.1'], { exercised: { applied: 0, silent: 0 } })).toEqual([
    'ctl/context-only info',
  ]);
  expect(codes(['nowhere:1'], { exercised: { applied: 0, silent: 0 } })).toEqual([
    'ctl/unknown-framework warning',
  ]);
});

test('names of all controls that are not evidenced, the first few in full', () => {
  const controls = [
    'owasp-asi:ASI01',
    'owasp-asi:ASI02',
    'owasp-asi:ASI03',
    'owasp-asi:ASI06',
    'owasp-asi:ASI10',
  ];
  expect(lint(controls, { exercised: { applied: 0, silent: 3 } })).toEqual([
    'ctl/untested-mapping error: this policy never applied, so `owasp-asi:ASI01`, `owasp-asi:ASI02`, `owasp-asi:ASI03` and 2 more are not evidenced; add a recorded call or a test that makes it decide',
  ]);
});

test('provisions about logs, in every catalog', () => {
  const ids = builtinCatalogs().flatMap((catalog) =>
    catalog.provisions.flatMap(({ id }) => {
      const edition = catalog.editions.at(-1)!;
      const example = {
        controls: [`${catalog.framework}@${edition}:${id}`],
        exercised: { applied: 1, silent: 1, tests: [] },
      };
      return lintControls(inputOf(example)).some(({ code }) => code === 'ctl/log-only-claim')
        ? [`${catalog.framework}:${id}`]
        : [];
    }),
  );
  expect(ids).toEqual([
    ...['12(1)', '12(2)', '12(2)(a)', '12(2)(b)', '12(2)(c)'].map((id) => `eu-ai-act:${id}`),
    ...['12(3)(a)', '12(3)(b)', '12(3)(c)', '12(3)(d)', '19(1)', '26(6)/1', '50(5)'].map(
      (id) => `eu-ai-act:${id}`,
    ),
    ...['nist-ai-rmf:MEASURE 2.4', 'nist-ai-rmf:MEASURE 2.8', 'nist-ai-rmf:MANAGE 4.1'],
    ...['iso-42001:A.6.2.6', 'iso-42001:A.6.2.8', 'iso-42001:A.7.5', 'mitre-atlas:AML.M0024'],
  ]);
});

test('a permit cannot prohibit; what computes its effect is left alone', () => {
  const message = (effect: RuleExample['effect']) => lint(['eu-ai-act:5(1)(a)'], { effect: effect ?? null });
  expect(message('permit')).toEqual([
    'ctl/effect-mismatch warning: `eu-ai-act:5(1)(a)` (Prohibited AI practices) asks for a stop, and this policy permits; name it on a policy that forbids or escalates',
  ]);
  expect([message('forbid'), message('escalate'), message(null)]).toEqual([[], [], []]);
});

test('many points of one article are too many as well', () => {
  const controls = ['12(1)', '12(2)', '12(2)(a)', '12(2)(b)', '12(2)(c)', '14(1)'].map(
    (id) => `eu-ai-act:${id}`,
  );
  expect(
    lint(controls.slice(0, 5), { layer: 'runtime' }).filter((line) => line.startsWith('ctl/over-broad')),
  ).toEqual([]);
  expect(lint(controls).filter((line) => line.startsWith('ctl/over-broad'))).toEqual([
    'ctl/over-broad warning: this policy claims 6 points of `eu-ai-act`, and more than 5 are rarely shown by one; split it, or keep those that it shows',
  ]);
});

test('findings stand at their tags, in order, and an inherited tag is told once', () => {
  const input = inputOf({ controls: ['eu-ai-act:14.4.e', 'nowhere:1', 'owasp-asi:ASI77'] });
  const [policy] = input.policies;
  const other = { ...policy!, id: 'other', range: { start: 600, end: 700 } };
  expect(
    lintControls({ ...input, policies: [other, policy!] }).map(({ code, file, range }) => [
      code,
      file,
      range,
    ]),
  ).toEqual([
    ['ctl/bad-syntax', FILE, { start: 100, end: 116 }],
    ['ctl/unknown-framework', FILE, { start: 118, end: 127 }],
    ['ctl/unknown-id', FILE, { start: 129, end: 144 }],
  ]);
});

test('a company’s own catalog is linted like the others', () => {
  const parsed = parseCatalog({
    framework: 'acme',
    edition: '2026',
    items: [
      { id: '3.1', title: 'Refunds need a person', grade: 'direct' },
      { id: '3.2', title: 'Why', grade: 'context', layer: ['runtime'] },
      { id: '3.3', title: 'Design review', layer: ['build'] },
    ],
  });
  if (!('catalog' in parsed)) throw new Error(parsed.error);
  const input = inputOf({ controls: ['acme:3.1', 'acme:3.2', 'acme:3.3', 'acme:3.01', 'acme:9', 'acm:3.1'] });
  const context = { ...input.context, catalogs: [...builtinCatalogs(), parsed.catalog] };
  expect(lintControls({ ...input, context }).map(({ code, message }) => `${code} ${message}`)).toEqual([
    'ctl/context-only `acme:3.2` (Why) is of grade context: it is reported as referenced and never as evidenced',
    'ctl/wrong-layer `acme:3.3` is shown by work at build time, and this policy acts at runtime; map it to a runtime provision',
    'ctl/bad-syntax `acme:3.01` is not how its numbers are written; write `3.1`',
    'ctl/unknown-id `acme:9` does not exist in edition 2026',
    'ctl/unknown-framework no catalog has the framework `acm`; did you mean `acme`?',
  ]);
});

test('hostile ids are cut, kept on one line and looked up in bounded time', () => {
  const tag = (id: string, start: number) => ({
    framework: 'eu-ai-act',
    id,
    file: FILE,
    range: { start, end: start },
  });
  const long = `14(4)${'(e)'.repeat(20_000)}`;
  const controls = [tag('a\n::error::`x`', 1), tag(long, 2), tag('__proto__', 3), tag('constructor', 4)];
  const input = inputOf({ controls: [] });
  const many = Array.from({ length: 2_000 }, (_, index) => ({
    ...tag(`GOVREN ${index}`, 10 + index),
    framework: 'nist-ai-rmf',
  }));
  const policy = { ...input.policies[0]!, controls: [...controls, ...many] };
  const started = performance.now();
  const found = lintControls({ ...input, policies: [policy] });
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(found).toHaveLength(2_004);
  expect(found[0]!.message).toBe(
    "`eu-ai-act:a ::error::'x'` is not how its numbers are written; write it as in `14(4)(e)` or `Annex IV(2)(a)`",
  );
  expect(Math.max(...found.map(({ message }) => message.length))).toBeLessThan(200);
  expect(found.filter(({ message }) => /[\r\n]/.test(message))).toEqual([]);
});
