import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { behind } from './lib/place.ts';
import { hosts, type Session, startSession } from './lib/session.ts';

const REGO = 'policies/payments/beneficiary.rego';
const CEL = 'policies/limits.cel.yaml';

// The other languages in short: that their engines run in both hosts, and that every mark finds its place.
describe.each(hosts)('the other languages with a %s extension host', (name) => {
  let session: Session;

  beforeAll(async () => {
    session = await startSession(name, 'treasury', REGO);
  });

  afterAll(async () => {
    await session?.stop();
  });

  test('Rego: preview of a rule, and what a typo is', async () => {
    const { bench } = session;
    onTestFailed(() => bench.picture('failed-rego'));
    await bench.waitForLine(/vendor\smaster".*1\sdeny\sof\s218\scalls/);
    await bench.picture('1-rego');
    const { line, column } = behind(session.text(REGO), 'not vendor');
    await bench.goTo(line, column);
    await bench.type('x');
    await bench.waitForSquiggle('error');
    await bench.picture('2-rego-squiggle');
    await bench.command('File: Revert File');
    await bench.squiggles.first().waitFor({ state: 'detached' });
  });

  test('CEL inside YAML: preview of a case, completion, and what a typo is', async () => {
    const { bench } = session;
    onTestFailed(() => bench.picture('failed-cel'));
    await bench.openFile(CEL);
    await bench.waitForLine(/id:\scfo.*3\sescalate\sof\s218\scalls/);
    await bench.waitForLine(/250000\.0.*true\s4\s\/\sfalse\s61/);
    await bench.picture('3-cel');
    const { line, column } = behind(session.text(CEL), 'double(args.amoun');
    await bench.goTo(line, column);
    await bench.page.keyboard.press('Backspace');
    await bench.waitForSquiggle();
    await bench.picture('4-cel-squiggle');
    await bench.command('File: Revert File');
    await bench.goTo(line, column - 'amoun'.length);
    expect(await bench.complete()).toEqual(expect.arrayContaining(['amount', 'currency']));
    await bench.picture('5-cel-completion');
  });
});
