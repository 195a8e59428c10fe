/** Standard input and output as the transport of a protocol. */
export interface Stdio {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Ends this process. */
  exit(code: number): never;
}

export function standardStreams(): Stdio {
  return { input: process.stdin, output: process.stdout, exit: (code) => process.exit(code) };
}
