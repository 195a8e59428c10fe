import type { ReplayReport } from '@benchbook/model';
import { markdownCode } from '../format/markdown.ts';
import { counted } from '../format/numbers.ts';
import { type Part, tablePart } from './part.ts';

/** What recordings and boundary calls show that may be worth a change. Conditions have their own table. */
export function gapPart(report: ReplayReport): Part {
  const gaps = report.gaps.filter((one) => !one.code.startsWith('condition-'));
  return tablePart({
    fold: `${counted(gaps.length, 'gap')} that the recordings show`,
    header: ['gap', 'about', 'what was seen'],
    rows: gaps.map((one) => [
      one.code,
      markdownCode(one.policy ?? one.tool ?? one.file ?? '-'),
      markdownCode(one.message),
    ]),
    below: ['What recordings show is no proof.'],
  });
}

/** Recorded calls varied around a literal. */
export function boundaryPart(report: ReplayReport): Part {
  return tablePart({
    fold: `${counted(report.boundaries.length, 'boundary call')}`,
    header: ['made from', 'set', 'to', 'decided', 'recorded call', 'comparison'],
    most: 50,
    rows: report.boundaries.map((one) => [
      markdownCode(one.call),
      markdownCode(one.pointer),
      markdownCode(JSON.stringify(one.value)),
      one.outcome,
      one.from,
      markdownCode(one.text),
    ]),
  });
}
