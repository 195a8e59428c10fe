import type { DiffReport } from '@benchbook/model';
import { counted } from '../format/numbers.ts';
import { visible } from '../format/visible.ts';
import type { Reporter } from '../reporter.ts';
import { diagnosticsBlock, unreadableBlock } from '../text/problems.ts';
import { lay, type Page, pageFor, paragraph, type Section } from '../text/section.ts';
import { approvals } from './text/approvals.ts';
import { controls } from './text/controls.ts';
import { coverage } from './text/coverage.ts';
import { errors } from './text/errors.ts';
import { divergences, flips } from './text/flips.ts';
import { groups } from './text/groups.ts';
import { latency } from './text/latency.ts';
import { policies } from './text/policies.ts';
import { undecided } from './text/undecided.ts';
import { closingLine, verdictOf } from './verdict.ts';

/** What a reviewer asks first comes first. */
const sections: readonly Section<DiffReport>[] = [
  flips,
  groups,
  undecided,
  divergences,
  errors,
  policies,
  coverage,
  controls,
  latency,
  approvals,
  (report, page) => diagnosticsBlock(report.diagnostics, page),
  (report, page) => unreadableBlock(report.unreadable, report.summary.unreadable, page),
];

/** The diff as people read it in a terminal. */
export const diffText: Reporter<DiffReport> = (report, options) => {
  const page = pageFor(options);
  const blocks = [headline(report, page), ...sections.map((section) => section(report, page))];
  return lay(blocks, closingLine(report.summary));
};

function headline(report: DiffReport, page: Page): string[] {
  const { sentence, bad } = verdictOf(report);
  const style = bad ? page.paint.red : page.paint.green;
  const { calls, sessions } = report.summary;
  const about = `Against ${visible(report.base)}: ${counted(calls, 'call')} in ${counted(sessions, 'session')} from ${counted(report.recordings.length, 'recording')}`;
  return [
    ...paragraph(page, sentence, 0).map((line) => page.paint.bold(style(line))),
    ...paragraph(page, about, 0).map(page.paint.dim),
  ];
}
