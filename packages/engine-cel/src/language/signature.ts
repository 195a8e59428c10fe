import type { SignatureHelp } from '@benchbook/model';
import { type LooseCall, pathAt } from '../syntax/loose/node.ts';
import { functionDocs, signatureOf } from './docs/functions.ts';
import type { LanguageWorkspace } from './workspace.ts';

/** The ways to call the function whose arguments the cursor stands in. */
export function signature(workspace: LanguageWorkspace, path: string, offset: number): SignatureHelp | null {
  const found = workspace.document(path)?.siteAt(offset);
  if (!found) return null;
  const { site, at } = found;
  // Only what stands before the cursor tells how far the arguments are.
  const call = pathAt(site.tree.root, at).findLast(
    (node): node is LooseCall => node.kind === 'call' && node.open <= at && at <= node.close,
  );
  if (!call) return null;
  const { target, name, commas } = call;
  const spaced = target?.kind === 'name' ? functionDocs(`${target.name}.${name}`) : [];
  const docs = spaced.length > 0 ? spaced : functionDocs(target ? `.${name}` : name);
  if (docs.length === 0) return null;
  const parameter = commas.filter((comma) => comma < at).length;
  const wanted = Math.max(call.args.length, parameter + 1);
  const fitting = docs.findIndex(({ parameters }) => parameters.length >= wanted);
  const active = fitting < 0 ? docs.length - 1 : fitting;
  const count = docs[active]?.parameters.length ?? 0;
  return {
    signatures: docs.map((doc) => {
      const { label, parameters } = signatureOf(doc);
      return { label, documentation: doc.documentation, parameters };
    }),
    active,
    parameter: Math.max(0, Math.min(parameter, count - 1)),
  };
}
