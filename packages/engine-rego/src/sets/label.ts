/** One id of a list of controls, with what the author wrote beside it ('' where nothing). */
export interface LabelledId {
  readonly id: string;
  readonly label: string;
}

const QUOTED = /^([^"]*?)\s*"([^"]*)"$/;
/** One word with a digit, with up to two words before it (`GOVERN 1.2`), or an annex; then what is in brackets. */
const COMPLETE =
  /^(?:Annex\s+[IVXLC]+(?![\w.])|(?:[A-Za-z]+\.?\s+){0,2}[\w.:-]*\d[\w.-]*)(?:\([0-9A-Za-z]{1,6}\)){0,4}(?:\/\d{1,3})?(?=:?(?:\s|$))/;

const MAX_ENTRY = 500;

/**
 * Reads `14(1), 14(4)(d)`, `ASI05 Unexpected Code Execution` or `ASI05 "Unexpected Code Execution"`: a label is
 * quoted, or begins after a complete id. A part between commas that holds no digit goes on with the label before it.
 */
export function readIds(text: string): LabelledId[] {
  const found: LabelledId[] = [];
  for (const [match] of text.slice(0, MAX_ENTRY).matchAll(/(?:"[^"]*"|[^,"]|")+/g)) {
    const part = match.trim();
    if (part === '') continue;
    const before = found.at(-1);
    if (before && before.label !== '' && !/\d/.test(part)) {
      found[found.length - 1] = { ...before, label: `${before.label}, ${part}` };
    } else found.push(readOne(part));
  }
  return found;
}

function readOne(part: string): LabelledId {
  const quoted = QUOTED.exec(part);
  if (quoted?.[1]) return { id: quoted[1], label: quoted[2]!.trim() };
  const id = COMPLETE.exec(part)?.[0];
  if (id === undefined) return { id: part, label: '' };
  const label = part.slice(id.length).trim();
  // `14 (4)(d)` is an id in another spelling.
  if (/^[([]/.test(label)) return { id: part, label: '' };
  return { id, label: label.replace(/^[-–—:]\s*/, '') };
}
