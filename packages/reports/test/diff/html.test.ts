import { describe, expect, test } from 'vitest';
import * as assets from '../../src/diff/html/assets.ts';
import { createFilter } from '../../src/diff/html/client/filter.ts';
import { encodeFlips } from '../../src/diff/html/encode.ts';
import { decodeFlip } from '../../src/diff/html/flips/decode.ts';
import { diffHtml } from '../../src/diff/html.ts';
import { visible } from '../../src/format/visible.ts';
import { byId, elementsOf, parsePage, raw, textOf } from '../html/dom.ts';
import { holdsTogether } from '../html/holds-together.ts';
import { attacks } from '../html/hostile-rich.ts';
import { empty, full, hostile, large, poison } from './fixtures.ts';

const options = { color: false, width: 100 };
const { elements } = parsePage(diffHtml(full, options));

test.each(Object.entries({ full, empty }))('%s as a file', async (name, report) => {
  const page = Object.values(assets).reduce(
    (text, asset) => text.replace(asset, ''),
    diffHtml(report, options),
  );
  await expect(page).toMatchFileSnapshot(`expected/${name}.html`);
});

test('says the verdict first, then the kinds, the feared one marked', () => {
  const header = textOf(elements.find((one) => one.tagName === 'header')!);
  expect(header).toMatch(
    /^Benchbook diff Against main: 3,060 calls in 600 sessions from 2 recordings\. ✕ 2 calls newly allowed, 2 of 3 flips unapproved,/,
  );
  const kinds = elementsOf(byId(elements, 'because'))
    .filter((one) => one.tagName === 'li')
    .slice(0, 2);
  expect(kinds.map(textOf)).toEqual(['2! deny -> allownewly allowed', '1allow -> denynewly denied']);
});

test('changed conditions stand side by side', () => {
  const group = elementsOf(byId(elements, 'g0'));
  const change = group.find((one) => one.attrs.some((each) => each.value === 'change'))!;
  expect(
    elementsOf(change)
      .filter((one) => one.tagName === 'code')
      .map(textOf),
  ).toEqual(['context.input.amount <= 500', 'context.input.amount <= 5000']);
});

test('an empty diff has no flip to filter and says so', () => {
  const page = parsePage(diffHtml(empty, options)).elements;
  expect(textOf(byId(page, 'flips'))).toBe(
    'Flips None: no recorded call with a known outcome comes out otherwise.',
  );
});

test('5,000 flips make a modest page', () => {
  const page = diffHtml(large, options);
  holdsTogether(page);
  expect(page.length).toBeLessThan(900_000);
});

describe.each(attacks.map((attack) => [JSON.stringify(attack), attack]))('%s', (_, attack) => {
  const page = diffHtml(poison(attack), options);

  test('in every text leaves the page as it is without', () => {
    holdsTogether(page);
    const poisoned = parsePage(page).elements;
    for (const name of ['section', 'table', 'tr', 'details', 'li', 'svg', 'a'])
      expect([name, poisoned.filter((one) => one.tagName === name).length]).toEqual([
        name,
        elements.filter((one) => one.tagName === name).length,
      ]);
  });

  test('is read back from the data as it is shown', () => {
    const data = JSON.parse(raw(byId(parsePage(page).elements, 'page-data')));
    expect(data.tools).toEqual([visible(`${attack}refund`), visible(`${attack}send_mail`)]);
  });
});

test('every attack at once stays inside too', () => {
  holdsTogether(diffHtml(hostile, options));
});

test('a packed flip is the same flip', () => {
  const data = encodeFlips(full.flips, () => 'g0');
  full.flips.forEach((flip, index) => {
    const view = decodeFlip(data, index);
    const ids = (all: readonly { readonly id: string }[]) => all.map((one) => one.id);
    expect({
      ...view,
      because: ids(view.because),
      determining: { base: ids(view.base.determining), head: ids(view.head.determining) },
      reasons: { base: view.base.reasons, head: view.head.reasons },
      errors: { base: view.base.errors, head: view.head.errors },
      from: view.base.outcome,
      to: view.head.outcome,
    }).toMatchObject({
      call: flip.call,
      session: flip.session,
      tool: flip.tool,
      agent: flip.agent,
      user: flip.user,
      condition: flip.condition,
      approved: flip.approved,
      afterDivergence: flip.afterDivergence,
      because: flip.because,
      determining: flip.determining,
      reasons: flip.reasons,
      errors: flip.errors,
      from: flip.from,
      to: flip.to,
      source: flip.source.line === undefined ? flip.source.file : `${flip.source.file}:${flip.source.line}`,
    });
  });
});

describe('the filter', () => {
  const filter = createFilter(encodeFlips(full.flips, () => undefined));
  const everything = { kinds: new Set([0, 1]), policy: null, tool: null, mark: '', words: [] };
  test.each([
    ['everything', {}, [0, 1, 2]],
    ['one kind', { kinds: new Set([1]) }, [1, 2]],
    ['a policy', { policy: 0 }, [0]],
    ['a tool', { tool: 0 }, [0]],
    ['what nothing approves', { mark: 'unapproved' }, [1, 2]],
    ['what is approved', { mark: 'approved' }, [0]],
    ['no consequences', { mark: 'first' }, [0, 1]],
    ['words', { words: ['bob', '91'] }, [2]],
    ['a reason', { words: ['strangers', 'purpose'] }, [0]],
  ])('passes %s', (_, over, flips) => expect(filter({ ...everything, ...over }).flips).toEqual(flips));

  test('counts of a choice do not depend on that choice', () => {
    expect(filter({ ...everything, kinds: new Set([1]) }).kinds).toEqual([1, 2]);
  });
});
