import { describe, expect, test } from 'vitest';
import * as assets from '../../src/replay/html/assets.ts';
import { replayHtml } from '../../src/replay/html.ts';
import * as fixtures from '../fixtures.ts';
import { attribute, byId, type Element, elementsOf, parsePage, textOf } from './dom.ts';
import { richReport, sources } from './rich.ts';

const options = { color: false, width: 100 };
const { elements } = parsePage(replayHtml(richReport(), { ...options, sources }));

/** Cells of the rows below an element, without heads. */
function rows(element: Element): string[][] {
  return elementsOf(element)
    .filter((one) => one.tagName === 'tr')
    .map((row) =>
      elementsOf(row)
        .filter((one) => one.tagName === 'td')
        .map(textOf),
    )
    .filter((cells) => cells.length > 0);
}

/** The page but for its script and style, which have tests of their own. */
function snapshot(page: string): string {
  return page
    .replace(assets.script, '')
    .replace(assets.style, '')
    .replace(assets.scriptHash, '')
    .replace(assets.styleHash, '');
}

describe('as a file', () => {
  const reports = {
    full: fixtures.replay,
    decisions: fixtures.withDecisions,
    hostile: fixtures.hostile,
    empty: fixtures.empty,
    rich: richReport(24),
  };
  test.each(Object.entries(reports))('%s', async (name, report) => {
    const page = replayHtml(report, { ...options, sources });
    await expect(snapshot(page)).toMatchFileSnapshot(`expected/${name}.html`);
  });
});

test('the same report is the same bytes, also a second time in one process', () => {
  const page = () => replayHtml(richReport(), { ...options, sources });
  expect(page()).toBe(page());
});

test('says first what was found, and what the report is not', () => {
  const header = elements.find((one) => one.tagName === 'header')!;
  const text = textOf(header);
  expect(text).toMatch(/420 calls in 105 sessions from 2 recordings, recorded 2026-05-01 to 2026-05-29/);
  expect(text).toMatch(/✕ 3 findings/);
  expect(text).toMatch(/it is not legal advice, and it never says that anything is compliant\.$/);
});

test('a line of source stands with its number, its calls and its conditions', () => {
  const line = byId(elements, 'f1-12');
  expect(
    elementsOf(line)
      .filter((one) => one.tagName === 'td')
      .map(textOf),
  ).toEqual([
    '12',
    '395',
    '(3Tcontext.input.currency == "EUR" || 4○context.user.roles.contains("desk-lead"))',
    '3T true 395 / false 04○ true 0 / false 0',
  ]);
  const marks = elementsOf(line).filter((one) => attribute(one, 'class')?.startsWith('mark'));
  expect(marks.map((one) => [attribute(one, 'class'), textOf(one), attribute(one, 'title')])).toEqual([
    ['mark both whole', '(', 'seen true and false: true 380 / false 25 / unreached 15'],
    [
      'mark true-only',
      'context.input.currency == "EUR"',
      'only ever true: true 395 / false 0 / unreached 25',
    ],
    ['mark both whole', '||', 'seen true and false: true 380 / false 25 / unreached 15'],
    [
      'mark unreached',
      'context.user.roles.contains("desk-lead")',
      'never reached: true 0 / false 0 / unreached 420',
    ],
    ['mark both whole', ')', 'seen true and false: true 380 / false 25 / unreached 15'],
  ]);
});

test('a line that no call reached says so without colour', () => {
  const line = byId(elements, 'f1-30');
  expect(attribute(line, 'class')).toBe('miss');
  expect(textOf(elementsOf(line)[1]!)).toBe('0');
});

test('a policy is reached by its anchor: in its source, or in its table where there is none', () => {
  expect(textOf(byId(elements, 'p1'))).toMatch(
    /^refund-above-limit escalateapplied 18silent 401determined 18/,
  );
  expect(attribute(byId(elements, 'p1'), 'class')).toBe('strip');
  expect(rows(byId(elements, 'f0'))).toEqual([
    ['disclosure/health', 'forbid', 'enforce', '12', '408', '9', '! 7', '1 / 1', ''],
    ['1', '9:20', 'tool.name == "send_mail" && args.purpose == "health"', '!', '12', '401', '7', '0'],
  ]);
});

test('a provision is told with its grade, its date, both sides and what is missing', () => {
  expect(rows(byId(elements, 'controls'))).toEqual([
    [
      '14(1) Effective oversight while in use',
      'direct',
      '2027-12-02',
      'refund-above-limit policies/refunds.cedar',
      '18',
      '✓ yesapplied 18 / silent 401',
      '✓ yes',
    ],
    [
      '14(4)(d) Deciding not to use, or to override, the output',
      'partial',
      '2027-12-02',
      'refund-above-limit policies/refunds.cedar',
      '18',
      '✕ noapplied 18 / silent 0',
      '✕ not yetNo recorded call reached a policy that serves it without its applying.',
    ],
    [
      '26(1) Use in accordance with the instructions',
      'context',
      '2027-12-02',
      'refund-in-limit policies/refunds.cedar',
      '380',
      '✓ yesapplied 380 / silent 25',
      '✕ not yetGrade context is never evidence: keep the instructions for use with the system’s documentation.',
    ],
    [
      '9(1) Risk management systembinds providers; the profile is a deployer',
      'context',
      '2027-12-02',
      'refund-above-limit policies/refunds.cedar',
      '18',
      '✓ yesapplied 18 / silent 401',
      '✕ not yet',
    ],
    [
      'ASI02 Tool misuse and exploitation',
      'direct',
      '–',
      'desk.velocity.deny policies/trial/velocity.rego',
      '0',
      '✕ noapplied 0 / silent 0',
      '✕ not yetEvery policy that serves it is in audit mode: enforce one.',
    ],
    [
      'desk@2026:A.4',
      'Refunds to accounts abroad need a second pair of eyes',
      'Desk handbook, part A',
      '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    ],
  ]);
  const folded = elementsOf(byId(elements, 'controls')).filter((one) => one.tagName === 'details');
  expect(folded.map((one) => [attribute(one, 'open'), rows(one).length])).toEqual([[undefined, 1]]);
});

test('every chart has a title, a description and its numbers beside it', () => {
  const charts = elements.filter((one) => one.tagName === 'svg' && attribute(one, 'role') === 'img');
  const told = charts.map((one) => elementsOf(one).slice(0, 2).map(textOf));
  expect(told).toEqual([
    ['Calls by outcome', '382 allow, 11 deny, 25 escalate, 2 indeterminate'],
    ['lookup_customer', '99 allow, 6 escalate'],
    ['refund', '98 allow, 7 escalate'],
    ['search_orders', '99 allow, 6 escalate'],
    ['send_mail', '86 allow, 11 deny, 6 escalate, 2 indeterminate'],
    [
      'Time of one decision, logarithmic, in milliseconds',
      'all: p50 0.0104 ms, p95 0.0222 ms, p99 0.0301 ms, max 1.40 ms; cedar: p50 0.0080 ms, p95 0.0090 ms, p99 0.0095 ms, max 0.200 ms; cel-policy: p50 0.0021 ms, p95 0.0032 ms, p99 0.0060 ms, max 0.0900 ms; rego: p50 0.0200 ms, p95 0.0300 ms, p99 0.0400 ms, max 1.40 ms; floor 0.0051 ms',
    ],
  ]);
  expect(rows(byId(elements, 'outcomes'))[3]).toEqual([
    'send_mail',
    '105',
    'send_mail86 allow, 11 deny, 6 escalate, 2 indeterminate',
    '86',
    '11',
    '6',
    '2',
  ]);
});

test('a call is told in full without scripts', () => {
  const call = byId(elements, 'c2');
  const terms = elementsOf(call).filter((one) => one.tagName === 'dt' || one.tagName === 'dd');
  expect(terms.map(textOf)).toEqual([
    ...['outcome', '↑ escalate, determined', 'expected', '↑ escalate'],
    ...[
      'with audit policies',
      'it would be ✕ deny',
      'determined by',
      'policies/refunds.cedar#refund-above-limit',
    ],
    ...['reasons', 'A supervisor approves refunds above EUR 250'],
    ...['obligations', '{"type":"notify","who":"desk-lead"}', 'conditions'],
    '✓ true context.input.amount > decimal("250.0") policies/refunds.cedar:23:8✕ false context.user.roles.contains("desk-lead") && context.session.tools.contains("search_orders") policies/refunds.cedar:26:2✕ false context.user.roles.contains("desk-lead") policies/refunds.cedar:26:2',
    ...['session', 'case-0000, after its first divergence', 'recorded in', 'traces/may.jsonl:3'],
  ]);
});

test('more calls than a page holds: those that were not allowed first, and said so', () => {
  const page = parsePage(replayHtml(richReport(20_001), options)).elements;
  const calls = byId(page, 'calls');
  expect(textOf(calls)).toMatch(
    /This page holds 20,000 of 20,001 calls: those that were not allowed first\./,
  );
  expect(textOf(byId(page, 'calls-status'))).toBe('200 calls');
});
