import type { DiffReport } from '@benchbook/model';
import { markdownCode } from '../../format/markdown.ts';
import { counted } from '../../format/numbers.ts';
import { type Part, tablePart } from '../../markdown/part.ts';
import { sortedFlips } from '../sorted-flips.ts';

const WHY = 3;

/** Every flip, the feared ones first, folded away. */
export function flipsPart(report: DiffReport): Part {
  const flips = sortedFlips(report.flips);
  const approvals = report.approvals !== undefined;
  return tablePart({
    fold: counted(flips.length, 'flip'),
    header: ['call', 'tool', 'before', 'now', 'because', 'agent', 'user', ...(approvals ? ['approved'] : [])],
    most: 500,
    rows: flips.map((flip) => [
      `${markdownCode(flip.call)}${flip.afterDivergence ? ' *after a flip*' : ''}${flip.errors.head.length > 0 ? ' **error**' : ''}`,
      markdownCode(flip.tool),
      flip.from,
      flip.to,
      flip.because[0] === undefined ? '-' : markdownCode(flip.because[0]),
      flip.agent === null ? '-' : markdownCode(flip.agent),
      flip.user === null ? '-' : markdownCode(flip.user),
      ...(approvals ? [flip.approved === null ? '**no**' : markdownCode(flip.approved)] : []),
    ]),
  });
}

/** Calls of which nobody knows whether they change. */
export function undecidedPart({ undecided, summary }: DiffReport): Part {
  return tablePart({
    above: [
      `${counted(summary.undecided, 'call')} undecided: indeterminate on either side, not counted as unchanged.`,
      '',
    ],
    fold: counted(summary.undecided, 'undecided call'),
    header: ['call', 'tool', 'before', 'now', 'why'],
    most: 200,
    rows: undecided.map((one) => [
      markdownCode(one.call),
      markdownCode(one.tool),
      one.from,
      one.to,
      one.why.slice(0, WHY).map(markdownCode).join(', ') || '-',
    ]),
  });
}
