import { expect } from 'vitest';
import { attribute, parsePage } from './dom.ts';

/** All that our own templates write: an element or attribute beyond it came from a text. */
const allowed = {
  elements:
    'a b body br button caption circle code datalist dd desc details div dl dt em fieldset figcaption figure form h1 h2 h3 head header html i input label legend li line main meta nav noscript ol option p path rect script section select small span strong style summary sup svg table tbody td text th thead title tr ul',
  attributes:
    'aria-hidden aria-label aria-labelledby autocomplete charset checked class colspan content cx cy d data-kind data-label data-outcome data-page height hidden href http-equiv id lang list name open placeholder preserveAspectRatio r role scope spellcheck tabindex title type value viewBox width x x1 x2 y y1 y2',
};

/** Fails where a page holds anything that our templates do not write, or a link that leads nowhere. */
export function holdsTogether(page: string): void {
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
      { name: 'id', value: 'page-data' },
    ],
    [],
  ]);
  const ids = elements.flatMap((one) => attribute(one, 'id') ?? []);
  expect(ids.filter((id, index) => !/^[a-z][a-z0-9-]*$/.test(id) || ids.indexOf(id) !== index)).toEqual([]);
  const links = elements.flatMap((one) => attribute(one, 'href') ?? []);
  expect(links.filter((href) => !href.startsWith('#') || !ids.includes(href.slice(1)))).toEqual([]);
}
