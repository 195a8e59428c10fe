/** What is looked at of a text at most. */
const LONGEST = 20_000;

const SMALL = new Set(['a', 'an', 'and', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to', 'with']);

/** The words of a text in lower case; `postMarket` and `post_market` are two. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .slice(0, LONGEST)
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z\d]+/g) ?? []
  );
}

/** How much two titles have in common, 0 to 1, by their words without endings (Dice's coefficient). */
export function similarity(a: string, b: string): number {
  const left = stems(a);
  const right = stems(b);
  if (left.size === 0 || right.size === 0) return 0;
  const common = [...left].filter((stem) => right.has(stem)).length;
  return (2 * common) / (left.size + right.size);
}

function stems(text: string): ReadonlySet<string> {
  return new Set(
    wordsOf(text)
      .filter((word) => !SMALL.has(word))
      .map((word) => word.slice(0, 5)),
  );
}

/**
 * Whether the words of a text hold one of the keywords. A keyword of more than five letters may be the beginning of
 * a word (`penalt`), a shorter one is a whole word (`log`, `logs`, `logged`, not `login`).
 */
export function holdsKeyword(words: readonly string[], keywords: readonly string[]): boolean {
  const text = ` ${words.join(' ')} `;
  return keywords.some((keyword) => {
    const plain = wordsOf(keyword).join(' ');
    if (plain.length > 5) return text.includes(` ${plain}`);
    return ['', 's', 'ed', 'ing', `${plain.at(-1)}ed`, `${plain.at(-1)}ing`].some((ending) =>
      text.includes(` ${plain}${ending} `),
    );
  });
}
