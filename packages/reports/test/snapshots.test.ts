import { expect, test } from 'vitest';
import { checkReporters, explainReporters, replayReporters, testReporters } from '../src/index.ts';
import * as fixtures from './fixtures.ts';

const options = { color: false, width: 100 };
const extensions: Record<string, string> = {
  text: 'txt',
  json: 'json',
  markdown: 'md',
  junit: 'xml',
  sarif: 'sarif',
  csv: 'csv',
  lcov: 'lcov',
  cobertura: 'cobertura.xml',
  oscal: 'oscal.json',
  'in-toto': 'in-toto.json',
  github: 'txt',
};

const replays = {
  full: fixtures.replay,
  decisions: fixtures.withDecisions,
  hostile: fixtures.hostile,
  empty: fixtures.empty,
};

/** HTML has its own tests: a page is looked at, not compared. */
const formats = Object.keys(replayReporters).filter((format) => format !== 'html');

for (const [name, report] of Object.entries(replays))
  test.each(formats)(`replay ${name} as %s`, async (format) => {
    await expect(replayReporters[format]!(report, options)).toMatchFileSnapshot(
      `expected/replay-${name}.${extensions[format]}`,
    );
  });

test('replay in 80 columns', async () => {
  await expect(replayReporters.text!(fixtures.replay, { color: false, width: 80 })).toMatchFileSnapshot(
    'expected/replay-narrow.txt',
  );
});

test('replay in colour', async () => {
  await expect(replayReporters.text!(fixtures.replay, { color: true, width: 100 })).toMatchFileSnapshot(
    'expected/replay-colour.txt',
  );
});

for (const [name, report] of Object.entries({ full: fixtures.check, hostile: fixtures.hostileCheck }))
  test.each(Object.keys(checkReporters))(`check ${name} as %s`, async (format) => {
    await expect(checkReporters[format]!(report, options)).toMatchFileSnapshot(
      `expected/check-${name}-${format}.${extensions[format]}`,
    );
  });

for (const [name, report] of Object.entries({ full: fixtures.explain, hostile: fixtures.hostileExplain }))
  test.each(Object.keys(explainReporters))(`explain ${name} as %s`, async (format) => {
    await expect(explainReporters[format]!(report, options)).toMatchFileSnapshot(
      `expected/explain-${name}.${extensions[format]}`,
    );
  });

const runs = { full: fixtures.tests, hostile: fixtures.hostileTests, empty: fixtures.emptyTests };

for (const [name, report] of Object.entries(runs))
  test.each(Object.keys(testReporters))(`test ${name} as %s`, async (format) => {
    await expect(testReporters[format]!(report, options)).toMatchFileSnapshot(
      `expected/test-${name}.${extensions[format]}`,
    );
  });
