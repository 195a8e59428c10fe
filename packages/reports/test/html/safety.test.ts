import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { visible } from '../../src/format/visible.ts';
import { replayHtml } from '../../src/replay/html.ts';
import { hostile } from '../fixtures.ts';
import { attribute, byId, elementsOf, parsePage, raw, textOf } from './dom.ts';
import { holdsTogether } from './holds-together.ts';
import { attacks, hostileRich, hostileSources } from './hostile-rich.ts';
import { richReport, sources } from './rich.ts';

const options = { color: false, width: 100 };

describe.each(attacks.map((attack) => [JSON.stringify(attack), attack]))('%s', (_, attack) => {
  const page = replayHtml(hostileRich(attack), { ...options, sources: hostileSources(attack) });

  test('in every text leaves the page as it is without', () => {
    holdsTogether(page);
    const plain = parsePage(replayHtml(richReport(40), { ...options, sources })).elements;
    const count = (all: typeof plain, name: string) => all.filter((one) => one.tagName === name).length;
    const { elements } = parsePage(page);
    for (const name of ['section', 'table', 'tr', 'details', 'li', 'svg', 'a'])
      expect([name, count(elements, name)]).toEqual([name, count(plain, name)]);
  });

  test('is shown as text, and read back from the data as it is shown', () => {
    const { elements } = parsePage(page);
    const wanted = visible(attack).trim().replaceAll('`', '');
    const gaps = elementsOf(byId(elements, 'gaps')).filter((one) => one.tagName === 'li');
    const starts = gaps.map((one) => textOf(one).replaceAll('`', '').slice(0, wanted.length));
    expect(starts).toEqual([wanted, wanted, wanted, wanted]);
    const data = JSON.parse(raw(byId(elements, 'page-data')));
    expect(data.tools[0]).toBe(visible(`${attack}lookup_customer`));
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});

test('the shared hostile fixture stays inside too', () => {
  holdsTogether(replayHtml(hostile, options));
});

test('the policy of the page names the digests of the one script and the one style', () => {
  const { elements } = parsePage(replayHtml(richReport(4), options));
  const policy = elements.flatMap((one) =>
    attribute(one, 'http-equiv') === 'Content-Security-Policy' ? (attribute(one, 'content') ?? '') : [],
  );
  const digest = (name: string) => {
    const last = elements.filter((one) => one.tagName === name).at(-1)!;
    return `'sha256-${createHash('sha256').update(raw(last)).digest('base64')}'`;
  };
  expect(policy).toEqual([
    `default-src 'none'; style-src ${digest('style')}; script-src ${digest('script')}; base-uri 'none'; form-action 'none'`,
  ]);
});

test('the data for the script cannot end it', () => {
  for (const attack of attacks) {
    const page = replayHtml(hostileRich(attack), options);
    const start = page.indexOf('id="page-data">') + 'id="page-data">'.length;
    const end = page.indexOf('</script>', start);
    expect(page.slice(start, end)).not.toMatch(/[<>&\u2028\u2029]/);
    expect(() => JSON.parse(page.slice(start, end))).not.toThrow();
  }
});

test('fetches nothing', () => {
  const page = replayHtml(richReport(40), { ...options, sources });
  const { elements } = parsePage(page);
  const loading = elements.filter((one) =>
    ['src', 'srcset', 'action', 'data', 'poster'].some((name) => attribute(one, name)),
  );
  expect(loading).toEqual([]);
  expect(page).not.toMatch(/url\(|@import|https?:/);
  expect(elementsOf(byId(elements, 'coverage')).some((one) => one.tagName === 'sup')).toBe(true);
});
