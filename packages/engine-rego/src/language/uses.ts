import { toPointer, type Use } from '@benchbook/model';
import type { Context } from './context.ts';
import { comparedStrings, inputRead, toolsOf } from './index/facts.ts';
import type { RegoFile, RuleLine } from './index/file.ts';
import { factPath, holdsToolName } from './knowledge/input.ts';
import { stringValue } from './syntax/lexer.ts';
import type { Reference } from './syntax/rule.ts';

/** Where a file names tools and reads facts of the call, by place. */
export function uses(context: Context, file: RegoFile): readonly Use[] {
  const out = file.rules.flatMap((line) => [
    ...toolUses(context, file, line),
    ...factUses(context, file, line),
  ]);
  return out.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

function toolUses(context: Context, file: RegoFile, line: RuleLine): Use[] {
  return comparedStrings(context, file, line).flatMap(({ token, value, read }): Use[] =>
    read.facts && holdsToolName(read.facts) && token.end - token.start > 2
      ? [{ kind: 'tool', range: { start: token.start, end: token.end }, name: value }]
      : [],
  );
}

function factUses(context: Context, file: RegoFile, line: RuleLine): Use[] {
  const alone = standingAlone(context, file, line);
  return line.rule.references.flatMap((reference): Use[] => {
    const got = objectGet(context, file, line, reference);
    if (got) return [got];
    // What `with` replaces need not be there.
    if (reference.target) return [];
    const read = inputRead(context, file, reference);
    const last = reference.steps.at(-1);
    if (!read?.facts || read.facts.length === 0 || reference.call) return [];
    if (last?.name === '' || (last === undefined && reference.head.text === 'input')) return [];
    // The place of a name that stands for something of the input is told where it is given.
    if (last === undefined) return [];
    const range = { start: last.range.start, end: last.range.end };
    const pointer = toPointer(read.facts.map((part) => part ?? '-'));
    const guarded = reference.negated || alone.has(pointer);
    return [{ kind: 'fact', range, pointer, tools: toolsOf(context, file, line, reference.scope), guarded }];
  });
}

/** Pointers of references that are an expression by themselves: they ask whether it is there. */
function standingAlone(context: Context, file: RegoFile, line: RuleLine): ReadonlySet<string> {
  const { tokens } = line.statement;
  const found = new Set<string>();
  for (const reference of line.rule.references) {
    const before = tokens[reference.from - 1];
    const after = tokens[reference.to];
    const begins = tokens[reference.from]!.first || /^(?:\{|;|if)$/.test(before?.text ?? '');
    const ends = after === undefined || after.first || after.text === ';' || after.text === '}';
    if (!begins || !ends || reference.call) continue;
    const read = inputRead(context, file, reference);
    if (read?.facts) found.add(toPointer(read.facts.map((part) => part ?? '-')));
  }
  return found;
}

/** `object.get(input.args, "x", 0)` and `object.get(input, ["args", "x"], 0)` read a member that may be absent. */
function objectGet(context: Context, file: RegoFile, line: RuleLine, reference: Reference): Use | undefined {
  const { tokens, pairs } = line.statement;
  if (!reference.call || reference.head.text !== 'object' || reference.steps[0]?.name !== 'get')
    return undefined;
  const object = line.rule.references.find(({ from }) => from === reference.to + 1);
  const read = object && !object.call && inputRead(context, file, object);
  if (!object || !read || tokens[object.to]?.text !== ',') return undefined;
  const at = object.to + 1;
  const close = tokens[at]?.text === '[' ? pairs.get(at) : at;
  if (close === undefined) return undefined;
  const keys = tokens.slice(at, close + 1).filter((token) => stringValue(token) !== undefined);
  const last = keys.at(-1);
  const facts = factPath([...read.path, ...keys.map((token) => stringValue(token)!)], context.mapping);
  if (!last || !facts) return undefined;
  const range = { start: last.start, end: last.end };
  const tools = toolsOf(context, file, line, reference.scope);
  return { kind: 'fact', range, pointer: toPointer(facts.map((part) => part ?? '-')), tools, guarded: true };
}
