/** The preview says exactly what a replay and a diff say of the same recordings. */
import { diff, replay } from '@benchbook/core';
import type { CallEntry, ConditionPreview, ConditionReport, Preview, ReplayReport } from '@benchbook/model';
import { expect, test } from 'vitest';
import { edited, type Files, load, open, SAMPLES, sampleFiles } from './preview-bench.ts';

/** One edit of each sample that flips recorded calls. */
const EDITS: Readonly<Record<(typeof SAMPLES)[number], (files: Files) => Files>> = {
  'support-desk': (files) =>
    edited(files, 'policies/refunds.cedar', 'decimal("150.00")', 'decimal("300.00")'),
  treasury: (files) => edited(files, 'policies/limits.cel.yaml', '> 250000.0', '> 25000.0'),
  'coding-agent': (files) => edited(files, 'policies/coding/tools.rego', '{"Edit", "Write"}', '{"Edit"}'),
};

/** Calls that each edit flips. */
const FLIPS = { 'support-desk': 2, treasury: 18, 'coding-agent': 1 } as const;

function comparable(report: ReplayReport) {
  const conditionsOf = (conditions: readonly ConditionReport[]) =>
    conditions.map(({ parent, true: held, false: failed, error }) => [parent, held, failed, error]);
  return {
    outcomes: report.summary.outcomes,
    policies: report.policies.map(
      ({ id, effect, mode, applied, errors, determined, wouldDetermine, conditions }) => ({
        id,
        effect,
        mode,
        applied,
        errors,
        determined: mode === 'audit' ? wouldDetermine : determined,
        conditions: conditionsOf(conditions),
      }),
    ),
    helpers: report.helpers.map(({ file, conditions }) => [file, conditionsOf(conditions)]),
  };
}

function shown(preview: Preview): ReturnType<typeof comparable> {
  const conditionsOf = (conditions: readonly ConditionPreview[]) =>
    conditions.map(({ parent, true: held, false: failed, error }) => [parent, held, failed, error]);
  return {
    outcomes: preview.outcomes,
    policies: preview.policies.map(({ id, effect, mode, applied, errors, outcomes, conditions }) => ({
      id,
      effect,
      mode,
      applied,
      errors,
      determined: Object.values(outcomes).reduce((sum, count) => sum + count, 0),
      conditions: conditionsOf(conditions),
    })),
    helpers: preview.helpers.map(({ file, conditions }) => [file, conditionsOf(conditions)]),
  };
}

function entriesOf({ decisions }: ReplayReport) {
  return decisions!.map(({ call, session, tool, outcome, basis, wouldBe, determining, expect, source }) => ({
    id: call,
    session,
    tool,
    outcome,
    basis,
    wouldBe,
    determining,
    ...(expect && { expect }),
    source,
  }));
}

function strip({ agent: _, summary: __, ts: ___, was: ____, because: _____, ...entry }: CallEntry) {
  return entry;
}

for (const sample of SAMPLES) {
  test(`${sample}: a preview is a replay, before and after an edit, in audit mode too`, async () => {
    const files = await sampleFiles(sample);
    const audited = {
      ...files,
      'benchbook.yaml': `${files['benchbook.yaml']!.replace(/^audit:.*\n/m, '')}\naudit: ["policies/**"]\n`,
    };
    const versions = [await load(files), await load(EDITS[sample](files)), await load(audited)];
    const { previewer } = open(() => versions[0]!.recordings);
    for (const loaded of versions) {
      previewer.update(loaded.prepared);
      await previewer.settled();
      const { report } = await replay(loaded.prepared, loaded.recordings, { decisions: true });
      const preview = previewer.latest()!;
      expect(preview.decided).toBe(report.summary.calls);
      expect(shown(preview)).toEqual(comparable(report));
      const { total, calls } = previewer.calls({});
      expect(total).toBe(report.summary.calls);
      expect(calls.map(strip)).toEqual(entriesOf(report).slice(0, 1000));
      expect(previewer.recordings({}).map(({ file, format, calls }) => ({ file, format, calls }))).toEqual(
        report.recordings,
      );
      expect(previewer.recordings({}).reduce((sum, { sessions }) => sum + sessions, 0)).toBe(
        report.summary.sessions,
      );
    }
    for (const { close } of versions) close();
  });
}

for (const sample of SAMPLES) {
  test(`${sample}: flips are those of a diff, laid to the same policies`, async () => {
    const files = await sampleFiles(sample);
    const base = await load(files);
    const head = await load(EDITS[sample](files));
    const { previewer } = open(() => base.recordings);
    previewer.setBase({ name: 'HEAD', prepared: base.prepared });
    previewer.update(head.prepared);
    await previewer.settled();
    const report = await diff({ base: base.prepared, head: head.prepared }, head.recordings, {
      name: 'HEAD',
    });
    const preview = previewer.latest()!;
    expect(preview.base).toEqual({ name: 'HEAD' });
    expect(preview.flips).toBe(report.summary.flips);
    expect(
      previewer
        .calls({ flipped: true })
        .calls.map(({ id, was, outcome, because }) => [id, was, outcome, because]),
    ).toEqual(report.flips.map(({ call, from, to, because }) => [call, from, to, because]));
    expect(preview.flips).toBe(FLIPS[sample]);
    const laidTo = (id: string) => report.flips.filter(({ because }) => because.includes(id)).length;
    expect(preview.policies.map(({ id, flips }) => [id, flips])).toEqual(
      preview.policies.map(({ id }) => [id, laidTo(id)]),
    );
    base.close();
    head.close();
  });
}
