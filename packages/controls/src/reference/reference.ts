/** A control as it is written, `framework[@edition]:id`. */
export interface ControlReference {
  /** With hyphens, in lower case: `eu-ai-act`. */
  readonly framework: string;
  readonly edition?: string;
  readonly id: string;
}

/** Reads `framework[@edition]:id`; undefined where it has another form. Space around the parts is dropped. */
export function parseReference(text: string): ControlReference | undefined {
  const match = /^\s*([A-Za-z][\w-]*)(?:@([\w.-]+))?\s*:\s*(\S.*?)\s*$/.exec(text);
  if (!match) return undefined;
  const reference = { framework: frameworkKey(match[1]!), id: match[3]! };
  return match[2] === undefined ? reference : { ...reference, edition: match[2] };
}

/** Writes a reference; the edition is left out where there is none. */
export function formatReference(reference: {
  readonly framework: string;
  readonly edition?: string | null;
  readonly id: string;
}): string {
  const edition = reference.edition ? `@${reference.edition}` : '';
  return `${reference.framework}${edition}:${reference.id}`;
}

/** The one spelling of a framework's name: Cedar's annotation keys have underscores (`eu_ai_act`). */
export function frameworkKey(name: string): string {
  return name.trim().toLowerCase().replaceAll('_', '-');
}

/** Splits a manifest's `eu-ai-act@2026-07-27` (the edition may be absent). */
export function parseEdition(text: string): { readonly framework: string; readonly edition?: string } {
  const [framework = '', edition] = text.split('@', 2);
  return edition
    ? { framework: frameworkKey(framework), edition: edition.trim() }
    : { framework: frameworkKey(framework) };
}
