import type { StatusParams } from '@benchbook/protocol';
import { describe, expect, test } from 'vitest';
import { statusLines, statusText } from '../src/status/status-text.ts';

const status: StatusParams = {
  folder: 'file:///w/desk',
  decided: 3060,
  total: 3060,
  leftOut: 0,
  stale: false,
  outcomes: { allow: 3045, deny: 12, escalate: 3, indeterminate: 0 },
  flips: 0,
  base: 'HEAD',
  policies: 14,
  neverExercised: 1,
  chosen: null,
};

describe('the status bar', () => {
  test('counts the outcomes that any call came to', () => {
    expect(statusText(status)).toBe('$(pass) 3,045  $(circle-slash) 12  $(person) 3');
  });

  test('tells flips and staleness', () => {
    expect(statusText({ ...status, flips: 2, stale: true })).toBe(
      '$(pass) 3,045  $(circle-slash) 12  $(person) 3  $(arrow-swap) 2  $(warning) stale',
    );
  });

  test('shows progress while calls are decided', () => {
    expect(statusText({ ...status, decided: 800 })).toBe('$(sync~spin) 800 / 3,060 calls');
  });

  test('is silent where there is nothing, and says that recordings are missing', () => {
    expect(statusText(null)).toBe(null);
    expect(statusText({ ...status, decided: 0, total: 0, policies: 0 })).toBe(null);
    expect(statusText({ ...status, decided: 0, total: 0 })).toBe('$(law) No recordings');
  });

  test('explains itself in lines', () => {
    expect(statusLines({ ...status, leftOut: 40, flips: 1 }, 'desk')).toEqual([
      'desk: 3,060 calls, 3,045 allow, 12 deny, 3 escalate',
      '40 calls are left out (benchbook.preview.calls)',
      '14 policies, 1 never exercised',
      '1 call flips against HEAD',
    ]);
  });

  test('says why nothing can flip', () => {
    const { base: _, ...rest } = status;
    expect(statusLines({ ...rest, base: null, flips: null, baseReason: 'no git' }, 'desk').at(-1)).toBe(
      'No flips: no git',
    );
  });
});
