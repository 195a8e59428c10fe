/** Quick fixes of agent cards: a slip put right, a member that is missing begun. */
import type { CodeFix, Diagnostic, TextRange } from '@benchbook/model';
import { isObject, suggest } from '@benchbook/model';
import {
  agentCards,
  checkAgentCard,
  type DataDocument,
  type DataPath,
  parseData,
} from '@benchbook/workspace';
import type { ManifestKeys } from '../manifest/keys.ts';
import { addMember } from './insert.ts';
import { missingMember } from './skeletons.ts';

interface CardPlace {
  readonly document: DataDocument;
  readonly text: string;
  readonly path: DataPath;
}

/** What can be mended in the card file `file` where `range` lies. `told`: its findings, at their places in `text`. */
export function cardFixes(
  file: string,
  text: string,
  range: TextRange,
  told: readonly Diagnostic[],
  keys: ManifestKeys,
): readonly CodeFix[] {
  const document = parseData(text);
  const cards = agentCards(document.value ?? null).filter(({ card }) => isObject(card));
  return cards.flatMap(({ path }) => {
    const place = { document, text, path };
    const whole = document.rangeOf(path);
    const own = told.filter((one) => one.range && touches(one.range, whole));
    return [...slips(file, place, range, own, keys), ...missing(file, place, range, own)];
  });
}

function slips(
  file: string,
  { document, text, path }: CardPlace,
  range: TextRange,
  told: readonly Diagnostic[],
  keys: ManifestKeys,
): CodeFix[] {
  return checkAgentCard(document, path).flatMap((issue): CodeFix[] => {
    if (!touches(issue.range, range)) return [];
    const steps = issue.path.slice(path.length).filter((step) => typeof step === 'string');
    const known =
      issue.kind === 'unknown-key'
        ? keys.below(steps.slice(0, -1)).map(({ name }) => name)
        : (keys.at(steps)?.words ?? []);
    const written = text.slice(issue.range.start, issue.range.end);
    const [, open = '', word = '', close = ''] = /^(["']?)(.*?)(["']?)$/s.exec(written) ?? [];
    const near = suggest(word, known) ?? suggest(word.replace(/[-_]/g, ''), known);
    if (near === undefined) return [];
    const edits = [{ range: issue.range, newText: `${open}${near}${close}` }];
    const diagnostic = told.find(({ message }) => message === issue.message);
    return [
      {
        title: `Write ${near}`,
        kind: 'quickfix',
        edits: [{ file, edits }],
        ...(diagnostic && { diagnostic }),
        isPreferred: true,
      },
    ];
  });
}

function missing(
  file: string,
  { document, text, path }: CardPlace,
  range: TextRange,
  told: readonly Diagnostic[],
): CodeFix[] {
  const lines = linesOf(text, range);
  const fixes = told.flatMap((diagnostic): CodeFix[] => {
    const member = touches(diagnostic.range!, lines) ? missingMember(diagnostic.code) : undefined;
    const edit = member && addMember(document, text, path, member);
    if (!edit) return [];
    return [{ title: titleOf(member), kind: 'quickfix', edits: [{ file, edits: [edit] }], diagnostic }];
  });
  // On the line of the id, what every card should have is offered though nobody asks for it.
  if (!touches(document.keyRangeOf([...path, 'id']), lines)) return fixes;
  const offered = ['owner', 'accountable', 'purpose', 'risk'].flatMap((name): CodeFix[] => {
    const edit = addMember(document, text, path, name);
    if (!edit || fixes.some(({ title }) => title === titleOf(name))) return [];
    return [{ title: titleOf(name), kind: 'refactor', edits: [{ file, edits: [edit] }] }];
  });
  return [...fixes, ...offered];
}

/** Whole lines: nobody sees where in its line a finding begins. */
function linesOf(text: string, { start, end }: TextRange): TextRange {
  const next = text.indexOf('\n', end);
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: next === -1 ? text.length : next };
}

function titleOf(member: string): string {
  return `Add ${member}`;
}

function touches(a: TextRange, b: TextRange): boolean {
  return a.start <= b.end && b.start <= a.end;
}
