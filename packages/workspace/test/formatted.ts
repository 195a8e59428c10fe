/** As the formatter of this repository writes it: short lists of words on one line. */
export function formatted(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  const joined = text.replace(/^(.*)\[\n((?:\s+"[^"]*",?\n)+)\s*\](,?)$/gm, (whole, before, items, comma) => {
    const line = `${before}[${items.trim().replace(/\n\s*/g, ' ')}]${comma}`;
    return line.length <= 110 ? line : whole;
  });
  return `${joined}\n`;
}
