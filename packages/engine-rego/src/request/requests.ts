import {
  type Facts,
  fillTemplate,
  type Json,
  type JsonObject,
  type PreparedRequests,
  setOwn,
  writeJson,
} from '@benchbook/model';

/** One request as the lanes take it. */
export interface RegoRequest {
  readonly input: Json;
  /** JSON text of the input. */
  readonly text: string;
  /** The call's time (RFC 3339), '' where it is not known. */
  readonly time: string;
}

/** Requests of one set, in the order of their facts. */
export class RegoRequests implements PreparedRequests {
  readonly rows: readonly RegoRequest[];

  constructor(facts: readonly Facts[], mapped: Json | undefined) {
    this.rows = facts.map((row) => {
      const input = inputOf(row, mapped);
      return { input, text: writeJson(input), time: row.ts ?? '' };
    });
  }

  get length(): number {
    return this.rows.length;
  }

  /** Rego holds every JSON value. */
  missing(): readonly string[] {
    return [];
  }
}

const FIELDS = ['agent', 'user', 'tool', 'args', 'session', 'ts', 'context'] as const;

/** `input` of a call: a decision log's verbatim, else what the mapping makes, else the facts themselves. */
function inputOf(facts: Facts, mapped: Json | undefined): Json {
  if (facts.input !== undefined) return facts.input;
  if (mapped !== undefined) return fillTemplate(mapped, facts as unknown as JsonObject) ?? null;
  const input: JsonObject = {};
  for (const field of FIELDS) {
    const value = facts[field];
    if (value !== undefined) setOwn(input, field, value);
  }
  return input;
}
