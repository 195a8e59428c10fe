import type { SignatureHelp, TextRange } from '@benchbook/model';
import { BUILTINS, type Builtin, signatureText } from './builtins.ts';
import { pathText } from './knowledge/catalog.ts';
import { placeAt } from './place.ts';
import type { LanguageWorkspace } from './workspace.ts';

/** The function or method whose arguments hold the place. */
export function signature(workspace: LanguageWorkspace, path: string, offset: number): SignatureHelp | null {
  const place = placeAt(workspace, path, offset);
  if (!place) return null;
  for (const expr of place.around.toReversed()) {
    if (expr.kind !== 'call' && expr.kind !== 'method') continue;
    const { open, close, commas } = expr.args;
    if (place.offset <= open || (close !== null && place.offset > close)) continue;
    const name = expr.kind === 'call' ? pathText(expr.callee) : expr.name.text;
    const builtin = BUILTINS.find((one) => one.name === name && (one.on === null) === (expr.kind === 'call'));
    if (!builtin) continue;
    const parameter = commas.filter((comma) => comma < place.offset).length;
    return {
      signatures: [
        { label: signatureText(builtin), documentation: builtin.doc, parameters: parameterRanges(builtin) },
      ],
      active: 0,
      parameter,
    };
  }
  return null;
}

function parameterRanges(builtin: Builtin): TextRange[] {
  const label = signatureText(builtin);
  let at = label.indexOf('(') + 1;
  return builtin.parameters.map(([name, type]) => {
    const range = { start: at, end: at + name.length + 2 + type.length };
    at = range.end + 2;
    return range;
  });
}
