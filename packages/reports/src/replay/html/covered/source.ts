import type { PolicyReport } from '@benchbook/model';
import { count } from '../../../format/numbers.ts';
import { visible } from '../../../format/visible.ts';
import { html, type Markup } from '../../../html/markup.ts';
import type { Context } from '../context.ts';
import { seen, seenBadge, seenSigns, sides, told } from './condition.ts';
import { type Numbered, type Segment, segments } from './marks.ts';
import { policyFigures } from './policies.ts';

/** UTF-16 units of one line that are shown. */
const LINE = 2000;

/** The source of a file: hits beside each line, conditions marked in it and counted beside it. */
export function sourceMarkup(
  context: Context,
  file: string,
  lines: readonly string[],
  policies: readonly PolicyReport[],
  conditions: readonly Numbered[],
): Markup {
  const hits = new Map(
    context.report.lines.find((one) => one.file === file)?.lines.map((one) => [one.line, one.hits]),
  );
  const onLine = byLine(conditions, lines.length);
  const starting = new Map<number, PolicyReport[]>();
  for (const policy of policies) {
    const line = Math.max(1, Math.min(policy.range.start.line, lines.length));
    starting.set(line, [...(starting.get(line) ?? []), policy]);
  }
  return html`<div class="source" role="region" aria-label="Source of ${visible(file)}" tabindex="0"><table>
<thead class="aside"><tr><th scope="col">line</th><th scope="col">calls</th><th scope="col">source</th><th scope="col">conditions</th></tr></thead>
<tbody>
${lines.map((text, index) => [
  (starting.get(index + 1) ?? []).map((policy) => strip(context, policy)),
  row(
    `${context.fileAnchor(file)}-${index + 1}`,
    index + 1,
    hits.get(index + 1),
    text,
    onLine[index + 1] ?? [],
  ),
])}</tbody></table></div>`;
}

/** Conditions by each line that they touch. */
function byLine(conditions: readonly Numbered[], lines: number): readonly Numbered[][] {
  const result: Numbered[][] = [];
  for (const one of conditions) {
    const last = Math.min(one.condition.range.end.line, lines);
    for (let line = Math.max(1, one.condition.range.start.line); line <= last; line++) {
      const here = result[line];
      if (here) here.push(one);
      else result[line] = [one];
    }
  }
  return result;
}

function strip(context: Context, policy: PolicyReport): Markup {
  return html`<tr class="strip" id="${context.policyAnchor(policy.id)}"><td colspan="4"><strong>${visible(
    policy.id.slice(policy.file.length + 1),
  )}</strong> ${policyFigures(policy)}</td></tr>
`;
}

function row(
  id: string,
  line: number,
  hits: number | undefined,
  text: string,
  here: readonly Numbered[],
): Markup {
  const parts = segments(text.slice(0, LINE), line, here);
  const rest = text.length - LINE;
  const notes = parts.flatMap((part) => part.starts);
  const reached = hits === undefined ? '' : hits > 0 ? 'hit' : 'miss';
  return html`<tr id="${id}"${reached !== '' && html` class="${reached}"`}><td class="number">${line}</td><td class="hits"${
    hits === 0 && html` title="no call got here"`
  }>${hits !== undefined && count(hits)}</td><td class="code">${parts.map(segment)}${
    rest > 0 && html`<i> … ${count(rest)} more characters</i>`
  }</td><td class="notes">${notes.map(note)}</td></tr>
`;
}

function segment(part: Segment): Markup {
  const text = sourceText(part.text);
  const numbers = part.starts.map(
    (one) => html`<sup>${one.number}${seenSigns[seen(one.condition)].sign}</sup>`,
  );
  if (part.inside === null) return html`${numbers}${text}`;
  const { condition, whole } = part.inside;
  return html`${numbers}<span class="mark ${seen(condition)}${whole && ' whole'}" title="${told(condition)}">${text}</span>`;
}

/** Harmless like any text of a user, but with its tabs. */
function sourceText(text: string): string {
  return text.split('\t').map(visible).join('\t');
}

function note({ number, condition, whole }: Numbered): Markup {
  return html`<div><span class="index">${number}</span>${seenBadge(seen(condition))}${
    whole && html` <i>whole</i>`
  } ${sides(condition)}</div>`;
}
