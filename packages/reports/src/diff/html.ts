import type { DiffReport } from '@benchbook/model';
import { counted } from '../format/numbers.ts';
import { html } from '../html/markup.ts';
import { page, scriptJson } from '../html/page.ts';
import { contents, type Section, sectionMarkup } from '../html/section.ts';
import type { Reporter } from '../reporter.ts';
import { approvalsSection } from './html/approvals.ts';
import * as assets from './html/assets.ts';
import { controlsSection } from './html/controls.ts';
import { coverageSection } from './html/coverage.ts';
import { encodeFlips } from './html/encode.ts';
import { flipsSection } from './html/flips/section.ts';
import { GROUPS, groupsSection } from './html/groups.ts';
import { header } from './html/header.ts';
import { latencySection } from './html/latency.ts';
import { policiesSection } from './html/policies.ts';
import { problemsSection } from './html/problems.ts';
import { undecidedSection } from './html/undecided.ts';
import { sortedFlips } from './sorted-flips.ts';

/** Flips that one page holds; unapproved and feared ones come first. */
const FLIPS = 20_000;

/** The diff as one page that opens from disk, fetches nothing and can be printed. */
export const diffHtml: Reporter<DiffReport> = (report) => {
  const groups = new Map(report.groups.slice(0, GROUPS).map((group, index) => [group.policy, `g${index}`]));
  const data = encodeFlips(sortedFlips(report.flips).slice(0, FLIPS), (policy) => groups.get(policy));
  const sections = [
    groupsSection(report),
    flipsSection(data, report.summary.flips),
    undecidedSection(report),
    policiesSection(report),
    coverageSection(report),
    controlsSection(report),
    latencySection(report),
    approvalsSection(report),
    problemsSection(report),
  ].filter((section): section is Section => section !== undefined);
  const main = html`<main id="main">
${sections.map(
  (section) => html`${sectionMarkup(section)}
`,
)}</main>`;
  const title = `Benchbook diff: ${counted(report.summary.flips, 'flip')}`;
  return page(title, [header(report), contents(sections), main], scriptJson(data), assets);
};
