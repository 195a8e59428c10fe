import type { Completion, CompletionItem, TextRange } from '@benchbook/model';
import type { RegoFile } from '../index/file.ts';
import { keysAbove, type MetadataLine, readMetadata } from '../syntax/metadata.ts';

/** Keys of METADATA, with what stands after them in a snippet. */
const KEYS: readonly (readonly [key: string, after: string, docs: string])[] = [
  ['title', ` \${1:title}`, 'A name for people.'],
  ['description', ` \${1:description}`, 'What it is for.'],
  ['custom', '', 'Everything that OPA does not know itself; controls stand here.'],
  ['scope', ` \${1|rule,document,package,subpackages|}`, 'What the annotations are about.'],
  ['entrypoint', ' true', 'The rule or package is asked from outside: it becomes a set of its own.'],
  ['authors', `\n# - name: \${1:name}\n#   email: \${2:address}`, 'Who wrote it.'],
  ['organizations', `\n# - \${1:organization}`, 'Who it belongs to.'],
  [
    'related_resources',
    `\n# - ref: \${1:https://example.com}\n#   description: \${2:description}`,
    'Where more is said.',
  ],
  ['schemas', `\n# - input: schema.\${1:name}`, 'JSON Schemas that the checker is to use.'],
];
const SCOPES = ['rule', 'document', 'package', 'subpackages'];

/** What fits in a comment: METADATA, its keys and values, and references to controls. */
export function completeComment(file: RegoFile, offset: number): Completion {
  const run = commentRun(file, offset);
  if (!run) return { items: [] };
  const lineStart = file.text.lastIndexOf('\n', offset - 1) + 1;
  const typed = file.text.slice(lineStart, offset);
  const metadata = readMetadata(file.text, run);
  if (!metadata || offset <= metadata.range.start + 1 || metadata.lines.length === 0)
    return { items: opening(typed, offset) };
  const index = metadata.lines.findIndex(({ range }) => range.start <= offset && offset <= range.end);
  const line = metadata.lines[index];
  if (!line) return { items: opening(typed, offset) };
  return completeLine(file, metadata.lines, index, line, offset);
}

function opening(typed: string, offset: number): CompletionItem[] {
  const found = /^#(\s*)([A-Z]*)$/.exec(typed);
  if (!found) return [];
  const range = { start: offset - found[2]!.length, end: offset };
  const space = found[1] === '' ? ' ' : '';
  const body = `${space}METADATA\n# title: \${1:title}\n# custom:\n#   controls:\n#     \${2:eu-ai-act}: ["$3"]`;
  const common = {
    kind: 'annotation',
    detail: 'annotations of what follows',
    documentation: '',
    range,
  } as const;
  return [{ ...common, label: 'METADATA', newText: body, isSnippet: true }];
}

function completeLine(
  file: RegoFile,
  lines: readonly MetadataLine[],
  index: number,
  line: MetadataLine,
  offset: number,
): Completion {
  const start = Math.min(line.range.start + 1 + line.indent, offset);
  const before = file.text.slice(start, offset);
  const above = keysAbove(lines, index, before.trim() === '' ? offset - line.range.start - 1 : line.indent);
  const inControls = above[0] === 'custom' && above[1] === 'controls';
  const value = /^(?:- *)?(?:"?([\w@.-]+)"?\s*:)\s*(.*)$/s.exec(before);
  if (inControls) {
    const framework = above[2] ?? value?.[1];
    if (framework === undefined)
      return { items: [], control: { prefix: before.replace(/^["']/, ''), at: offset } };
    const text = above[2] !== undefined ? before : value![2]!;
    return { items: [], control: { prefix: `${framework}:${lastEntry(text)}`, at: offset } };
  }
  if (value?.[1] === 'scope') return { items: SCOPES.map((scope) => constant(scope, offset, value[2]!)) };
  if (value?.[1] === 'entrypoint') return { items: [constant('true', offset, value[2]!)] };
  if (value || !/^\w*$/.test(before)) return { items: [] };
  const range = { start, end: Math.max(offset, line.key === null ? line.keyRange.end : offset) };
  if (above.length === 1 && above[0] === 'custom') {
    const newText = `controls:\n#     \${1:eu-ai-act}: ["$2"]`;
    return { items: [annotation('controls', newText, 'The controls that the policy serves.', range)] };
  }
  if (above.length > 0) return { items: [] };
  const known = new Set(lines.filter((one) => one !== line).map(({ key }) => key));
  return {
    items: KEYS.filter(([key]) => !known.has(key)).map(([key, after, docs]) => {
      const body =
        key === 'custom' ? `custom:\n#   controls:\n#     \${1:eu-ai-act}: ["$2"]` : `${key}:${after}`;
      return annotation(key, body, docs, range);
    }),
  };
}

/** What is typed of the last id in `["14(1)", "14(`. */
function lastEntry(text: string): string {
  return /[^[\],"']*$/.exec(text.replace(/^\s*-\s*/, ''))![0].trimStart();
}

function constant(label: string, offset: number, typed: string): CompletionItem {
  const range = { start: offset - typed.length, end: offset };
  return { label, kind: 'constant', detail: '', documentation: '', range, newText: label };
}

function annotation(label: string, newText: string, documentation: string, range: TextRange): CompletionItem {
  return { label, kind: 'annotation', detail: 'METADATA', documentation, range, newText, isSnippet: true };
}

/** The comment lines around an offset. */
export function commentRun({ tokens, text }: RegoFile, offset: number): TextRange | undefined {
  const at = tokens.findIndex(
    ({ kind, start, end }) => kind === 'comment' && start < offset && offset <= end,
  );
  if (at < 0 || !tokens[at]!.first) return undefined;
  let from = at;
  let to = at;
  const joined = (a: number, b: number) => {
    const [above, below] = [tokens[a], tokens[b]];
    if (above?.kind !== 'comment' || below?.kind !== 'comment' || !above.first) return false;
    return /^(?:\r\n|\n|\r)[ \t]*$/.test(text.slice(above.end, below.start));
  };
  while (joined(from - 1, from)) from--;
  while (joined(to, to + 1)) to++;
  return { start: tokens[from]!.start, end: tokens[to]!.end };
}
