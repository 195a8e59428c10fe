import type { SignatureHelp, SignatureHelpParams } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { markup } from '../convert/markup.ts';
import type { Target } from './answer.ts';

export async function signature(
  { root, path, document }: Target,
  { position }: SignatureHelpParams,
  { client }: ServerContext,
): Promise<SignatureHelp | null> {
  const found = await root.service.signature(path, document.offsetAt(position));
  return (
    found && {
      activeSignature: found.active,
      activeParameter: found.parameter,
      signatures: found.signatures.map(({ label, documentation, parameters }) => {
        const content = markup(documentation, client.markdownSignature);
        return {
          label,
          ...(content && { documentation: content }),
          parameters: parameters.map(({ start, end }) => ({ label: [start, end] })),
        };
      }),
    }
  );
}
