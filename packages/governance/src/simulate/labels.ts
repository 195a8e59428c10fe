import { type Call, getOwn, type JsonObject, type Outcome } from '@benchbook/model';
import type { LabelNames } from './options.ts';

/** What a person said of a call: what should have come out, or that it was right or wrong. */
export type Word = Outcome | 'benign' | 'malicious' | null;

/** Reads `expect`, else labels. A label counts where it is true, or has the value that is asked for. */
export function wordOn({ expect, labels }: Call, names: LabelNames): Word {
  if (expect !== undefined) return expect;
  if (!labels) return null;
  if (names.malicious.some((name) => says(labels, name))) return 'malicious';
  return names.benign.some((name) => says(labels, name)) ? 'benign' : null;
}

function says(labels: JsonObject, name: string): boolean {
  const at = name.indexOf('=');
  if (at === -1) return getOwn(labels, name) === true;
  const value = getOwn(labels, name.slice(0, at));
  return value !== undefined && typeof value !== 'object' && String(value) === name.slice(at + 1);
}
