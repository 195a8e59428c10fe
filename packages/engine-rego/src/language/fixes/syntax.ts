import type { CodeFix, Diagnostic, TextEdit } from '@benchbook/model';
import type { Context } from '../context.ts';
import { type RegoFile, type RuleLine, ruleAt } from '../index/file.ts';
import { quickFix } from './quick.ts';

/** Rules in the syntax of Rego v0 where v1 is read, and the other way round. */
export function syntaxFixes(context: Context, file: RegoFile, diagnostic: Diagnostic): CodeFix[] {
  if (diagnostic.code !== 'rego-parse-error' || !diagnostic.range) return [];
  const line = ruleAt(file, diagnostic.range.start);
  if (!line) return [];
  const modern = file.imports.some(({ path }) => path.map(({ name }) => name).join('.') === 'rego.v1');
  if (context.version(file.path) === 0 && !modern) {
    const uses = line.statement.tokens.some(({ text }) => /^(?:if|contains|in|every)$/.test(text));
    const last = file.package.at(-1);
    if (!uses || !last) return [];
    const at = { start: last.range.end, end: last.range.end };
    const edit = { range: at, newText: '\n\nimport rego.v1' };
    return [quickFix('Add `import rego.v1`', file.path, [edit], diagnostic, true)];
  }
  const edits = modernized(file, line);
  if (edits.length === 0) return [];
  const all = file.rules.flatMap((one) => modernized(file, one));
  const out = [quickFix('Write the rule in Rego v1', file.path, edits, diagnostic, true)];
  if (all.length > edits.length)
    out.push(quickFix('Write all rules of the file in Rego v1', file.path, all, diagnostic));
  return out;
}

/** `deny[msg] {` as `deny contains msg if {`, and `allow {` as `allow if {`. */
function modernized(file: RegoFile, { statement, rule }: RuleLine): TextEdit[] {
  const { tokens, pairs } = statement;
  const head = rule.head.reference;
  if (!head || rule.head.default || rule.head.contains) return [];
  const edits: TextEdit[] = [];
  let at = head.to;
  if (rule.head.arguments) at = (pairs.get(at) ?? tokens.length) + 1;
  const valued = tokens[at]?.text === '=' || tokens[at]?.text === ':=';
  const body = tokens.findIndex(
    ({ text }, index) => index >= at && (text === '{' || text === 'if') && bodyAt(index),
  );
  const last = head.steps.at(-1);
  const isSet = !rule.head.arguments && !valued && head.steps.length === 1 && last && !last.dotted;
  if (isSet && tokens[head.from + 1]) {
    const open = tokens[head.from + 1]!;
    const close = tokens[head.to - 1]!;
    const member = file.text.slice(open.end, close.start).trim();
    if (open.text === '[' && close.text === ']') {
      edits.push({ range: { start: open.start, end: close.end }, newText: ` contains ${member}` });
    }
  }
  if (body >= 0 && tokens[body]!.text === '{') {
    edits.push({ range: { start: tokens[body]!.start, end: tokens[body]!.start }, newText: 'if ' });
  }
  return edits;

  /** The brace of a body: right behind the head or its value. */
  function bodyAt(index: number): boolean {
    const before = tokens[index - 1];
    return (
      index === at ||
      (valued && before !== undefined && index > at + 1 && !/^(?::=|=|[-+*/%&|,([{]|in)$/.test(before.text))
    );
  }
}
