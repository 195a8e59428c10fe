import type { CodeFix } from '@benchbook/model';
import { cedarString } from '../cedar-text.ts';
import type { FixPlace } from './fixes.ts';

/** `@id` for a policy without one, made from what it does. */
export function addId(place: FixPlace): CodeFix[] {
  const { policy, path, start, text } = place;
  if (!policy.effect || policy.annotations.some(({ key }) => key?.text === 'id')) return [];
  const name = freeName(place, proposedName(place));
  const at = start + policy.range.start;
  const newText = `@id(${cedarString(name)})\n${indentAt(text, policy.range.start)}`;
  return [
    {
      title: `Add @id("${name}")`,
      kind: 'refactor',
      edits: [{ file: path, edits: [{ range: { start: at, end: at }, newText }] }],
    },
  ];
}

/** The head of a control's annotation above the effect; the cursor goes between its quotes. */
export function addControl({ policy, path, start, text }: FixPlace): CodeFix[] {
  const { effect } = policy;
  if (!effect) return [];
  const taken = new Set(policy.annotations.flatMap(({ key }) => key?.text ?? []));
  const framework = ['eu_ai_act', 'owasp_asi', 'owasp_llm', 'nist_ai_rmf', 'iso_42001'].find(
    (one) => !taken.has(one),
  );
  if (!framework) return [];
  const at = start + effect.range.start;
  const lead = `@${framework}("`;
  return [
    {
      title: 'Add a control',
      kind: 'refactor',
      edits: [
        {
          file: path,
          edits: [
            { range: { start: at, end: at }, newText: `${lead}")\n${indentAt(text, effect.range.start)}` },
          ],
        },
      ],
      cursor: at + lead.length,
    },
  ];
}

/** White space before an offset on its line; '' where other text stands there. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*$/.test(line) ? line : '';
}

/** `forbid-refund`, `permit-read-ticket`; '' where the scope says nothing. */
function proposedName({ policy, view }: FixPlace): string {
  const effect = policy.annotations.some(
    ({ key, value }) => key?.text === 'effect' && value?.value === 'escalate',
  )
    ? 'escalate'
    : (policy.effect?.text ?? '');
  const [first, ...rest] = view.namedActions ?? [];
  const what = first && !rest.length ? kebab(first.id) : '';
  const attribute = policy.clauses
    .flatMap(({ body }) =>
      body?.kind === 'binary' && body.left.kind === 'member' ? (body.left.name?.text ?? []) : [],
    )
    .map(kebab)[0];
  const name = [kebab(effect), what, ...(what ? [] : [attribute ?? ''])]
    .filter((part) => part !== '')
    .join('-');
  return what || attribute ? name : '';
}

function kebab(text: string): string {
  return text
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
}

function freeName({ file }: FixPlace, proposed: string): string {
  const taken = new Set<string>();
  for (const piece of file.pieces) {
    if (!piece.text.includes('@id')) continue;
    for (const { key, value } of piece.policy?.annotations ?? [])
      if (key?.text === 'id' && value) taken.add(value.value);
  }
  if (proposed && !taken.has(proposed)) return proposed;
  const stem = proposed || 'policy';
  let number = proposed ? 2 : 1;
  while (taken.has(`${stem}-${number}`)) number++;
  return `${stem}-${number}`;
}
