import { digest, writeJson } from '@benchbook/model';
import type { WebhookSink } from '../sink.ts';
import type { IncidentEvent } from './event.ts';
import { eventJson } from './file.ts';
import type { Credentials, SinkRequest } from './request.ts';

/**
 * A signed POST. `Benchbook-Signature: t=SECONDS,v1=HEX` is the HMAC-SHA256 of `SECONDS.BODY`: a receiver that refuses
 * old times and ids it has seen cannot be fooled with a copy. `time` in seconds, or what is printed in its place.
 */
export async function webhookRequest(
  sink: WebhookSink,
  event: IncidentEvent,
  credentials: Credentials,
  time: string,
): Promise<SinkRequest> {
  const body = writeJson(eventJson(event));
  const signature = await credentials.hmac(sink.secret, `${time}.${body}`);
  return {
    method: 'POST',
    url: sink.url,
    headers: {
      'content-type': 'application/json',
      'benchbook-delivery': digest(body),
      'benchbook-signature': `t=${time},v1=${signature}`,
    },
    body,
  };
}
