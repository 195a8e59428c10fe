import type { CallEntry } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { visible } from '../../src/format/visible.ts';
import { panelHtml } from '../../src/index.ts';
import { empty } from '../fixtures.ts';
import { attribute, byId, type Element, elementsOf, parsePage, textOf } from '../html/dom.ts';
import { attacks, hostileRich } from '../html/hostile-rich.ts';
import { richReport } from '../html/rich.ts';

const flip: CallEntry = {
  id: 'case-0004#2',
  session: 'case-0004',
  tool: 'refund',
  agent: 'desk',
  outcome: 'allow',
  basis: 'determined',
  wouldBe: 'allow',
  determining: ['policies/refunds.cedar#refund-in-limit'],
  was: 'escalate',
  because: ['policies/refunds.cedar#refund-above-limit'],
  summary: '',
  source: { file: 'traces/may.jsonl', line: 19 },
};

const inPage = (body: string) => `<!DOCTYPE html><html lang="en"><title>t</title><body>${body}</body></html>`;
const elementsIn = (body: string) => parsePage(inPage(body)).elements;
const rich = elementsIn(panelHtml(richReport(), { flips: { base: 'HEAD', total: 2, calls: [flip] } }).body);
const part = (id: string) => elementsOf(byId(rich, id));
const texts = (elements: readonly Element[], name: string) =>
  elements.filter((one) => one.tagName === name).map(textOf);
const link = (element: Element) =>
  ['data-file', 'data-line', 'data-column', 'data-call']
    .map((name) => attribute(element, name) ?? '')
    .join(' ')
    .trim();
const linksOf = (elements: readonly Element[]) =>
  elements.filter((one) => one.tagName === 'a').map((one) => [textOf(one), link(one)]);

describe('what the panel says', () => {
  test('its parts in order, with what is in them', () => {
    const nav = rich.find((one) => one.tagName === 'nav')!;
    expect(texts(elementsOf(nav), 'a')).toEqual([
      'Outcomes',
      'Flips against HEAD 2',
      'Findings 3',
      'Policies 4/5',
      'Controls 1/4',
      'Tools 4',
      'Latency 0.0301 ms',
      'Gaps 4',
      'Errors and unreadable places 5',
    ]);
    expect(texts(rich, 'h2')).toEqual([
      'Outcomes',
      'Flips against HEAD',
      'Findings',
      'Policies',
      'Controls',
      'Tools',
      'Latency',
      'Gaps',
      'Errors and unreadable places',
    ]);
  });

  test('the figures of the head', () => {
    const head = elementsOf(rich.find((one) => one.tagName === 'header')!);
    expect(texts(head, 'dt').map((title, index) => `${title}: ${texts(head, 'dd')[index]}`)).toEqual([
      'not allowed: 389.0 % of calls',
      'policies exercised: 4 / 580.0 %',
      'conditions seen true and false: 6 / 1346.2 %',
      'provisions evidenced: 1 / 425.0 %',
      'calls with errors: 22 unreadable',
    ]);
    expect(texts(head, 'a')).toEqual(['✕ 3 findings']);
  });

  test('outcomes with their shares, and what audit would change', () => {
    expect(texts(part('outcomes'), 'li')).toEqual([
      '✓ allow 382 91.0 %',
      '✕ deny 11 2.6 %',
      '↑ escalate 25 6.0 %',
      '? indeterminate 2 0.5 %',
      'escalate → deny in 24 calls',
    ]);
  });

  test('policies that nothing exercises come first', () => {
    const policies = part('policies').filter((one) => attribute(one, 'class')?.startsWith('policy'));
    expect(policies.map((one) => attribute(one, 'class'))).toEqual([
      'policy never',
      ...Array(4).fill('policy'),
    ]);
    expect(textOf(policies[0]!)).toMatch(
      /^never-abroad forbid never exercised, determined 0, did not apply to 97, erred on 8 0 of 1 condition seen/,
    );
    expect(textOf(policies[4]!)).toMatch(
      /^desk.velocity.deny computed, audit applied to 31 \(7.4 %\), would determine 29, did not apply to 389 2 of 2 conditions seen/,
    );
  });

  test('a side of a condition that no call showed stands out', () => {
    const rows = part('policies').filter((one) => one.tagName === 'tr');
    const currency = rows.find((row) => textOf(row).startsWith('└ context.input.currency'))!;
    expect(texts(elementsOf(currency), 'td')).toEqual([
      '└ context.input.currency == "EUR"',
      '',
      '395',
      'never',
      '0',
      '25',
    ]);
  });

  test('controls: grade, whether evidenced, and what is missing', () => {
    const rows = part('controls').filter((one) => one.tagName === 'tr');
    expect(textOf(rows.find((row) => textOf(row).startsWith('14(4)(d)'))!)).toBe(
      '14(4)(d) Deciding not to use, or to override, the outputpartial✕ not yetdetermined 18, applied 18, did not apply to 0No recorded call reached a policy that serves it without its applying.refund-above-limit',
    );
    expect(texts(part('controls'), 'summary')).toEqual([
      '1 provision outside the profile',
      '1 clause of the company that no policy executes',
    ]);
  });

  test('latency in words, as a chart with a description, and as a table', () => {
    const latency = part('latency');
    expect(texts(latency, 'p')).toEqual([
      'Half of the decisions take 0.0104 ms or less, 99 of 100 0.0301 ms or less. The same measure over an empty set, the floor, is 0.0051 ms.',
    ]);
    expect(texts(latency, 'desc')[0]).toBe(
      'all: p50 0.0104 ms, p95 0.0222 ms, p99 0.0301 ms, max 1.40 ms; cedar: p50 0.0080 ms, p95 0.0090 ms, p99 0.0095 ms, max 0.200 ms; cel-policy: p50 0.0021 ms, p95 0.0032 ms, p99 0.0060 ms, max 0.0900 ms; rego: p50 0.0200 ms, p95 0.0300 ms, p99 0.0400 ms, max 1.40 ms; floor 0.0051 ms',
    );
    expect(texts(latency, 'td').slice(0, 6)).toEqual([
      'all',
      '420',
      '0.0104 ms',
      '0.0222 ms',
      '0.0301 ms',
      '1.40 ms',
    ]);
  });

  test('a report of nothing says so, and has no empty table', () => {
    const elements = elementsIn(panelHtml(empty).body);
    expect(texts(elements, 'h2')).toEqual([
      'Outcomes',
      'Findings',
      'Policies',
      'Controls',
      'Gaps',
      'Errors and unreadable places',
    ]);
    expect(texts(elements, 'table')).toEqual([]);
    const none = elementsIn(panelHtml(empty, { flips: { base: 'HEAD', total: 0, calls: [] } }).body);
    expect(textOf(byId(none, 'flips'))).toBe('Flips against HEAD None: every call comes out as under HEAD.');
  });
});

describe('what its links open', () => {
  test('calls, recorded lines, policies', () => {
    expect(linksOf(part('flips'))).toEqual([
      ['case-0004#2', 'case-0004#2'],
      ['traces/may.jsonl:19', 'traces/may.jsonl 19'],
    ]);
    expect(textOf(byId(rich, 'flips'))).toMatch(/… and 1 more call$/);
    expect(linksOf(part('findings')).slice(0, 2)).toEqual([
      ['case-0000#3', 'case-0000#3'],
      ['traces/may.jsonl:4', 'traces/may.jsonl 4'],
    ]);
    expect(linksOf(part('policies'))[0]).toEqual(['never-abroad', 'policies/refunds.cedar 29 1']);
    expect(linksOf(part('gaps'))[0]).toEqual(['never-abroad', 'policies/refunds.cedar 29 1']);
    expect(linksOf(part('problems')).slice(-2)).toEqual([
      ['policies/refunds.cedar:31:8', 'policies/refunds.cedar 31 8'],
      ['policies/broken.rego', 'policies/broken.rego'],
    ]);
  });

  test('links within the page lead somewhere', () => {
    const ids = new Set(rich.map((one) => attribute(one, 'id')));
    const targets = rich
      .map((one) => attribute(one, 'href'))
      .filter((href) => href !== undefined && href !== '#')
      .map((href) => href!.slice(1));
    expect(targets.filter((id) => !ids.has(id))).toEqual([]);
    expect(targets.length).toBe(11);
  });
});

describe('what a strict policy lets through', () => {
  test('no script, no style, no handler, nothing that loads', () => {
    const { css, body } = panelHtml(richReport());
    const names = new Set(rich.map((one) => one.tagName));
    for (const name of ['script', 'style', 'link', 'img', 'iframe', 'object', 'form', 'base'])
      expect([name, names.has(name)]).toEqual([name, false]);
    const attributes = new Set(rich.flatMap((one) => one.attrs.map(({ name }) => name)));
    expect(
      [...attributes].filter((name) => name === 'style' || name === 'src' || name.startsWith('on')),
    ).toEqual([]);
    expect(`${css}${body}`).not.toMatch(/url\(|@import|https?:/);
  });

  test('colours are the theme’s alone', () => {
    expect(panelHtml(empty).css).not.toMatch(/#[0-9a-f]{3,8}[;, )]|rgb|hsl/i);
  });

  test('no parse error', () => {
    expect(parsePage(inPage(panelHtml(richReport()).body)).errors).toEqual([]);
  });
});

describe.each(attacks.map((attack) => [JSON.stringify(attack), attack]))('%s', (_, attack) => {
  test('leaves the panel as it is without', () => {
    const shape = (elements: readonly Element[]) =>
      elements.map((one) => `${one.tagName} ${one.attrs.map(({ name }) => name)}`);
    const told = elementsIn(panelHtml(hostileRich(attack)).body).filter((one) => one.tagName !== 'code');
    const plain = elementsIn(panelHtml(richReport(40)).body).filter((one) => one.tagName !== 'code');
    expect(shape(told)).toEqual(shape(plain));
    const gap = told.find(
      (one) => one.tagName === 'li' && textOf(one).includes('applied to no recorded call'),
    );
    const wanted = visible(attack).trim().replaceAll('`', '');
    expect(gap && textOf(gap).replaceAll('`', '').slice(0, wanted.length)).toBe(wanted);
  });
});
