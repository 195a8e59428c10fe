import { oneLine } from '../payload/event.ts';

const LONGEST_REASON = 300;

/** A sink's own words, fit to be kept and printed: on one line, bounded, and with names where it repeats a secret. */
export function hideSecrets(message: string, secrets: ReadonlyMap<string, string>): string {
  let text = message.replace(/\b(basic|bearer)\s+[\w+/=.~-]+/gi, '$1 <hidden>');
  for (const [name, value] of [...secrets].sort((a, b) => b[1].length - a[1].length))
    for (const form of formsOf(value)) text = text.replaceAll(form, `<${name}>`);
  return oneLine(text, LONGEST_REASON);
}

/** A secret as it is, in an address, in JSON, and in a header of basic authentication. */
function formsOf(value: string): string[] {
  if (value === '') return [];
  const bytes = String.fromCharCode(...new TextEncoder().encode(value));
  const encoded = btoa(bytes).replace(/=+$/, '');
  return [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), encoded];
}
