/** Control characters, and those that turn the direction of text, as their numbers; line ends and tabs stay. */
export function visible(text) {
  return text.replace(/(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
