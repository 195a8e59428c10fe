import type { Json, JsonObject } from '@benchbook/model';
import type { Place } from '../../call/draft.ts';
import { array, object, objects, text } from '../../json/access.ts';
import { SpanReader } from '../../spans/reader.ts';
import type { SpanView } from '../../spans/view.ts';
import type { Format } from '../format.ts';
import { attributesOf } from './attributes.ts';
import { spanView } from './span.ts';

/**
 * OpenTelemetry traces as OTLP/JSON, one document or one a line; also one bare span a line, as CloudWatch exports
 * them. Understands the attributes of GenAI, MCP, OpenInference and AgentCore.
 */
export const otlp: Format = {
  name: 'otlp',
  title: 'OpenTelemetry (OTLP/JSON)',
  sessionScope: 'global',
  detect(value) {
    const document = object(value);
    return document !== undefined && (Array.isArray(document.resourceSpans) || isBareSpan(document));
  },
  open: (output) => new SpanReader(output, { spans: spansOf }),
};

function isBareSpan(value: JsonObject): boolean {
  return (
    text(value.traceId) !== undefined &&
    text(value.spanId) !== undefined &&
    value.startTimeUnixNano !== undefined &&
    object(value.attributes) !== undefined
  );
}

function spansOf(value: Json, place: Place): Iterable<SpanView> | null {
  const document = object(value);
  if (!document) return null;
  if (Array.isArray(document.resourceSpans)) return views(document, place);
  return isBareSpan(document) ? bareView(document, place) : null;
}

function* views(document: JsonObject, place: Place): Generator<SpanView> {
  for (const resourceSpans of objects(document.resourceSpans)) {
    const resource = attributesOf(object(resourceSpans.resource)?.attributes);
    const scopes = array(resourceSpans.scopeSpans) ?? resourceSpans.instrumentationLibrarySpans;
    for (const scope of objects(scopes)) {
      for (const span of objects(scope.spans)) {
        const view = spanView(span, resource, place);
        if (view) yield view;
      }
    }
  }
}

function* bareView(span: JsonObject, place: Place): Generator<SpanView> {
  const view = spanView(span, attributesOf(object(span.resource)?.attributes), place);
  if (view) yield view;
}
