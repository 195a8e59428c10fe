import type { ReplayReport } from '@benchbook/model';
import { counted } from '../format/numbers.ts';
import type { Reporter } from '../reporter.ts';
import { lay, pageFor, type Section } from '../text/section.ts';
import { closingLine } from './closing-line.ts';
import { audit, divergences } from './text/audit.ts';
import { controls } from './text/controls.ts';
import { boundaries, coverage, gaps } from './text/coverage.ts';
import { decisions } from './text/decisions.ts';
import { expectations, thresholds } from './text/findings.ts';
import { latency } from './text/latency.ts';
import { outcomes } from './text/outcomes.ts';
import { policies } from './text/policies.ts';
import { diagnostics, errors, skippedFiles, unreadable } from './text/problems.ts';
import { trend } from './text/trend.ts';
import { unexecuted } from './text/unexecuted.ts';

/** What a person must act on comes last: that is what a terminal still shows. */
const sections: readonly Section<ReplayReport>[] = [
  decisions,
  outcomes,
  policies,
  controls,
  unexecuted,
  coverage,
  gaps,
  boundaries,
  latency,
  trend,
  audit,
  divergences,
  diagnostics,
  skippedFiles,
  unreadable,
  errors,
  thresholds,
  expectations,
];

/** The report as people read it in a terminal. */
export const replayText: Reporter<ReplayReport> = (report, options) => {
  const page = pageFor(options);
  const { calls, sessions } = report.summary;
  const headline = `${counted(calls, 'call')} in ${counted(sessions, 'session')} from ${counted(report.recordings.length, 'recording')}`;
  const blocks = [[page.paint.bold(headline)], ...sections.map((section) => section(report, page))];
  return lay(blocks, closingLine(report.summary));
};
