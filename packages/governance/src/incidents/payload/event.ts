import type { Incident } from '@benchbook/model';

/** What a sink is told: the incident as it stands, and whether the sink was told of it before. */
export interface IncidentEvent {
  readonly incident: Incident;
  readonly update: boolean;
}

/** Text of recordings on one line, without control characters, well-formed, and at most `longest` UTF-16 units. */
export function oneLine(text: string, longest: number): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return (line.length > longest ? `${line.slice(0, longest - 1)}…` : line)
    .toWellFormed()
    .replace(/\uFFFD…$/, '…');
}
