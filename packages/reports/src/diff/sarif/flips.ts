import type { DiffReport, Flip } from '@benchbook/model';
import { counted } from '../../format/numbers.ts';
import type { SarifFinding } from '../../format/sarif.ts';
import { arrow } from '../kinds.ts';
import { sortedFlips } from '../sorted-flips.ts';
import { placeOf } from './places.ts';
import { flipRule } from './rules.ts';

/** Recorded calls that a result leads to. */
const RELATED = 20;
/** Calls that its message names. */
const NAMED = 5;

/** A result for each kind of unapproved flips that one condition of one policy made, the feared ones first. */
export function flipFindings(report: DiffReport): SarifFinding[] {
  const parts = new Map<string, Flip[]>();
  for (const flip of sortedFlips(report.flips)) {
    if (flip.approved !== null) continue;
    const key = JSON.stringify([flip.from, flip.to, flip.because[0] ?? null, flip.condition]);
    const part = parts.get(key);
    if (part) part.push(flip);
    else parts.set(key, [flip]);
  }
  return [...parts.values()].map((part) => finding(report, part));
}

function finding(report: DiffReport, flips: readonly Flip[]): SarifFinding {
  const { from, to, because, condition } = flips[0]!;
  const policy = because[0];
  const place = policy === undefined ? undefined : placeOf(report, policy);
  const kind = arrow(`${from}->${to}`);
  const named = flips.slice(0, NAMED).map(({ call }) => call);
  const rest = flips.length - named.length;
  const by = policy === undefined ? '' : ` by ${policy}`;
  const why = condition === null ? '' : ` because ${condition}`;
  const errors = flips.filter((flip) => flip.errors.head.length > 0).length;
  const erring = errors === 0 ? '' : `; a policy errs on ${errors} of them`;
  const calls = `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return {
    rule: flipRule({ from, to }),
    message: `${counted(flips.length, 'recorded call')} ${kind}${by}${why}: ${calls}${erring}`,
    ...(place && { place }),
    related: flips
      .slice(0, RELATED)
      .map((flip) => ({ ...flip.source, message: `Recorded call ${flip.call} (${flip.tool}): ${kind}` })),
    fingerprint: `flip:${from}->${to}:${policy ?? ''}:${condition ?? ''}`,
  };
}
