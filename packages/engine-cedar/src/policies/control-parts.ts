/** One entry of a list of controls, as an annotation holds it. */
export interface ControlPart {
  /** With its edition, if it has one. */
  readonly id: string;
  /** Offset of `id` in the value. */
  readonly start: number;
  /** What stands behind the id; null where nothing does. */
  readonly label: string | null;
}

/** `14(1)`, `14(4)(d)`, `ASI02`, `2025:LLM06`, `GOVERN 1.1`, `A.6.2.4`, `AML.T0051`, `73(6)/1`. */
export const PROVISION = /^(?=.*\d)[A-Za-z0-9][\w .-]{0,40}(?:\([0-9A-Za-z]{1,6}\)){0,4}(?:\/\d{1,3})?$/;
export const EDITION = /^@?([\w.-]{1,40}):/;

/** Longest entry that is looked into, in UTF-16 units. */
const MAX_ENTRY = 500;

const QUOTED = /^([^"']*?)\s*(?:"([^"]*)"|'([^']*)')$/;
/** A complete id at the start: up to two words before the part that holds a digit, or an annex. */
const COMPLETE =
  /^(?:@?[\w.-]{1,40}:\s*)?(?:Annex\s+[IVXLC]+(?![\w.])|(?:[A-Za-z]+\.?\s+){0,2}[\w.-]*\d[\w.-]*)(?:\([0-9A-Za-z]{1,6}\)){0,4}(?:\/\d{1,3})?(?=\s|$)/;

/**
 * The comma-separated entries of a value. A label is quoted, or, where `isKnown` says that the framework's ids have
 * a known form, whatever follows a complete id.
 */
export function controlParts(value: string, isKnown: boolean): ControlPart[] {
  const parts: ControlPart[] = [];
  for (const { text, start } of entriesOf(value)) {
    const part = partOf(text, start, isKnown);
    const before = parts.at(-1);
    // `15(1) Accuracy, robustness and cybersecurity`: the comma is the label's own.
    if (isKnown && before?.label && !COMPLETE.test(text.slice(0, MAX_ENTRY))) {
      const end = start + text.length;
      const from = value.indexOf(before.label, before.start + before.id.length);
      parts[parts.length - 1] = { ...before, label: value.slice(from, end) };
    } else parts.push(part);
  }
  return parts;
}

function partOf(text: string, start: number, isKnown: boolean): ControlPart {
  if (text.length > MAX_ENTRY) return { id: text, start, label: null };
  const quoted = QUOTED.exec(text);
  if (quoted?.[1]) return { id: quoted[1], start, label: (quoted[2] ?? quoted[3] ?? '').trim() || null };
  const complete = isKnown ? COMPLETE.exec(text) : null;
  if (!complete) return { id: text, start, label: null };
  const [id] = complete;
  const rest = text.slice(id.length).trim();
  // `14 (4)(d)` is a misspelt id, not a label.
  if (/^[([][0-9A-Za-z]{1,6}[)\]]/.test(rest)) return { id: text, start, label: null };
  return { id, start, label: rest.replace(/^[-–—:]\s*/, '') || null };
}

/** Trimmed, empty ones dropped; commas inside quotes do not separate. */
function entriesOf(value: string): { text: string; start: number }[] {
  return [...value.matchAll(/(?:"[^"]*"|(?<=\s)'[^']*'(?=\s*(?:,|$))|[^,"]|")+/g)].flatMap((match) => {
    const text = match[0].trim();
    return text ? [{ text, start: match.index + match[0].indexOf(text) }] : [];
  });
}
