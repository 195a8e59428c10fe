/**
 * One instance of cedar-wasm, reached by JSON text in both directions. The package's own glue turns values into
 * text with `JSON.stringify`, which cannot write integers beyond 2^53, and keeps one instance for ever, even
 * after a stack overflow has spoiled it. Hence these imports of our own, for exactly the pinned version.
 */

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly __wbindgen_externrefs: WebAssembly.Table;
  readonly __wbindgen_malloc: (size: number, align: number) => number;
  readonly __wbindgen_realloc: (pointer: number, oldSize: number, newSize: number, align: number) => number;
  readonly __wbindgen_start: () => void;
  readonly [name: string]: unknown;
}

/** Functions that take one value. */
export type ValueFunction =
  | 'policyToJson'
  | 'templateToJson'
  | 'validate'
  | 'checkParseSchema'
  | 'checkParseEntities'
  | 'checkParseContext'
  | 'checkParsePolicySet'
  | 'schemaToText'
  | 'formatPolicies'
  | 'statefulIsAuthorized';

/** Functions that take one text. */
export type TextFunction = 'policySetTextToParts' | 'schemaToJsonWithResolvedTypes';

/** Calls answer with JSON text. Any of them may throw; the instance is spoiled then and must not be used again. */
export interface CedarInstance {
  callValue(name: ValueFunction, json: string): string;
  callText(name: TextFunction, text: string): string;
  preparse(name: 'preparsePolicySet' | 'preparseSchema', id: string, json: string): string;
  /** Bytes of linear memory; it only grows. */
  memorySize(): number;
}

const IMPORT_MODULE = './cedar_wasm_bg.js';
/** Texts up to this length are copied byte by byte while they are ASCII: faster than an encoder call. */
const SHORT_TEXT = 2048;

/** Throws where `module` does not import what cedar-wasm 4.13.0 does. */
export function instantiate(module: WebAssembly.Module): CedarInstance {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
  let bytes = new Uint8Array();

  function memory(): Uint8Array {
    if (bytes.buffer !== wasm.memory.buffer) bytes = new Uint8Array(wasm.memory.buffer);
    return bytes;
  }

  function read(pointer: number, length: number): string {
    const start = pointer >>> 0;
    return decoder.decode(memory().subarray(start, start + (length >>> 0)));
  }

  /** Copies a text into linear memory; the callee frees it, so the allocation has exactly its size. */
  function pass(text: string): { pointer: number; length: number } {
    const length = text.length;
    if (length <= SHORT_TEXT) {
      const pointer = wasm.__wbindgen_malloc(length, 1) >>> 0;
      const target = memory();
      let at = 0;
      for (; at < length; at++) {
        const code = text.charCodeAt(at);
        if (code > 0x7f) break;
        target[pointer + at] = code;
      }
      if (at === length) return { pointer, length };
      const rest = encoder.encode(text.slice(at));
      const grown = wasm.__wbindgen_realloc(pointer, length, at + rest.length, 1) >>> 0;
      memory().set(rest, grown + at);
      return { pointer: grown, length: at + rest.length };
    }
    const encoded = encoder.encode(text);
    const pointer = wasm.__wbindgen_malloc(encoded.length, 1) >>> 0;
    memory().set(encoded, pointer);
    return { pointer, length: encoded.length };
  }

  const implementations: readonly (readonly [prefix: string, implementation: unknown])[] = [
    // `JSON.parse` and `JSON.stringify` of the original glue: text passes through as it is.
    ['__wbg_parse_', read],
    ['__wbg_stringify_', (json: string) => json],
    [
      '__wbg___wbindgen_throw_',
      (pointer: number, length: number) => {
        throw new Error(read(pointer, length));
      },
    ],
    [
      '__wbg___wbindgen_string_get_',
      (result: number, text: string) => {
        const passed = pass(text);
        const view = new DataView(wasm.memory.buffer);
        view.setInt32(result, passed.pointer, true);
        view.setInt32(result + 4, passed.length, true);
      },
    ],
    ['__wbg___wbindgen_is_undefined_', (value: unknown) => value === undefined],
    [
      '__wbindgen_init_externref_table',
      () => {
        const table = wasm.__wbindgen_externrefs;
        const offset = table.grow(4);
        table.set(0, undefined);
        [undefined, null, true, false].forEach((value, index) => {
          table.set(offset + index, value);
        });
      },
    ],
  ];
  const functions: WebAssembly.ModuleImports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const found = implementations.find(([prefix]) => name.startsWith(prefix));
    if (from !== IMPORT_MODULE || !found) throw new Error(`unexpected import ${from} ${name}`);
    functions[name] = found[1] as WebAssembly.ImportValue;
  }
  const instance = new WebAssembly.Instance(module, { [IMPORT_MODULE]: functions });
  const wasm = instance.exports as unknown as Exports;
  wasm.__wbindgen_start();

  return {
    callValue: (name, json) => (wasm[name] as (value: string) => string)(json),
    callText(name, text) {
      const { pointer, length } = pass(text);
      return (wasm[name] as (pointer: number, length: number) => string)(pointer, length);
    },
    preparse(name, id, json) {
      const { pointer, length } = pass(id);
      return (wasm[name] as (pointer: number, length: number, value: string) => string)(
        pointer,
        length,
        json,
      );
    },
    memorySize: () => wasm.memory.buffer.byteLength,
  };
}
