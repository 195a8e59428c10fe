const utf8 = new TextEncoder();

/** What a DSSE signature is over (v1): type and payload, each led by its length in bytes, so that neither can pass for the other. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const type = utf8.encode(payloadType);
  const head = utf8.encode(`DSSEv1 ${type.length} `);
  const middle = utf8.encode(` ${payload.length} `);
  const encoded = new Uint8Array(head.length + type.length + middle.length + payload.length);
  encoded.set(head);
  encoded.set(type, head.length);
  encoded.set(middle, head.length + type.length);
  encoded.set(payload, head.length + type.length + middle.length);
  return encoded;
}
