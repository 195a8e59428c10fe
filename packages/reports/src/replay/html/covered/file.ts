import { counted } from '../../../format/numbers.ts';
import { visible } from '../../../format/visible.ts';
import { html, type Markup } from '../../../html/markup.ts';
import { ratioBar } from '../charts/ratio-bar.ts';
import type { Context } from '../context.ts';
import { conditionTable } from './conditions.ts';
import { numberConditions } from './marks.ts';
import { policyTable } from './policies.ts';
import { sourceMarkup } from './source.ts';

/** One policy file: its policies, then its source with what the calls exercised. */
export function fileCoverage(context: Context, file: string): Markup {
  const { report } = context;
  const policies = report.policies.filter((one) => one.file === file);
  const helpers = report.helpers.filter((one) => one.file === file);
  const conditions = numberConditions([...policies, ...helpers].map((one) => one.conditions));
  const lines = report.lines.find((one) => one.file === file)?.lines ?? [];
  const source = context.source(file);
  const applied = policies.filter((one) => one.applied > 0).length;
  const both = conditions.filter(({ condition }) => condition.true > 0 && condition.false > 0).length;
  const hit = lines.filter((one) => one.hits > 0).length;
  return html`<details class="file" id="${context.fileAnchor(file)}" open>
<summary><code>${visible(file)}</code><span class="ratios">${ratioBar('policies', applied, policies.length)}${ratioBar(
    'conditions',
    both,
    conditions.length,
  )}${ratioBar('lines', hit, lines.length)}</span></summary>
${policies.length > 0 && policyTable(context, file, policies, source === undefined)}
${
  source === undefined
    ? html`<p class="aside-note">The source of this file is not shown here: ${counted(conditions.length, 'condition')}.</p>
${conditions.length > 0 && conditionTable(file, conditions)}`
    : sourceMarkup(context, file, source, policies, conditions)
}
</details>`;
}
