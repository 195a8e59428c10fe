import { describe, expect, test, vi } from 'vitest';
import { readMessage } from '../src/report/messages.ts';
import { newNonce, note, page } from '../src/report/page.ts';
import { renewal } from '../src/report/renewal.ts';

describe('the page', () => {
  test('lets in nothing but its own script and style', () => {
    const text = page({ nonce: 'n0', script: 'https://x.test/panel.js?a="b"', folder: 'file:///w"<' });
    expect(/content="([^"]*)"/.exec(text)?.[1]).toBe(
      "default-src 'none'; script-src 'nonce-n0'; style-src 'nonce-n0'; base-uri 'none'; form-action 'none'",
    );
    expect(text.match(/<(script|style|link|img|iframe)[^>]*>/g)).toEqual([
      '<style id="sheet" nonce="n0">',
      '<script nonce="n0" src="https://x.test/panel.js?a=&#34;b&#34;">',
    ]);
    expect(text.match(/<body[^>]*>/g)).toEqual(['<body data-folder="file:///w&#34;&#60;">']);
  });

  test('has a nonce of its own each time', () => {
    expect(newNonce()).toMatch(/^[0-9a-f]{32}$/);
    expect(newNonce()).not.toBe(newNonce());
  });

  test('shows a message as text', () => {
    expect(note('<b>&').html).toBe('<p role="status">&#60;b&#62;&#38;</p>');
  });
});

test.each([
  [{ kind: 'ready' }, { kind: 'ready' }],
  [
    { kind: 'call', call: 's#1', more: 1 },
    { kind: 'call', call: 's#1' },
  ],
  [
    { kind: 'open', file: 'a.cedar', line: 3, column: 0 },
    { kind: 'open', file: 'a.cedar', line: 3 },
  ],
  [{ kind: 'open' }, null],
  [{ kind: 'run', command: 'x' }, null],
  [null, null],
])('reads the message %j', (message, expected) => expect(readMessage(message)).toEqual(expected));

describe('renewal', () => {
  test('runs one at a time, and once more for the last wish', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    const done: (() => void)[] = [];
    const renewing = renewal(async () => {
      runs++;
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => done.push(resolve));
      running--;
    }, 10);
    renewing.now();
    renewing.now();
    renewing.now();
    done.shift()!();
    await vi.waitFor(() => expect(runs).toBe(2));
    done.shift()!();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([runs, most, running]).toEqual([2, 1, 0]);
  });

  test('waits for quiet, and ends', async () => {
    let runs = 0;
    const renewing = renewal(async () => void runs++, 15);
    renewing.soon();
    renewing.soon();
    await vi.waitFor(() => expect(runs).toBe(1));
    renewing.soon();
    renewing.dispose();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(runs).toBe(1);
  });
});
