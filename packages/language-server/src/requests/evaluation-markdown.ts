import type { Evaluation, TextDocument } from '@benchbook/model';
import { codeMarkdown, escapeMarkdown } from '../convert/markup.ts';

/** Conditions of one evaluation that are told; more are counted. */
const MAX_CONDITIONS = 60;
/** Characters of a condition's text that are shown. */
const MAX_TEXT = 100;

/** One evaluation for a person: the outcome, what made it, and every condition's value. */
export function evaluationMarkdown(
  evaluation: Evaluation,
  texts: (file: string) => TextDocument | undefined,
): string {
  const { outcome, basis, determining, reasons, errors, missing, policies, conditions } = evaluation;
  const applied = policies.filter(({ state, id }) => state === 'applied' && !determining.includes(id));
  return [
    `**${outcome}** (${basis})`,
    list('Determined by', determining.map(codeMarkdown)),
    list('Reasons', reasons.map(escapeMarkdown)),
    list(
      'Errors',
      errors.map(({ policy, message }) =>
        policy === null ? escapeMarkdown(message) : `${codeMarkdown(policy)}: ${escapeMarkdown(message)}`,
      ),
    ),
    list('Missing facts', missing.map(codeMarkdown)),
    list(
      'Applied as well',
      applied.map(({ id }) => codeMarkdown(id)),
    ),
    conditionTable(conditions, texts),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : [`${title}:`, '', ...items.map((item) => `- ${item}`)].join('\n');
}

function conditionTable(
  conditions: Evaluation['conditions'],
  texts: (file: string) => TextDocument | undefined,
): string {
  if (conditions.length === 0) return '';
  const rows = conditions.slice(0, MAX_CONDITIONS).map(({ file, range, state, operands }) => {
    const document = texts(file);
    const line = document ? `:${document.lineColumn(range.start).line}` : '';
    const text = document?.text.slice(range.start, range.end) ?? '';
    const cells = [
      state,
      cell(text),
      operands === undefined ? '' : cell(operands),
      escapeMarkdown(file + line),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const more = conditions.length - rows.length;
  return [
    '| value | condition | operands | where |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...(more > 0 ? ['', `and ${more} more`] : []),
  ].join('\n');
}

/** Code in a table: even there a bar would end the cell. */
function cell(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const cut = line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line;
  return cut === '' ? '' : codeMarkdown(cut).replaceAll('|', '\\|');
}
