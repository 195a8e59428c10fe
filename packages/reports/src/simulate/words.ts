import type { SimulationEvent, SimulationReport } from '@benchbook/model';
import { count, counted } from '../format/numbers.ts';

/** Whether something is as it should be (`good`), to be looked at, or to be mended. */
export type Tone = 'good' | 'warn' | 'bad' | 'plain';

/** How an event is called, the sign that stands for it without colour, and its tone. */
export const eventWords: {
  readonly [kind in SimulationEvent['kind']]: {
    readonly word: string;
    readonly sign: string;
    readonly tone: Tone;
  };
} = {
  'outage-begins': { word: 'outage begins', sign: '▼', tone: 'warn' },
  'outage-ends': { word: 'outage ends', sign: '▲', tone: 'good' },
  'passed-unvalidated': { word: 'passed unvalidated', sign: '!', tone: 'bad' },
  'blocked-by-fail-mode': { word: 'blocked, no answer', sign: '✕', tone: 'plain' },
  'breaker-tripped': { word: 'breaker tripped', sign: '⚡', tone: 'bad' },
  'breaker-blocked': { word: 'blocked by breaker', sign: '✕', tone: 'plain' },
  'breaker-reset': { word: 'breaker reset', sign: '↺', tone: 'good' },
  'review-requested': { word: 'review requested', sign: '?', tone: 'plain' },
  'review-granted': { word: 'review granted', sign: '✓', tone: 'good' },
  'review-rejected': { word: 'review rejected', sign: '✕', tone: 'plain' },
  'review-expired': { word: 'review ran out', sign: '!', tone: 'warn' },
  incident: { word: 'incident', sign: '!', tone: 'bad' },
};

/** Errors among the findings: what makes a run fail. */
export function errorsOf({ findings }: SimulationReport): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}

/** What happened in one sentence. Words of ours alone. */
export function verdictOf(report: SimulationReport): { readonly sentence: string; readonly bad: boolean } {
  const { calls, unvalidated, blockedByFailMode } = report.summary;
  const bad = errorsOf(report) > 0;
  if (calls === 0) return { sentence: 'No recorded call, so nothing was played.', bad };
  const parts = [
    unvalidated === 0 ? 'nothing passed unvalidated' : `${counted(unvalidated, 'call')} passed unvalidated`,
    ...(blockedByFailMode > 0 ? [`${counted(blockedByFailMode, 'call')} stopped for want of an answer`] : []),
    ...(report.breakers.length > 0 ? [`${counted(report.breakers.length, 'breaker')} tripped`] : []),
    ...(report.summary.incidents > 0 ? [counted(report.summary.incidents, 'incident')] : []),
  ];
  const told = parts.join(', ');
  return { sentence: `${told[0]!.toUpperCase()}${told.slice(1)}.`, bad };
}

/** The last line, made to be counted. */
export function closingLine(report: SimulationReport): string {
  const { calls, permitted, blocked, unvalidated } = report.summary;
  return `${counted(calls, 'call')}: ${count(permitted)} permitted (${count(unvalidated)} unvalidated), ${count(blocked)} blocked; ${counted(report.findings.length, 'finding')} (${counted(errorsOf(report), 'error')})`;
}

/** Reviews in one sentence; empty where there was none. */
export function reviewWords({ summary: { reviews }, reviewMinutes }: SimulationReport): string {
  if (reviews.requested === 0) return '';
  const { requested, granted, rejected, expired } = reviews;
  const counts = `${counted(requested, 'call')} waited for a person: ${count(granted)} granted, ${count(rejected)} rejected, ${count(expired)} ran out`;
  if (!reviewMinutes) return `${counts}.`;
  const { p50, p95, max } = reviewMinutes;
  return `${counts}. Answers took ${minutes(p50)} at p50, ${minutes(p95)} at p95, ${minutes(max)} at most.`;
}

/** Minutes with at most one decimal; under a minute in seconds. */
export function minutes(value: number): string {
  return value < 1 ? `${Math.round(value * 60)} s` : `${Number(value.toFixed(1))} min`;
}

/** An ISO time without what says nothing: `2026-05-01 10:00:00`, with milliseconds where there are some. */
export function shortTime(ts: string): string {
  return ts.replace('T', ' ').replace(/(\.000)?Z$/, '');
}
