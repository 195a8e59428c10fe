import type { DiffReport, Sides } from '@benchbook/model';
import { markdownCode, markdownText } from '../../format/markdown.ts';
import { count, counted, percent } from '../../format/numbers.ts';
import { type Part, tablePart } from '../../markdown/part.ts';
import { changedControls, lostEvidence } from '../changed-controls.ts';
import { sides } from '../sides.ts';

/** Coverage of both versions in one line, and a row for each thing that lost it. */
export function coveragePart({ coverage: { policies, conditions, lost } }: DiffReport): Part {
  const line = `Coverage: policies ${shares(policies)}, conditions ${shares(conditions)}.`;
  const rows = [
    ...lost.policies.map((id) => [markdownCode(id), 'never applies now', '-']),
    ...lost.conditions.map((one) => [
      one.policy === null ? '-' : markdownCode(one.policy),
      markdownCode(one.text),
      markdownCode(`${one.file}:${one.range.start.line}`),
    ]),
  ];
  const table = tablePart({
    fold: `${counted(rows.length, 'entry', 'entries')} lost coverage`,
    header: ['policy', 'condition', 'where'],
    rows,
  });
  return {
    rows: table.rows,
    lines: (shown) => {
      const lines = table.lines(shown);
      return lines.length === 0 ? [line] : [line, '', ...lines];
    },
  };
}

function shares({ base, head }: Sides<number>): string {
  return sides({ base: percent(base, 1), head: percent(head, 1) }, String).replace(/[<>](?=\d)/g, (sign) =>
    sign === '<' ? '&lt;' : '&gt;',
  );
}

/** Controls whose policies or evidence changed. */
export function controlsPart(report: DiffReport): Part {
  const controls = changedControls(report);
  const lost = controls.filter(lostEvidence).length;
  return tablePart({
    fold: `${counted(controls.length, 'control')} served otherwise, ${count(lost)} no longer evidenced`,
    header: ['control', 'title', 'policies', 'determined', 'evidenced'],
    rows: controls.map((one) => [
      markdownCode(one.ref),
      one.title === '' ? '-' : markdownText(one.title),
      sides(one.policies, count),
      sides(one.determined, count),
      lostEvidence(one) ? '**yes -> no**' : sides(one.evidenced, (yes) => (yes ? 'yes' : 'no')),
    ]),
  });
}
