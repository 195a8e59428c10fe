/** One HTTP request of a sink. */
export interface SinkRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** What secrets are used for. Named ones stand for what is not printed; held ones are the values themselves. */
export interface Credentials {
  value(name: string): string;
  basic(user: string, password: string): string;
  /** HMAC-SHA256 in hexadecimal. */
  hmac(name: string, text: string): Promise<string>;
}

/** Says in a request which secret would stand where. */
export const namedCredentials: Credentials = {
  value: (name) => `<${name}>`,
  basic: (user, password) => `<base64 of ${user}:${password}>`,
  hmac: (name) => Promise.resolve(`<HMAC-SHA256 by ${name}>`),
};

/** Uses the secrets of the environment; all that a sink needs must be there. */
export function heldCredentials(secrets: ReadonlyMap<string, string>): Credentials {
  const value = (name: string) => secrets.get(name) ?? '';
  return {
    value,
    basic: (user, password) => base64(`${value(user)}:${value(password)}`),
    hmac: async (name, text) => {
      const utf8 = new TextEncoder();
      const algorithm = { name: 'HMAC', hash: 'SHA-256' };
      const subtle = globalThis.crypto.subtle;
      const key = await subtle.importKey('raw', utf8.encode(value(name)), algorithm, false, ['sign']);
      const bytes = new Uint8Array(await subtle.sign('HMAC', key, utf8.encode(text)));
      return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
