import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { visible } from '../../src/format/visible.ts';
import { replayHtml } from '../../src/replay/html.ts';
import { hostile } from '../fixtures.ts';
import { attribute, byId, elementsOf, parsePage, raw, textOf } from './dom.ts';
import { attacks, hostileRich, hostileSources } from './hostile-rich.ts';
import { richReport, sources } from './rich.ts';

const options = { color: false, width: 100 };

/** All that our own templates write: an element or attribute beyond it came from a text. */
const allowed = {
  elements:
    'a b body br button caption code datalist dd desc details div dl dt em fieldset figcaption figure form h1 h2 h3 head header html i input label legend li line main meta nav noscript ol option p path rect script section select small span strong style summary sup svg table tbody td text th thead title tr ul',
  attributes:
    'aria-hidden aria-label aria-labelledby autocomplete charset checked class colspan content cx cy d data-label data-outcome data-page height hidden href http-equiv id lang list name open placeholder preserveAspectRatio role scope spellcheck tabindex title type value viewBox width x x1 x2 y y1 y2',
};

function holdsTogether(page: string): void {
  const { elements, errors } = parsePage(page);
  expect(errors).toEqual([]);
  const names = new Set(elements.map((one) => one.tagName));
  expect([...names].filter((name) => !allowed.elements.split(' ').includes(name))).toEqual([]);
  const attributes = new Set(elements.flatMap((one) => one.attrs.map((each) => each.name)));
  expect([...attributes].filter((name) => !allowed.attributes.split(' ').includes(name))).toEqual([]);

  const scripts = elements.filter((one) => one.tagName === 'script');
  expect(scripts.map((one) => one.attrs)).toEqual([
    [
      { name: 'type', value: 'application/json' },
      { name: 'id', value: 'calls-data' },
    ],
    [],
  ]);
  const ids = elements.flatMap((one) => attribute(one, 'id') ?? []);
  expect(ids.filter((id, index) => !/^[a-z][a-z0-9-]*$/.test(id) || ids.indexOf(id) !== index)).toEqual([]);
  const links = elements.flatMap((one) => attribute(one, 'href') ?? []);
  expect(links.filter((href) => !href.startsWith('#') || !ids.includes(href.slice(1)))).toEqual([]);
}

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
    const data = JSON.parse(raw(byId(elements, 'calls-data')));
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
    const start = page.indexOf('id="calls-data">') + 'id="calls-data">'.length;
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
