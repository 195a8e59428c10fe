/** True for ids of policies that some pattern means, whole or by the name after `#`; `*` stands for anything. */
export function wildcards(patterns: readonly string[]): (id: string) => boolean {
  const matchers = patterns.map((pattern) => {
    const parts = pattern.split('*');
    return (text: string) => matches(parts, text);
  });
  return (id) => {
    const name = id.slice(id.indexOf('#') + 1);
    return matchers.some((one) => one(id) || one(name));
  };
}

/** Takes the leftmost place for each part: linear, whatever the pattern. */
function matches(parts: readonly string[], text: string): boolean {
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
