/** The document in which an evaluation is shown. */
import type { EvaluateResult } from '@benchbook/protocol';

/** Markdown of a result; `what` was evaluated is text from a recording or a file name. */
export function resultText(what: string, result: EvaluateResult): string {
  const body = 'refused' in result ? `**Not evaluated.** ${escapeMarkdown(result.refused)}` : result.markdown;
  return `# ${escapeMarkdown(what)}\n\n${body}\n`;
}

/** Text as it stands, whatever is in it: one line, no markup, no HTML. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .slice(0, 500)
    .replace(/[\\`*_{}[\]()#+\-.!|<>~&:@/]/g, (mark) =>
      mark === '<' ? '&lt;' : mark === '&' ? '&amp;' : `\\${mark}`,
    );
}
