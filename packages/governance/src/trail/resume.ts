import { type ChainEnd, checkChain } from './chain.ts';
import { type HeadStatement, headDigest, readHead } from './head.ts';
import { type Line, splitLines } from './lines.ts';
import type { AppendFile } from './port.ts';
import { collectProblems } from './problems.ts';
import { MAX_LINE, readLine } from './record.ts';

/** Bytes from the end of a trail that are checked before it is continued. */
const WINDOW = 4 * MAX_LINE;

/** Where a trail is taken up. */
export interface Resumed {
  readonly end: ChainEnd;
  readonly trail: string;
  /** The last signed head and its line; null: none. */
  readonly head: { readonly statement: HeadStatement; readonly digest: string } | null;
}

/**
 * Reads the end of a trail that has records, and checks it: the chain over the last records, and that the last
 * signed head is in it. An error is a sentence about the trail. The whole of it is what `audit verify` checks.
 */
export async function resumeTrail(
  trail: AppendFile,
  heads: AppendFile | null,
): Promise<Resumed | { readonly error: string }> {
  const name = await trailName(trail);
  if (name === undefined) return { error: 'its first record does not open a trail' };
  const head = heads && heads.size > 0 ? await lastHead(heads) : null;
  if (head && 'error' in head) return head;
  const lines = await lastLines(trail);
  const first = lines[0]?.text == null ? undefined : readLine(lines[0].text);
  if (first?.kind !== 'record') return { error: 'its last records cannot be read' };
  const problems = collectProblems();
  const before = { seq: first.record.seq - 1, hash: first.record.prev };
  const chain = checkChain(problems, before);
  let end = before;
  let signed: string | undefined;
  for (const line of lines) {
    const record = chain.next(line);
    if (record === null) continue;
    end = { seq: record.seq, hash: record.hash };
    if (record.seq === head?.statement.seq) signed = record.hash;
  }
  chain.end();
  const problem = problems.list()[0];
  if (problem) return { error: problem.message };
  if (head) {
    const { statement } = head;
    if (statement.trail !== name) return { error: 'its signed heads belong to another trail' };
    if (statement.seq > end.seq)
      return {
        error: `it ends with record ${end.seq}, before its last signed head over record ${statement.seq}`,
      };
    if (statement.seq > before.seq && signed !== statement.hash)
      return { error: `record ${statement.seq} is not the one that its last head was signed over` };
  }
  return { end, trail: name, head };
}

async function trailName(trail: AppendFile): Promise<string | undefined> {
  const [line] = await linesOf(await trail.read(0, MAX_LINE));
  const read = line?.text == null ? undefined : readLine(line.text);
  if (read?.kind !== 'record' || !read.sound || read.record.seq !== 1) return undefined;
  const { entry } = read.record;
  return entry.kind === 'opened' ? entry.trail : undefined;
}

async function lastHead(heads: AppendFile): Promise<NonNullable<Resumed['head']> | { error: string }> {
  const line = (await lastLines(heads)).at(-1)?.text;
  const read = line == null ? undefined : readHead(line);
  if (line == null || read === undefined || 'error' in read)
    return { error: 'the last of its signed heads cannot be read' };
  return { statement: read.statement, digest: headDigest(line) };
}

/** The whole lines in the last bytes. */
async function lastLines(file: AppendFile): Promise<Line[]> {
  const start = Math.max(0, file.size - WINDOW);
  const lines = await linesOf(await file.read(start, file.size - start));
  return start === 0 ? lines : lines.slice(1);
}

async function linesOf(bytes: Uint8Array): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const some of splitLines(once(bytes))) lines.push(...some);
  return lines.filter(({ whole }) => whole);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
