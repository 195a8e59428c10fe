import type { ControlReport } from '@benchbook/model';

/** What OSCAL calls a provision: the control, and the objective of it that is checked. */
export interface OscalIds {
  readonly control: string;
  readonly objective: string;
}

/** Prefixes of frameworks whose OSCAL catalog does not use the framework's own id. */
const prefixes = new Map([['eu-ai-act', 'aia']]);

/**
 * Ids for each control, in order. `eu-ai-act:14(4)(e)` is objective `aia-14_obj.4.e` of control `aia-14`, a
 * sub-paragraph `/1` is `s1`; where another edition has taken the id, the edition is appended.
 */
export function oscalIds(controls: readonly ControlReport[]): OscalIds[] {
  const taken = new Set<string>();
  return controls.map((one) => {
    const ids = idsOf(one);
    const editioned = taken.has(ids.objective) ? withEdition(ids, one.edition) : ids;
    let { objective } = editioned;
    for (let again = 2; taken.has(objective); again++) objective = `${editioned.objective}-${again}`;
    taken.add(objective);
    return { control: editioned.control, objective };
  });
}

function withEdition({ control, objective }: OscalIds, edition: string | null): OscalIds {
  const suffix = `-${token(edition ?? 'other')}`;
  return { control: control + suffix, objective: objective.replace('_obj', `${suffix}_obj`) };
}

function idsOf({ framework, id }: ControlReport): OscalIds {
  const [provision = '', ...deeper] = id
    .replace(/^(Annex|Art\.?)\s+/i, (word) => (/^annex/i.test(word) ? 'annex-' : ''))
    .replace(/^annex-([IVX]+)/i, (_, roman: string) => `annex-${fromRoman(roman.toUpperCase())}`)
    .replace(/\/(\d+)$/, '(s$1)')
    .split(/[()]+/)
    .filter((part) => part !== '');
  const prefix = prefixes.get(framework) ?? token(framework);
  const control = `${prefix}-${token(provision)}`;
  return { control, objective: [`${control}_obj`, ...deeper.map(token)].join('.') };
}

const romans: readonly (readonly [string, number])[] = [
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
];

function fromRoman(text: string): number {
  for (const [letters, value] of romans)
    if (text.startsWith(letters)) return value + fromRoman(text.slice(letters.length));
  return 0;
}

/** What an OSCAL token may hold; it begins with a letter. */
function token(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .slice(0, 80);
  return plain.replace(/^-+|-+$/g, '') || 'none';
}
