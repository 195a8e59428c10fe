/** A page of documentation as a script: commands to run, files to write, output to expect. */

export type Step =
  | { readonly kind: 'command'; readonly line: string; readonly exits: number }
  /** `append`: put behind what the file holds. */
  | { readonly kind: 'file'; readonly path: string; readonly text: string; readonly append: boolean }
  /** Lines that the last command printed, in this order; a line may be a part of what was printed. */
  | { readonly kind: 'output'; readonly lines: readonly string[] };

/**
 * Reads the fenced blocks: `sh` holds commands, a line each, with `# exits N` behind those that do not exit with 0;
 * `text` is output; any other language followed by a path is that file, with `>>` before the path what is added to it.
 */
export function stepsOf(page: string): Step[] {
  return [...page.matchAll(/^```(\w+)(?: (>>)?(\S+))?\n([\s\S]*?)^```$/gm)].flatMap((block): Step[] => {
    const [, language, append, path, text] = block;
    if (language === 'sh') return text!.split('\n').filter(Boolean).map(commandOf);
    if (language === 'text') return [{ kind: 'output', lines: text!.split('\n').filter(Boolean) }];
    return path === undefined ? [] : [{ kind: 'file', path, text: text!, append: append !== undefined }];
  });
}

function commandOf(line: string): Step {
  const exits = Number(/# exits (\d)$/.exec(line)?.[1] ?? 0);
  return { kind: 'command', line, exits };
}
