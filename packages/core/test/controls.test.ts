import { builtinCatalogs, parseCatalog } from '@benchbook/controls';
import type { Mode, PolicyState } from '@benchbook/model';
import { tableSet } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { createExercise } from '../src/coverage/exercise.ts';
import { controlIndex } from '../src/report/controls.ts';
import { reportPolicies } from '../src/report/policies.ts';
import { textsOf } from '../src/report/texts.ts';

const texts = textsOf([{ path: 'a', text: '0123456789' }]);

/** One line per call: the state of each policy; `?` behind it for an outcome that nobody knows. */
function reportOn(
  controls: readonly string[],
  calls: readonly (readonly PolicyState[] | 'unknown')[],
  options: { mode?: Mode; id?: string; company?: string[] } = {},
) {
  const table = tableSet(
    'a',
    controls.map((name) => ({ name, outcome: 'deny' as const, when: () => true })),
  );
  const set = {
    ...table,
    policies: table.policies.map((policy, index) => {
      const [framework = '', id = ''] = controls[index]!.split(':');
      return { ...policy, controls: [{ framework, id, file: 'a', range: policy.range }] };
    }),
  };
  const exercise = createExercise();
  for (const states of calls)
    if (states === 'unknown') exercise.add([{ set, states: controls.map(() => 'applied' as const) }], 1, 0);
    else exercise.add([{ set, states }], 1, 1);
  const parsed = parseCatalog({
    framework: 'handbook',
    title: 'Handbook',
    edition: '3',
    document: 'handbook.pdf',
    sha256: 'ab'.repeat(32),
    items: [
      { id: '2.1', title: 'Nothing leaves the house', evidenceGrade: 'direct' },
      { id: '2.2', title: 'Refunds are signed', evidenceGrade: 'direct' },
    ],
  });
  if (!('catalog' in parsed)) throw new Error(parsed.error);
  const company = [parsed.catalog];
  const index = controlIndex({ editions: [], catalogs: [...builtinCatalogs(), ...company], profile: {} });
  const policies = reportPolicies({
    sets: [set],
    exercise,
    texts,
    modeOf: () => options.mode ?? 'enforce',
    refsOf: index.refsOf,
    countsOf: () => ({ determined: 1, wouldDetermine: 1 }),
  });
  return { controls: index.report(policies, [set], exercise), unexecuted: index.unexecuted(company) };
}

const DIRECT = 'eu-ai-act:14(4)(e)';
const CONTEXT = 'eu-ai-act:13(2)';
const evidenceOf = (...args: Parameters<typeof reportOn>) => {
  const [control] = reportOn(...args).controls;
  return { evidenced: control!.evidenced, applied: control!.applied, silent: control!.silent };
};

describe('a control is evidenced', () => {
  test('by an enforced policy that applied once and was reached once without applying', () => {
    expect(evidenceOf([DIRECT], [['applied'], ['silent']])).toEqual({
      evidenced: true,
      applied: 1,
      silent: 1,
    });
  });

  test('not by one side alone', () => {
    expect(evidenceOf([DIRECT], [['applied'], ['unreached'], ['error']]).evidenced).toBe(false);
    expect(evidenceOf([DIRECT], [['silent'], ['silent']]).evidenced).toBe(false);
  });

  test('not by a policy in audit mode', () => {
    expect(evidenceOf([DIRECT], [['applied'], ['silent']], { mode: 'audit' })).toEqual({
      evidenced: false,
      applied: 0,
      silent: 0,
    });
  });

  test('not by calls whose outcome nobody knows', () => {
    expect(evidenceOf([DIRECT], ['unknown', ['silent']])).toEqual({
      evidenced: false,
      applied: 0,
      silent: 1,
    });
  });

  test('not where its grade is context, nor where no catalog knows it', () => {
    const context = reportOn([CONTEXT], [['applied'], ['silent']]).controls[0]!;
    expect({ grade: context.grade, evidenced: context.evidenced }).toEqual({
      grade: 'context',
      evidenced: false,
    });
    const unknown = reportOn(['eu-ai-act:999'], [['applied'], ['silent']]).controls[0]!;
    expect({ evidenced: unknown.evidenced, missing: unknown.missing }).toEqual({
      evidenced: false,
      missing: ['No catalog knows it: correct the reference.'],
    });
  });

  test('not by two policies of which each saw one side', () => {
    const { controls } = reportOn(
      [DIRECT, DIRECT],
      [
        ['applied', 'silent'],
        ['applied', 'silent'],
      ],
    );
    expect(controls.map(({ evidenced, missing }) => ({ evidenced, missing }))).toEqual([
      {
        evidenced: false,
        missing: ['No single policy that serves it was seen both to apply and not to apply.'],
      },
    ]);
  });
});

test('what is missing is said side by side', () => {
  const { controls } = reportOn([DIRECT], [['silent']]);
  expect(controls[0]!.missing).toEqual(['No recorded call on which a policy that serves it applied.']);
});

test('clauses of the company that no policy serves', () => {
  expect(reportOn(['handbook:2.1'], []).unexecuted).toEqual([
    {
      ref: 'handbook@3:2.2',
      title: 'Refunds are signed',
      document: 'handbook.pdf',
      sha256: 'ab'.repeat(32),
    },
  ]);
});
