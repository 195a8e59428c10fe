import * as sdk from '@open-policy-agent/opa-wasm';
import { type Forward, Redo } from './forward.ts';

/** What the compiled policy exports; see OPA's Wasm ABI 1.x. Addresses are byte offsets into its memory. */
interface PolicyExports {
  opa_eval(
    reserved: 0,
    entry: number,
    data: number,
    input: number,
    length: number,
    heap: number,
    format: 0 | 1,
  ): number;
  opa_value_dump(value: number): number;
  opa_value_parse(text: number, length: number): number;
  opa_malloc(size: number): number;
  opa_heap_ptr_get(): number;
  opa_json_dump(value: number): number;
  builtins(): number;
}

/** One instance of a compiled policy. After it threw it must not be used again. */
export interface FastPolicy {
  /**
   * The value of an entrypoint as a Rego literal, undefined where it has none. Throws {@link Redo}, or whatever the
   * policy aborted with: a conflict, memory.
   */
  evaluate(entrypoint: string, input: string, time: string): string | undefined;
}

export interface FastLimits {
  /** 64 KB pages that the policy's memory may grow to. */
  readonly maxPages: number;
  /** Bytes of heap one evaluation may use; more than that is decided again under the step budget. */
  readonly maxHeap: number;
  /** Steps of one evaluation; beyond them it is decided again under the reference lane's budget. */
  readonly maxSteps: number;
  /** Steps that a forwarded builtin may take. */
  readonly budget: number;
}

const INITIAL_PAGES = 5;
/** Characters up to which a text is copied by hand. */
const SHORT = 80;
const RESULT_TERM = 'result';
/** See `toolchain/steps.go`. */
const STEP = 'benchbook_route.step';

// The SDK's types promise named exports, but its ES module gives them on the default export alone.
const { LoadedPolicy } = (sdk as unknown as { default: typeof sdk }).default;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Instantiates a compiled policy over base data (JSON text). Builtins go through `forward`, by their real names. */
export function instantiate(
  module: WebAssembly.Module,
  names: Readonly<Record<string, string>>,
  data: Uint8Array,
  forward: Forward,
  limits: FastLimits,
): FastPolicy {
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: limits.maxPages });
  let bytes = new Uint8Array(memory.buffer);
  let time = '';
  let steps = 0;
  let yes = 0;
  const builtins: string[] = [];

  function view(): Uint8Array {
    if (bytes.buffer !== memory.buffer) bytes = new Uint8Array(memory.buffer);
    return bytes;
  }

  function textAt(address: number): string {
    const from = view();
    let end = address;
    let isAscii = true;
    for (let byte = from[end]!; byte !== 0; byte = from[++end]!) if (byte > 127) isAscii = false;
    // For short texts a loop is several times as fast as the decoder.
    if (!isAscii || end - address > SHORT) return decoder.decode(from.subarray(address, end));
    let text = '';
    for (let at = address; at < end; at++) text += String.fromCharCode(from[at]!);
    return text;
  }

  /** Writes UTF-8 where the heap has room for it and gives the address and the length. */
  function write(text: string): [address: number, length: number] {
    if (text.length <= SHORT && /^[ -~]*$/.test(text)) {
      const at = exports.opa_malloc(text.length);
      const to = view();
      for (let i = 0; i < text.length; i++) to[at + i] = text.charCodeAt(i);
      return [at, text.length];
    }
    const encoded = encoder.encode(text);
    const at = exports.opa_malloc(encoded.length);
    view().set(encoded, at);
    return [at, encoded.length];
  }

  function store(text: string): number {
    return exports.opa_value_parse(...write(text));
  }

  // All builtins leave the module here: the SDK's own imitations of them are never reached.
  function callBuiltin(id: number, _context: number, ...args: number[]): number {
    const printed = args.map((address) => textAt(exports.opa_value_dump(address))).join(',');
    const result = forward(builtins[id] ?? '', `[${printed}]`, time, limits.budget);
    return result === undefined ? 0 : store(result);
  }

  function callConstant(id: number, context: number): number {
    if (id !== step) return callBuiltin(id, context);
    if (++steps > limits.maxSteps) throw new Redo('took more steps than its limit');
    // Values live until the evaluation ends: one `true` serves all its steps.
    if (yes === 0) yes = store('true');
    return yes;
  }

  const instance = new WebAssembly.Instance(module, {
    env: {
      memory,
      opa_abort(address: number) {
        throw new Redo(textAt(address));
      },
      opa_println() {},
      opa_builtin0: callConstant,
      opa_builtin1: callBuiltin,
      opa_builtin2: callBuiltin,
      opa_builtin3: callBuiltin,
      opa_builtin4: callBuiltin,
    },
  });
  const exports = instance.exports as unknown as PolicyExports;
  const ids = JSON.parse(textAt(exports.opa_json_dump(exports.builtins()))) as Record<string, number>;
  for (const [name, id] of Object.entries(ids)) builtins[id] = names[name] ?? name;
  const step = ids[STEP];
  const policy = new LoadedPolicy({ instance, module }, memory, 2);
  policy.setData(data.buffer as ArrayBuffer);
  const entrypoints = policy.entrypoints as Record<string, number>;

  return {
    evaluate(entrypoint, input, at) {
      const entry = entrypoints[entrypoint];
      if (entry === undefined) throw new Redo(`no entrypoint ${entrypoint}`);
      time = at;
      steps = 0;
      yes = 0;
      const encoded = encoder.encode(input);
      const start = policy.dataHeapPtr as number;
      const missing = start + encoded.length - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
      view().set(encoded, start);
      // 8: the heap wants what follows the input to be aligned.
      const heap = (start + encoded.length + 7) & ~7;
      const result = textAt(exports.opa_eval(0, entry, policy.dataAddr, start, encoded.length, heap, 1));
      if (exports.opa_heap_ptr_get() - heap > limits.maxHeap)
        throw new Redo('used more memory than its limit');
      return resultOf(result);
    },
  };
}

/** A result set is `set()`, or holds one object `{"result": VALUE}`. */
function resultOf(text: string): string | undefined {
  const start = text.indexOf(`{"${RESULT_TERM}":`);
  if (start < 0) return undefined;
  return text.slice(start + RESULT_TERM.length + 4, text.lastIndexOf('}', text.length - 2));
}
