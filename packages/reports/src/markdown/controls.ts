import type { ControlReport, ReplayReport } from '@benchbook/model';
import { markdownCode, markdownText } from '../format/markdown.ts';
import { count, counted } from '../format/numbers.ts';
import { DISCLAIMER, type FrameworkPart, frameworkParts, sidesOf } from '../replay/frameworks.ts';
import { type Part, tablePart } from './part.ts';

/** The provisions that policies serve: a table a framework. */
export function controlParts(report: ReplayReport): Part[] {
  return frameworkParts(report.controls).map(frameworkTable);
}

function frameworkTable({ key, title, inside, folded }: FrameworkPart): Part {
  const evidenced = inside.filter((one) => one.evidenced).length;
  const outside = folded.length > 0 ? [`${count(folded.length)} outside the profile.`] : [];
  return tablePart({
    fold: `${title}: ${count(evidenced)} of ${counted(inside.length, 'provision')} evidenced`,
    header: [
      'provision',
      'title',
      'grade',
      'applies from',
      'policies',
      'determined',
      'sides',
      'evidenced',
      'missing',
    ],
    right: [5],
    rows: inside.length > 0 ? inside.map(row) : [['-', '-', '-', '-', '-', '-', '-', '-', '-']],
    below: [`${markdownCode(key)}.`, ...outside, DISCLAIMER],
  });
}

/** Policies that are named in a cell. */
const NAMED = 5;

function row(one: ControlReport): string[] {
  const named = one.policies.slice(0, NAMED).map(markdownCode);
  const rest = one.policies.length - named.length;
  return [
    markdownCode(one.id),
    one.title === '' ? '*not in the catalogs*' : markdownText(one.title),
    one.grade === 'unknown' ? '-' : one.grade,
    one.appliesFrom === null ? '-' : markdownText(one.appliesFrom),
    [...named, ...(rest > 0 ? [`${count(rest)} more`] : [])].join(', ') || '-',
    count(one.determined),
    sidesOf(one),
    one.evidenced ? 'yes' : 'no',
    one.missing.map(markdownText).join(' ') || '-',
  ];
}

/** Clauses of the company's own catalogs that no policy serves. */
export function unexecutedPart(report: ReplayReport): Part {
  return tablePart({
    fold: `${counted(report.unexecuted.length, 'clause')} of the company that no policy serves`,
    header: ['clause', 'title', 'document'],
    rows: report.unexecuted.map((one) => [
      markdownCode(one.ref),
      markdownText(one.title),
      one.document === undefined ? '-' : markdownCode(one.document),
    ]),
  });
}
