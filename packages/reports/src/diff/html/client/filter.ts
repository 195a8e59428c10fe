import type { FlipData, FlipsData } from '../data.ts';

/** What a reader asks for. Empty or null: everything. */
export interface Filter {
  readonly kinds: ReadonlySet<number>;
  readonly policy: number | null;
  readonly tool: number | null;
  readonly mark: string;
  /** Words in small letters, all of which a flip must hold. */
  readonly words: readonly string[];
}

/** The flips that pass, and how many pass each choice if the others stay as they are. */
export interface Answer {
  readonly flips: readonly number[];
  readonly kinds: readonly number[];
  readonly policies: readonly number[];
  readonly tools: readonly number[];
}

const marks: ReadonlyMap<string, (flip: FlipData) => boolean> = new Map([
  ['unapproved', (flip) => flip[7] === -1],
  ['approved', (flip) => flip[7] !== -1],
  ['first', (flip) => flip[8] === 0],
]);

/** Filters the flips of one page; texts to search in are made once. */
export function createFilter(data: FlipsData): (filter: Filter) => Answer {
  let haystacks: readonly string[] | undefined;
  return (filter) => {
    if (filter.words.length > 0) haystacks ??= data.flips.map((flip) => haystack(data, flip));
    const kinds = data.kinds.map(() => 0);
    const policies = data.policies.map(() => 0);
    const tools = data.tools.map(() => 0);
    const flips: number[] = [];
    const mark = marks.get(filter.mark);
    data.flips.forEach((flip, index) => {
      if (mark !== undefined && !mark(flip)) return;
      if (!filter.words.every((word) => haystacks![index]!.includes(word))) return;
      const [, , tool, kind, , , , , , , , because] = flip;
      const hasKind = filter.kinds.has(kind);
      const hasTool = filter.tool === null || filter.tool === tool;
      const hasPolicy = filter.policy === null || because.includes(filter.policy);
      if (hasTool && hasPolicy) kinds[kind]!++;
      if (hasKind && hasPolicy) tools[tool]!++;
      if (hasKind && hasTool) for (const policy of because) policies[policy]!++;
      if (hasKind && hasTool && hasPolicy) flips.push(index);
    });
    return { flips, kinds, policies, tools };
  };
}

/** Everything of a flip that a reader may type, in small letters. */
function haystack(data: FlipsData, flip: FlipData): string {
  const [call, session, tool, , agent, user, condition, approved, , file, line, ...lists] = flip;
  const [because, baseDetermining, headDetermining, ...said] = lists;
  const policies = [...because, ...baseDetermining, ...headDetermining];
  const texts = [agent, user, condition, approved, ...said.flat()];
  return [
    call,
    data.sessions[session],
    data.tools[tool],
    `${data.files[file]}:${line}`,
    ...policies.map((policy) => data.policies[policy]![0]),
    ...texts.map((text) => data.texts[text] ?? ''),
  ]
    .join('\n')
    .toLowerCase();
}
