/** From when provisions of the EU AI Act apply, after Regulation (EU) 2026/1744 (its Article 113 as amended). */
import type { Application } from '../catalog/catalog.ts';
import type { StructureArticle } from '../catalog/law.ts';
import { annexOf, type ControlProfile } from './profile.ts';

const IN_FORCE = '2024-08-01';
const FIRST_CHAPTERS = '2025-02-02';
const GOVERNANCE = '2025-08-02';
const AMENDED = '2026-07-27';
const GENERAL = '2026-08-02';
const NEW_PROHIBITIONS = '2026-12-02';
const HIGH_RISK = { 'annex-iii': '2027-12-02', 'annex-i': '2028-08-02' } as const;

/** Articles about high-risk systems outside the sections whose dates were moved: two readings stand. */
const TWO_READINGS: ReadonlySet<string> = new Set(['43', '49', '72', '73']);

/** When `path` of an article applies; undefined where the newest edition has removed it. */
export function applicationOf(article: StructureArticle, path: string): Application | undefined {
  if (article.removed.includes(path)) return undefined;
  const number = Number.parseInt(article.article, 10);
  if (TWO_READINGS.has(article.article)) return { formal: GENERAL, 'attaches-to-high-risk': HIGH_RISK };
  if (isDeferred(article) && !(number === 6 && path.startsWith('(5)'))) return HIGH_RISK;
  const date = dateOf(article, number, path);
  const isNew = article.inserted.includes('*') || article.inserted.includes(path);
  return { all: isNew && date < AMENDED ? AMENDED : date };
}

function isDeferred({ chapter, section }: StructureArticle): boolean {
  return chapter === 'III' && (section === '1' || section === '2' || section === '3');
}

function dateOf(article: StructureArticle, number: number, path: string): string {
  const { chapter, section } = article;
  if (number === 113) return IN_FORCE;
  if (number === 5 && /^\((?:1\)\(b[ab]\)|1[ab]\))/.test(path)) return NEW_PROHIBITIONS;
  if (chapter === 'I' || chapter === 'II') return FIRST_CHAPTERS;
  if (chapter === 'III' && section === '4') return GOVERNANCE;
  if (chapter === 'V' || chapter === 'VII' || number === 78) return GOVERNANCE;
  if (chapter === 'XII' && number !== 101) return GOVERNANCE;
  if (number >= 102 && number <= 110) return AMENDED;
  return GENERAL;
}

/** A date, and what one date cannot say. */
export interface ApplicationDate {
  readonly date: string | null;
  readonly note: string | null;
}

/** Reads an application for a profile: the earliest date that the profile leaves possible. */
export function applicationDate(
  application: Application | undefined,
  profile: ControlProfile | undefined,
): ApplicationDate {
  if (!application) return { date: null, note: null };
  const { all, formal } = application;
  if (formal !== undefined) return { date: formal, note: otherReading(application) };
  if (all !== undefined) {
    const older = application['placed-before-2026-08-02'];
    return {
      date: all,
      note: older ? `${older} for systems placed on the market before ${GENERAL}` : null,
    };
  }
  return byAnnex(application, profile);
}

function otherReading(application: Application): string | null {
  const later = application['attaches-to-high-risk'];
  if (!later) return null;
  return `by its wording; read with the classification of high-risk systems from ${later['annex-iii']} (Annex III) or ${later['annex-i']} (Annex I)`;
}

function byAnnex(application: Application, profile: ControlProfile | undefined): ApplicationDate {
  const { 'annex-iii': third, 'annex-i': first } = application;
  const annex = annexOf(profile ?? {});
  if (annex === 'annex-i' && first) return { date: first, note: null };
  return { date: third ?? first ?? null, note: !annex && first ? `${first} for systems of Annex I` : null };
}
