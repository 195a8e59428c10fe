/** The text that a snippet gives when all its places are left as they are; of a choice the first. */
export function expandSnippet(body: string): string {
  const values = new Map<string, string>();
  let at = 0;
  return read('');

  function read(end: string): string {
    let text = '';
    while (at < body.length && body[at] !== end) {
      if (body[at] === '\\') {
        text += body[at + 1] ?? '';
        at += 2;
        continue;
      }
      const place = /^\$(?:(\d+)|\{(\d+)(?:\|([^|]*)\||(:))?)/.exec(body.slice(at));
      if (place === null) {
        text += body[at++];
        continue;
      }
      at += place[0].length;
      const [, plain, number = plain!, choices, colon] = place;
      if (choices !== undefined) values.set(number, choices.split(',')[0]!);
      if (colon !== undefined) values.set(number, read('}'));
      if (plain === undefined) {
        if (body[at] !== '}') throw new Error(`\${${number} is not closed`);
        at++;
      }
      text += values.get(number) ?? '';
    }
    return text;
  }
}
