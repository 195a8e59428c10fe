/** Text as a snippet that inserts just it. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A snippet as plain text: placeholders by what stands in them, tab stops by nothing. */
export function plainSnippet(snippet: string): string {
  let plain = '';
  for (let at = 0; at < snippet.length; at++) {
    const char = snippet[at]!;
    if (char === '\\' && at + 1 < snippet.length) plain += snippet[++at];
    else if (char === '$') {
      const stop = /^\$(?:\d+|\{\d+\})/.exec(snippet.slice(at, at + 24));
      const open = /^\$\{\d+:/.exec(snippet.slice(at, at + 24));
      if (stop) at += stop[0].length - 1;
      else if (open) at += open[0].length - 1;
      else plain += char;
    } else if (char !== '}') plain += char;
  }
  return plain;
}
