import { tokenize } from '../language/syntax/lexer.ts';
import { readRule } from '../language/syntax/rule.ts';
import { cutStatements, type Statement } from '../language/syntax/statements.ts';
import type { BrokenFile, ToolchainFile } from '../toolchain/protocol.ts';

/** Cuts a file that does not parse into statements, so that each can be parsed by itself. */
export function cutFile({ path, text, version }: ToolchainFile): BrokenFile {
  const statements = cutStatements(tokenize(text), text);
  let at = 0;
  const chunks = statements.map((statement, index) => {
    const next = statements[index + 1];
    const end = next ? Math.max(statement.range.end, next.comments.start) : text.length;
    const chunk = {
      text: text.slice(at, end),
      header: statement.kind !== 'rule',
      stub: stubOf(statement, text),
    };
    at = end;
    return chunk;
  });
  if (chunks.length === 0) chunks.push({ text, header: false, stub: '' });
  return { path, version, chunks };
}

/** A rule of the same name whose value may be anything; '' where the name is not known. */
function stubOf(statement: Statement, text: string): string {
  if (statement.kind !== 'rule') return '';
  const { head } = readRule(statement);
  if (!head.reference || head.default) return '';
  const steps = head.reference.steps.filter(({ name }) => name !== null && name !== '');
  // `deny[msg] {` of v0 adds to a set.
  const set = head.contains || (head.reference.steps.length > 0 && steps.length === 0 && !head.arguments);
  const name = [head.reference.head.text, ...steps.map(({ range }) => text.slice(range.start, range.end))];
  const spelt = name
    .map((part, index) => (index === 0 ? part : /^["`]/.test(part) ? `[${part}]` : `.${part}`))
    .join('');
  const args = head.arguments ? `(${head.arguments.map(() => '_').join(', ')})` : '';
  return set ? `${spelt} contains input` : `${spelt}${args} := input`;
}
