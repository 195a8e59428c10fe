/** Where incidents go, as the manifest says it. Secrets are names of environment variables, never values. */
interface SinkBase {
  /** Unique among the sinks; names its part of the spool. */
  readonly name: string;
}

/** A line of JSON for each event, in a file of the workspace. */
export interface FileSink extends SinkBase {
  readonly kind: 'file';
  readonly path: string;
}

/** Any receiver that checks an HMAC-SHA256 of what it gets. */
export interface WebhookSink extends SinkBase {
  readonly kind: 'webhook';
  readonly url: string;
  readonly secret: string;
}

/** PagerDuty's Events API v2. `secret` names the routing key. */
export interface PagerDutySink extends SinkBase {
  readonly kind: 'pagerduty';
  readonly url: string;
  readonly secret: string;
  readonly source: string;
}

/** The incident table of a ServiceNow instance. With `user` basic authentication, else `secret` names a bearer token. */
export interface ServiceNowSink extends SinkBase {
  readonly kind: 'servicenow';
  /** The instance, without a path. */
  readonly url: string;
  readonly secret: string;
  readonly user: string | null;
}

export type HttpSink = WebhookSink | PagerDutySink | ServiceNowSink;
export type Sink = FileSink | HttpSink;

/** Names of the environment variables that a sink needs. */
export function secretsOf(sink: Sink): readonly string[] {
  if (sink.kind === 'file') return [];
  return sink.kind === 'servicenow' && sink.user !== null ? [sink.user, sink.secret] : [sink.secret];
}

/** Where a sink is, fit to be printed: the path of an address may hold a secret and is left out. */
export function placeOf(sink: Sink): string {
  return sink.kind === 'file' ? sink.path : new URL(sink.url).origin;
}
