import { describe, expect, test } from 'vitest';
import { simulateReporters } from '../../src/index.ts';
import { attribute, parsePage, textOf } from '../html/dom.ts';
import { holdsTogether } from '../html/holds-together.ts';
import { attacks } from '../html/hostile-rich.ts';
import { nothing, simulation } from './report.ts';

const options = { color: false, width: 100 };
const endings: { readonly [format: string]: string } = {
  text: 'txt',
  json: 'json',
  markdown: 'md',
  html: 'html',
};

test('the formats are these', () => {
  expect(Object.keys(simulateReporters)).toEqual(['text', 'json', 'markdown', 'html']);
});

describe.each(Object.entries(simulateReporters))('%s', (format, report) => {
  test.each([
    ['full', simulation()],
    ['nothing', nothing],
  ])('of %s', async (name, value) => {
    await expect(report(value, options)).toMatchFileSnapshot(`./expected/${name}.${endings[format]}`);
  });

  test('keeps no control character of a text', () => {
    const written = report(simulation('\u001b[31m\u202e\r\u0007'), options);
    // JSON is for programs: there the text stays what it is, and JSON escapes what ends a line.
    const unsafe = format === 'json' ? /\p{Cc}/u : /[\p{Cc}\p{Cf}]/u;
    expect(written.replaceAll('\n', '')).not.toMatch(unsafe);
  });
});

describe('the page', () => {
  test.each(attacks)('stays as it is whatever stands in a text: %j', (attack) => {
    const page = simulateReporters.html!(simulation(attack), options);
    holdsTogether(page);
    const names = (text: string) => parsePage(text).elements.map((one) => one.tagName);
    const plain = names(simulateReporters.html!(simulation(), options)).filter((name) => name !== 'code');
    expect(names(page).filter((name) => name !== 'code')).toEqual(plain);
  });

  test('fetches nothing', () => {
    const page = simulateReporters.html!(simulation(), options);
    const loading = parsePage(page).elements.filter((one) =>
      ['src', 'srcset', 'action', 'data'].some((name) => attribute(one, name)),
    );
    expect(loading).toEqual([]);
    expect(page).not.toMatch(/url\(|@import|https?:/);
  });

  test('draws the outage, the open breakers and the events', () => {
    const { elements } = parsePage(simulateReporters.html!(simulation(), options));
    const drawn = elements
      .filter((one) => ['rect', 'circle'].includes(one.tagName))
      .map((one) => [
        attribute(one, 'class'),
        attribute(one, 'x') ?? attribute(one, 'cx'),
        attribute(one, 'width') ?? null,
      ]);
    expect(drawn.slice(0, 3)).toEqual([
      ['outage', '150.0', '214.3'],
      ['tripped', '578.6', '214.3'],
      ['tripped', '900.0', '2.0'],
    ]);
    expect(drawn.slice(3).map(([name]) => name)).toEqual([
      ...Array(6).fill('passed-unvalidated'),
      'breaker-tripped',
      'breaker-reset',
    ]);
    const description = elements.find((one) => one.tagName === 'desc')!;
    expect(textOf(description)).toBe('1 outage, 2 breaker trips, 10 events');
  });
});
