import { type JsonObject, writeJson } from '@benchbook/model';
import type { IncidentEvent } from './event.ts';

/** An event as the webhook sends and the file keeps it. */
export function eventJson({ incident, update }: IncidentEvent): JsonObject {
  return { schema: 'benchbook.incident/v1', action: update ? 'update' : 'open', incident: { ...incident } };
}

/** A line of the file sink, with its end. */
export function fileLine(event: IncidentEvent): string {
  return `${writeJson(eventJson(event))}\n`;
}
