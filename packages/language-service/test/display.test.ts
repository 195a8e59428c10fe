import type { ConditionPreview, ConditionValue, PolicyPreview, Preview, TextRange } from '@benchbook/model';
import { dedent, parseMarked } from '@benchbook/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CodeLens } from '../src/api.ts';
import { codeLenses } from '../src/display/code-lenses.ts';
import { editMap } from '../src/display/edit-map.ts';
import { inlayHints } from '../src/display/inlay-hints.ts';
import { conditionLabel, policyLabel } from '../src/display/labels.ts';

const NONE = { allow: 0, deny: 0, escalate: 0, indeterminate: 0 };
const NOWHERE = { start: 0, end: 0 };

function policy(parts: Partial<PolicyPreview> = {}): PolicyPreview {
  return {
    id: 'a.cedar#limit',
    name: 'limit',
    file: 'a.cedar',
    range: NOWHERE,
    effect: 'forbid',
    mode: 'enforce',
    outcomes: NONE,
    applied: 0,
    errors: 0,
    conditions: [],
    flips: null,
    ...parts,
  };
}

function condition(parts: Partial<ConditionPreview>): ConditionPreview {
  return { range: NOWHERE, parent: null, true: 0, false: 0, error: 0, ...parts };
}

function preview(parts: Partial<Preview> = {}): Preview {
  return {
    serial: 1,
    decided: 3060,
    total: 3060,
    leftOut: 0,
    outcomes: NONE,
    policies: [],
    helpers: [],
    texts: new Map(),
    stale: false,
    base: { name: null, reason: 'no repository' },
    flips: null,
    ...parts,
  };
}

describe('what stands beside a policy', () => {
  const twelve = { outcomes: { ...NONE, deny: 12 }, applied: 12 };
  test.each<[string, Partial<PolicyPreview>, Partial<Preview>]>([
    ['12 deny, 3 escalate of 3,060 calls', { outcomes: { ...NONE, deny: 12, escalate: 3 }, applied: 15 }, {}],
    ['1,200 allow of 3,060 calls', { outcomes: { ...NONE, allow: 1200 }, applied: 1200 }, {}],
    ['1 deny of 1 call', { outcomes: { ...NONE, deny: 1 }, applied: 1 }, { decided: 1, total: 1 }],
    ['never exercised', {}, {}],
    ['4 errors of 3,060 calls', { errors: 4 }, {}],
    ['12 deny, 1 error of 3,060 calls', { ...twelve, errors: 1 }, {}],
    ['applies to 7, decides none of 3,060 calls', { applied: 7 }, {}],
    ['12 deny of 800 / 3,060...', twelve, { decided: 800 }],
    ['none of 800 / 3,060...', {}, { decided: 800 }],
    ['12 deny of 3,060 calls (stale)', twelve, { stale: true }],
    ['never exercised (stale)', {}, { stale: true }],
    ['', {}, { decided: 0, total: 0 }],
  ])('%s', (label, of, state) => {
    expect(policyLabel(policy(of), preview(state))).toBe(label);
  });

  test.each<[string, Partial<ConditionPreview>, boolean]>([
    ['true 14 / false 3,046', { true: 14, false: 3046 }, false],
    ['true 14 / false 3,044 / 2 errors', { true: 14, false: 3044, error: 2 }, false],
    ['true 0 / false 0 (stale)', {}, true],
  ])('condition: %s', (label, of, stale) => {
    expect(conditionLabel(condition(of), preview({ stale }))).toBe(label);
  });
});

/** A text with its policies (`policy NAME`) and conditions (`cond PARENT TRUE FALSE`), and a preview of it. */
function previewed(marked: string, parts: Partial<Preview> = {}): { text: string; preview: Preview } {
  const { text, marks } = parseMarked(marked);
  const policies: PolicyPreview[] = [];
  const conditions: ConditionPreview[] = [];
  for (const { range, label } of marks) {
    const [kind, ...words] = label.split(' ');
    if (kind === 'cond') {
      const [parent, holds, not] = words.map(Number);
      conditions.push(condition({ range, parent: parent! < 0 ? null : parent!, true: holds!, false: not! }));
    } else {
      const end = text.indexOf(';', range.start) + 1;
      policies.push(
        policy({
          id: `a.cedar#${words[0]}`,
          name: words[0]!,
          range: { start: range.start, end },
          outcomes: { ...NONE, deny: Number(words[1] ?? 0) },
          applied: Number(words[1] ?? 0),
          flips: Number(words[2] ?? 0),
        }),
      );
    }
  }
  const all = policies.map((one, index) => (index === 0 ? { ...one, conditions } : one));
  return { text, preview: preview({ policies: all, texts: new Map([['a.cedar', text]]), ...parts }) };
}

/** The text with hints in it. */
function shown(
  text: string,
  state: Preview,
  values: readonly ConditionValue[] = [],
  within?: TextRange,
): string {
  const file = { path: 'a.cedar', text, comment: '//' };
  let result = text;
  const hints = inlayHints(file, state, values, within ?? { start: 0, end: text.length });
  for (const { offset, label } of hints.toReversed())
    result = `${result.slice(0, offset)} «${label}»${result.slice(offset)}`;
  return result;
}

const MARKED = dedent`
  // Above ten thousand.
  ^^ policy limit 12 2
  @id("limit")
  forbid (principal, action, resource)
  when { context.amount > 10 && context.rush };
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cond -1 1 2
         ^^^^^^^^^^^^^^^^^^^ cond 0 14 3046
                                ^^^^^^^^^^^^ cond 0 1 13
  permit (principal, action, resource);
  ^^^^^^ policy rest
`;

describe('hints', () => {
  const { text, preview: state } = previewed(MARKED);
  const SHOWN = dedent`
    // Above ten thousand.
    @id("limit") «12 deny of 3,060 calls»
    forbid (principal, action, resource)
    when { context.amount > 10 «true 14 / false 3,046» && context.rush «true 1 / false 13» };
    permit (principal, action, resource); «never exercised»
  `;

  test('stand beside the first line of a policy that is no comment, and behind each operand', () => {
    expect(shown(text, state)).toBe(SHOWN);
  });

  test('move with the text, and go where it was edited', () => {
    const typed = text.replace('// Above', '// Far above').replace('thousand.', 'thousand.\n\n');
    expect(shown(typed, state)).toBe(
      SHOWN.replace('// Above', '// Far above').replace('thousand.', 'thousand.\n\n'),
    );
    expect(shown(text.replace('> 10', '> 1'), state)).toBe(
      SHOWN.replace('> 10 «true 14 / false 3,046»', '> 1 «true 14 / false 3,046»'),
    );
    expect(shown(text.replace('10 && c', '10 || k'), state)).toBe(
      dedent`
        // Above ten thousand.
        @id("limit") «12 deny of 3,060 calls»
        forbid (principal, action, resource)
        when { context.amount > 10 «true 14 / false 3,046» || kontext.rush };
        permit (principal, action, resource); «never exercised»
      `,
    );
  });

  test('of a part of the text alone, and none of another file', () => {
    const start = text.indexOf('permit');
    expect(shown(text, state, [], { start, end: text.length })).toBe(`${text} «never exercised»`);
    const other = { path: 'b.cedar', text, comment: '//' };
    expect(inlayHints(other, state, [], { start: 0, end: text.length })).toEqual([]);
  });

  test('show the values of the chosen call behind the counts', () => {
    const start = text.indexOf('context.rush');
    const value = {
      file: 'a.cedar',
      range: { start, end: start + 12 },
      policy: null,
      operands: 'context.rush is `no`',
    };
    const states = (['true', 'unreached'] as const).map((state): ConditionValue => ({ ...value, state }));
    expect(shown(text, state, states)).toBe(SHOWN.replace('false 13»', 'false 13» «= true»'));
    const hints = inlayHints({ path: 'a.cedar', text, comment: '//' }, state, states, {
      start: 0,
      end: text.length,
    });
    expect(hints.find(({ kind }) => kind === 'value')?.tooltip).toBe(
      '``context.rush is `no` ``'.replace('``c', '`` c'),
    );
  });

  test('where there is no call to tell of, there is none', () => {
    expect(shown(text, { ...state, decided: 0, total: 0 })).toBe(text);
  });
});

describe('lenses', () => {
  const { text, preview: state } = previewed(MARKED, { base: { name: 'HEAD' } });
  const told = (lenses: readonly CodeLens[]): string[] =>
    lenses.map(({ range, title }) => `${text.slice(range.start, range.end)}: ${title}`);
  const file = { path: 'a.cedar', text, comment: '//' };

  test('offer what there is to see of each policy', () => {
    expect(told(codeLenses(file, state.policies, state))).toEqual([
      '@id("limit"): Replay',
      '@id("limit"): Calls it decides',
      '@id("limit"): 2 calls flip against HEAD',
      '@id("limit"): Evaluate',
      'permit (principal, action, resource);: Calls it decides',
      'permit (principal, action, resource);: Evaluate',
    ]);
    expect(codeLenses(file, state.policies, state)[2]!.action).toEqual({
      kind: 'calls',
      filter: { policy: 'a.cedar#limit', flipped: true },
      title: 'limit: 2 calls flip against HEAD',
    });
  });

  test('one call flips', () => {
    const [first, ...rest] = state.policies;
    const one = { ...state, policies: [{ ...first!, flips: 1 }, ...rest] };
    expect(told(codeLenses(file, state.policies, one))[2]).toBe('@id("limit"): 1 call flips against HEAD');
  });

  test('stay while the policies do not load, and stand without a recording', () => {
    expect(told(codeLenses(file, [], state))).toHaveLength(6);
    expect(told(codeLenses(file, state.policies, null))).toEqual([
      '@id("limit"): Replay',
      '@id("limit"): Evaluate',
      'permit (principal, action, resource);: Evaluate',
    ]);
  });
});

describe('places in an edited text', () => {
  test('text put in before a range moves it, inside makes it longer', () => {
    const map = editMap('if x > 10', 'if xyz > 10');
    expect([map.range({ start: 3, end: 4 }), map.range({ start: 0, end: 2 })]).toEqual([
      { start: 3, end: 4 },
      { start: 0, end: 2 },
    ]);
    expect(map.range({ start: 3, end: 9 })).toEqual({ start: 3, end: 11 });
    expect(editMap('ab', 'a--b').range({ start: 1, end: 2 })).toEqual({ start: 3, end: 4 });
    expect(editMap('a-b', 'a+b').range({ start: 1, end: 2 })).toEqual({ start: 1, end: 2 });
    expect(editMap('a--b', 'a++b').range({ start: 2, end: 3 })).toBeNull();
  });

  test('what is outside the edit keeps its text', () => {
    // Letters of their own, since in `aa` nobody can tell which one was put in.
    const of = (letters: string) => fc.string({ unit: fc.constantFrom(...letters) });
    fc.assert(
      fc.property(of('ab'), of('xy'), of('xy'), of('pq'), (head, old, next, tail) => {
        const before = head + old + tail;
        const after = head + next + tail;
        const map = editMap(before, after);
        const first = map.range({ start: 0, end: head.length });
        const last = map.range({ start: head.length + old.length, end: before.length });
        expect(first && after.slice(first.start, first.end)).toBe(head);
        expect(last && after.slice(last.start, last.end)).toBe(tail);
      }),
    );
  });
});
