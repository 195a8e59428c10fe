import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

export interface HttpLimits {
  /** Milliseconds for the whole exchange. Default 10,000. */
  readonly timeoutMs?: number;
  /** Bytes of the answer's body that are kept; the rest is not read. Default 64 KB. */
  readonly maxBytes?: number;
}

/** An answer, whatever its status, or why there was none. */
export type HttpResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly retryAfter: string | null;
      readonly body: string;
    }
  | { readonly kind: 'none'; readonly message: string };

/**
 * One HTTP exchange: HTTPS, or HTTP with this machine alone; redirects are answers like any other. Never rejects.
 * Messages name no address, since its path may hold a secret.
 */
export function exchangeHttp(
  { method, url, headers, body }: HttpRequest,
  { timeoutMs = 10_000, maxBytes = 64 * 1024 }: HttpLimits = {},
): Promise<HttpResult> {
  const target = new URL(url);
  if (target.protocol !== 'https:' && !isThisMachine(target))
    return Promise.resolve({ kind: 'none', message: 'only https:// is sent to' });
  return new Promise((resolve) => {
    const send = target.protocol === 'https:' ? requestHttps : requestHttp;
    const bytes = Buffer.from(body, 'utf8');
    const sent = send(target, {
      method,
      agent: false,
      maxHeaderSize: 16 * 1024,
      headers: {
        'user-agent': 'benchbook',
        ...headers,
        ...(bytes.length > 0 && { 'content-length': bytes.length }),
      },
    });
    const end = (result: HttpResult): void => {
      clearTimeout(timer);
      resolve(result);
      sent.destroy();
    };
    const none = (message: string) => end({ kind: 'none', message });
    const timer = setTimeout(() => none(`no answer in ${timeoutMs} ms`), timeoutMs);
    sent.on('error', (error: NodeJS.ErrnoException) => none(reasonOf(error)));
    sent.on('response', (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const done = () =>
        end({
          kind: 'answer',
          status: answer.statusCode ?? 0,
          retryAfter: answer.headers['retry-after'] ?? null,
          body: Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8'),
        });
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= maxBytes) done();
      });
      answer.on('end', done);
      answer.on('error', (error: NodeJS.ErrnoException) => none(reasonOf(error)));
      answer.on('aborted', () => none('the connection was closed in the middle of the answer'));
    });
    sent.end(bytes);
  });
}

function isThisMachine({ protocol, hostname }: URL): boolean {
  return (
    protocol === 'http:' &&
    (hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname))
  );
}

const REASONS: Partial<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was closed',
  EPIPE: 'the connection was closed',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the host name cannot be resolved now',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'no answer',
};

/** Node's own messages hold addresses; the code says enough. */
function reasonOf({ code }: NodeJS.ErrnoException): string {
  return (code !== undefined && REASONS[code]) || `no exchange (${code ?? 'unknown error'})`;
}
