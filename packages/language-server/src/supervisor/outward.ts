import type { Message, RegistrationParams, RequestMessage, ResponseMessage } from 'vscode-languageserver';

/** What a worker has set up at the client, so that it can be taken back when the worker is gone. */
export interface Outward {
  /** A message of the worker on its way out; ids of requests are made the worker's own. */
  out(message: Message): Message;
  /** An answer of the client: for this worker, with the worker's id; null where it was for an earlier one. */
  answer(message: ResponseMessage): ResponseMessage | null;
  /** The worker is gone: what is to be sent so that nothing of it stays. */
  retract(): readonly Message[];
}

interface Published {
  readonly uri: string;
  readonly diagnostics: readonly unknown[];
}

export function createOutward(generation: number): Outward {
  const ids = new Map<string, RequestMessage['id']>();
  const registrations = new Map<string, string>();
  const withFindings = new Set<string>();

  function note({ method, params }: { readonly method: string; readonly params?: unknown }): void {
    if (method === 'client/registerCapability') {
      for (const { id, method: what } of (params as RegistrationParams).registrations)
        registrations.set(id, what);
    } else if (method === 'client/unregisterCapability') {
      const { unregisterations } = params as {
        readonly unregisterations: readonly { readonly id: string }[];
      };
      for (const { id } of unregisterations) registrations.delete(id);
    } else if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as Published;
      if (diagnostics.length > 0) withFindings.add(uri);
      else withFindings.delete(uri);
    }
  }

  return {
    out(message) {
      const request = message as Partial<RequestMessage> & Message;
      if (request.method === undefined) return message;
      note({ method: request.method, params: request.params });
      if (request.id === undefined) return message;
      const id = `${generation}:${request.id}`;
      ids.set(id, request.id);
      return { ...request, id } as Message;
    },
    answer(message) {
      const id = ids.get(String(message.id));
      if (id === undefined) return null;
      ids.delete(String(message.id));
      return { ...message, id };
    },
    retract: () => [
      ...(registrations.size > 0
        ? [
            {
              jsonrpc: '2.0',
              id: `${generation}:retract`,
              method: 'client/unregisterCapability',
              params: { unregisterations: [...registrations].map(([id, method]) => ({ id, method })) },
            },
          ]
        : []),
      ...[...withFindings].map((uri) => ({
        jsonrpc: '2.0',
        method: 'textDocument/publishDiagnostics',
        params: { uri, diagnostics: [] },
      })),
    ],
  };
}
