import type { ControlReport } from '@benchbook/model';

/** The provisions of one edition of a framework that policies serve. */
export interface FrameworkPart {
  /** `eu-ai-act@2026-07-27`. */
  readonly key: string;
  readonly title: string;
  /** Inside the manifest's profile, in the report's order. */
  readonly inside: readonly ControlReport[];
  readonly folded: readonly ControlReport[];
}

/** What every list of provisions says of itself. */
export const DISCLAIMER =
  'Shows which provisions the policies serve and what recorded calls exercised. It is no statement of compliance.';

/** Controls by framework and edition, in the report's order. */
export function frameworkParts(controls: readonly ControlReport[]): FrameworkPart[] {
  const parts = new Map<string, ControlReport[]>();
  for (const one of controls) {
    const key = one.edition === null ? one.framework : `${one.framework}@${one.edition}`;
    parts.set(key, [...(parts.get(key) ?? []), one]);
  }
  return [...parts].map(([key, all]) => ({
    key,
    title: all[0]!.frameworkTitle,
    inside: all.filter((one) => one.folded === null),
    folded: all.filter((one) => one.folded !== null),
  }));
}

/** Which sides recorded calls exercised: `both`, `applied`, `silent` or `none`. */
export function sidesOf({ applied, silent }: ControlReport): string {
  if (applied > 0 && silent > 0) return 'both';
  if (applied > 0) return 'applied';
  return silent > 0 ? 'silent' : 'none';
}

export function titleOf(control: ControlReport): string {
  return control.title === '' ? 'not in the catalogs' : control.title;
}
