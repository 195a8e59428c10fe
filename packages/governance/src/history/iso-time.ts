const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** True for an ISO 8601 time with its offset: `2026-05-01T10:00:00Z`. */
export function isIsoTime(text: string): boolean {
  return form.test(text) && !Number.isNaN(Date.parse(text));
}
