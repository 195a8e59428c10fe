import { visible } from './visible.ts';

/** Characters that XML 1.0 cannot hold, even as references: written out instead. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text for an attribute or an element. */
export function xmlText(text: string): string {
  return text
    .replace(forbidden, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;');
}

/** Attributes in the given order, each value visible on one line; undefined ones are left out. */
export function xmlAttributes(attributes: { readonly [name: string]: string | number | undefined }): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${xmlText(visible(String(value)))}"`)
    .join('');
}

/** Text of an element with its line ends; what would hide or reorder text is written out. */
export function xmlLines(text: string): string {
  return xmlText(text.split('\n').map(visible).join('\n'));
}

/** An element within others, two spaces deeper than where it stands. No lines inside: an empty element. */
export function xmlElement(
  name: string,
  attributes: { readonly [name: string]: string | number | undefined },
  inside: readonly string[] = [],
): string[] {
  const start = `<${name}${xmlAttributes(attributes)}`;
  return inside.length === 0
    ? [`${start}/>`]
    : [`${start}>`, ...inside.map((line) => `  ${line}`), `</${name}>`];
}
