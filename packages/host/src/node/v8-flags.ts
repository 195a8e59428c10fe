import v8 from 'node:v8';

/**
 * Puts V8 flags in force, for this thread and for every worker started afterwards. Call it first of all, before
 * anything loads a WebAssembly module.
 *
 * Found on Node 20.20: `new Worker(..., { execArgv })` refuses every V8 flag (ERR_WORKER_INVALID_EXEC_ARGV), since V8
 * has one set of flags per process. But `v8.setFlagsFromString` on the main thread reaches workers that start after
 * it, and `node --flag` reaches all. So a program sets its flags in its own entry and needs no second process.
 */
export function setV8Flags(flags: readonly string[]): void {
  for (const flag of flags) v8.setFlagsFromString(flag);
}

/**
 * Keeps V8 from inlining calls from JavaScript into WebAssembly: optimised code that did was seen to abort the process
 * inside cedar-wasm 4.13.0, in a way that nothing can catch, on Node 20 and 22. The abort is rare (none in 3 million
 * calls on 20.20.2), the flag costs nothing that could be measured (31 us a call with and without it).
 */
export const WASM_FLAGS: readonly string[] = ['--no-turbo-inline-js-wasm-calls'];
