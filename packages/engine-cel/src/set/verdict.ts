import {
  type EngineOptions,
  getOwn,
  isObject,
  isOutcome,
  type JsonObject,
  type Obligation,
  type Outcome,
  setOwn,
  suggest,
} from '@benchbook/model';
import { CelMap, isList, typeName, type Value } from '../values/index.ts';
import { toJson, toValue } from './json.ts';

/** What one output says. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly reasons: readonly string[];
  readonly obligations: readonly Obligation[];
}

/** What `mapping.cel.outputs` makes of strings that are no outcome words. */
export type OutputWords = ReadonlyMap<string, Verdict>;

/** Outcomes that a policy may say itself. */
const WORDS: ReadonlySet<string> = new Set(['allow', 'deny', 'escalate']);
const MAP_KEYS: ReadonlySet<string> = new Set(['outcome', 'reason', 'obligations']);

/** Reads `mapping.cel.outputs`: words to outcomes, or to `{ outcome, reason, obligations }`. */
export function outputWords(options: EngineOptions): { words: OutputWords; problems: string[] } {
  const words = new Map<string, Verdict>();
  const problems: string[] = [];
  const outputs = getOwn(options.mapping ?? {}, 'outputs') ?? {};
  if (!isObject(outputs)) return { words, problems: ['mapping.cel.outputs must be a mapping'] };
  for (const [word, meaning] of Object.entries(outputs)) {
    const value = toValue(meaning);
    const verdict = value === undefined ? 'no value' : readVerdict(value, new Map());
    if (typeof verdict === 'string') problems.push(`mapping.cel.outputs.${word.slice(0, 80)}: ${verdict}`);
    else words.set(word, { ...verdict, reasons: verdict.reasons.length > 0 ? verdict.reasons : [word] });
  }
  return { words, problems };
}

/** What an output means, or why it means nothing. */
export function readVerdict(value: Value, words: OutputWords): Verdict | string {
  if (typeof value === 'boolean') return { outcome: value ? 'allow' : 'deny', reasons: [], obligations: [] };
  if (typeof value === 'string') return readWord(value, words);
  if (value instanceof CelMap) return readMap(value, words);
  return `an output must be a bool, a string or a map, not ${typeName(value)}`;
}

function readWord(word: string, words: OutputWords): Verdict | string {
  if (WORDS.has(word) && isOutcome(word)) return { outcome: word, reasons: [], obligations: [] };
  const known = words.get(word);
  if (known) return known;
  const near = suggest(word, [...WORDS, ...words.keys()]);
  const hint = near ? `; did you mean "${near}"?` : '';
  return `output "${word.slice(0, 80)}" is neither allow, deny nor escalate, nor named in mapping.cel.outputs${hint}`;
}

function readMap(map: CelMap, words: OutputWords): Verdict | string {
  for (const key of map.entries.keys()) {
    if (!MAP_KEYS.has(String(key))) {
      return `unknown key "${String(key).slice(0, 80)}" in an output; known are outcome, reason, obligations`;
    }
  }
  const outcome = map.entries.get('outcome');
  if (outcome === undefined) return 'an output that is a map needs `outcome`';
  if (typeof outcome !== 'string' && typeof outcome !== 'boolean') {
    return `\`outcome\` must be a string or a bool, not ${typeName(outcome)}`;
  }
  const verdict = readVerdict(outcome, words);
  if (typeof verdict === 'string') return verdict;
  const reason = map.entries.get('reason');
  if (reason !== undefined && typeof reason !== 'string') {
    return `\`reason\` must be a string, not ${typeName(reason)}`;
  }
  const obligations = readObligations(map.entries.get('obligations'));
  if (typeof obligations === 'string') return obligations;
  return {
    outcome: verdict.outcome,
    reasons: reason === undefined ? verdict.reasons : [reason],
    obligations: [...verdict.obligations, ...obligations],
  };
}

function readObligations(value: Value | undefined): Obligation[] | string {
  if (value === undefined || value === null) return [];
  if (!isList(value)) return `\`obligations\` must be a list, not ${typeName(value)}`;
  const obligations: Obligation[] = [];
  for (const item of value) {
    if (typeof item === 'string') obligations.push({ type: item });
    else if (item instanceof CelMap && typeof item.entries.get('type') === 'string') {
      obligations.push(toObligation(item));
    } else return 'an obligation is a string, or a map with a string `type`';
  }
  return obligations;
}

function toObligation(map: CelMap): Obligation {
  const obligation: JsonObject = {};
  for (const [key, member] of map.entries) setOwn(obligation, String(key), toJson(member));
  return obligation as Obligation;
}

const RANK: Readonly<Record<Outcome, number>> = { allow: 0, escalate: 1, indeterminate: 2, deny: 3 };

/** The strictest of several outcomes: deny, then escalate, then allow. */
export function strictest(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce((worst, outcome) => (RANK[outcome] > RANK[worst] ? outcome : worst), 'allow');
}
