import { type Json, templatePointers } from '@benchbook/model';

/** Builtins that read the time of the call. */
const TIME = ['time.now_ns', 'io.jwt.decode_verify', 'crypto.x509.parse_and_verify_certificates'];

/**
 * What of the facts is read, from what of `input` is read. `input` is the call's facts; or a decision log's own
 * `input`, or what `mapping.rego.input` makes of them.
 */
export function factReads(
  input: readonly string[],
  builtins: readonly string[],
  mapped: Json | undefined,
): readonly string[] {
  const reads = new Set<string>();
  if (input.length > 0) reads.add('/input');
  if (mapped !== undefined && input.length > 0)
    for (const pointer of templatePointers(mapped)) reads.add(pointer);
  if (mapped === undefined) for (const pointer of input) reads.add(pointer);
  if (builtins.some((name) => TIME.includes(name))) reads.add('/ts');
  if (reads.has('')) return [''];
  return [...reads].sort();
}
