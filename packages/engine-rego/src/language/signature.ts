import type { SignatureHelp } from '@benchbook/model';
import type { Context } from './context.ts';
import { type RegoFile, ruleAt } from './index/file.ts';
import { absoluteOf, meaningOf, ruleOf } from './index/resolve.ts';
import type { RuleGroup } from './index/workspace.ts';
import { builtinDocs, signatureOf } from './knowledge/builtins.ts';
import { ruleDocs } from './knowledge/docs.ts';
import type { Reference } from './syntax/rule.ts';

type Signature = SignatureHelp['signatures'][number];

/** The call around an offset, and which argument the offset is in. */
export function signature(context: Context, file: RegoFile, offset: number): SignatureHelp | null {
  const line = ruleAt(file, offset);
  if (!line) return null;
  const { tokens, pairs } = line.statement;
  let best: { reference: Reference; open: number } | undefined;
  for (const reference of line.rule.references) {
    if (!reference.call) continue;
    const open = reference.to;
    const close = pairs.get(open);
    if (tokens[open]!.end > offset || (close !== undefined && tokens[close]!.start < offset)) continue;
    if (close === undefined && between(reference, offset)) continue;
    if (!best || open > best.open) best = { reference, open };
  }
  if (!best) return null;
  const signatures = signaturesOf(context, file, best.reference);
  if (signatures.length === 0) return null;
  let parameter = 0;
  for (let at = best.open + 1; at < tokens.length && tokens[at]!.start < offset; at++) {
    const close = pairs.get(at);
    if (close !== undefined && close > at) {
      if (tokens[close]!.end > offset) continue;
      at = close;
    } else if (tokens[at]!.text === ',') parameter++;
  }
  const most = Math.max(0, signatures[0]!.parameters.length - 1);
  return { signatures, active: 0, parameter: Math.min(parameter, most) };

  /** A call that is not closed ends with its line. */
  function between(reference: Reference, to: number): boolean {
    return /[\r\n]/.test(file.text.slice(reference.range.end, to).trimEnd());
  }
}

function signaturesOf(context: Context, file: RegoFile, reference: Reference): Signature[] {
  const meaning = meaningOf(context.workspace, file, reference, context.builtins);
  if (meaning.kind === 'builtin') {
    const builtin = context.builtins.get(meaning.name)!;
    return [{ ...signatureOf(builtin), documentation: builtinDocs(builtin) }];
  }
  const absolute = absoluteOf(context.workspace, file, reference, context.builtins);
  const rule = absolute?.root === 'data' ? ruleOf(context.workspace, absolute.path) : undefined;
  return rule ? ownSignatures(rule.group) : [];
}

/** One signature for each way that the arguments are written. */
export function ownSignatures(group: RuleGroup): Signature[] {
  const byLabel = new Map<string, Signature>();
  for (const { file, line } of group.lines) {
    const { head } = line.rule;
    if (!head.arguments) continue;
    let label = `${group.name}(`;
    const parameters = head.arguments.map(({ start, end }, index) => {
      if (index > 0) label += ', ';
      const from = label.length;
      label += file.text.slice(start, end).replaceAll(/\s+/g, ' ');
      return { start: from, end: label.length };
    });
    label += ')';
    if (!byLabel.has(label)) byLabel.set(label, { label, parameters, documentation: ruleDocs(group) });
  }
  return [...byLabel.values()].slice(0, 10);
}
