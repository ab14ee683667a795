import { tracingChannel } from 'node:diagnostics_channel';
import { SpanKind, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';
import { TRACING_CHANNELS, type AtipayTraces } from 'express-atipay';

const KINDS: Record<keyof AtipayTraces, SpanKind> = {
  'atipay:get-token': SpanKind.CLIENT,
  'atipay:verify-payment': SpanKind.CLIENT,
  'atipay:hook': SpanKind.INTERNAL,
  'atipay:sweep': SpanKind.INTERNAL,
};

/** Numbers and texts of a trace become attributes; errors and reports do not. */
const attributesOf = (message: object): Attributes =>
  Object.fromEntries(
    Object.entries(message)
      .filter(([, value]) => ['string', 'number'].includes(typeof value))
      .map(([name, value]) => [`atipay.${name}`, value as string | number]),
  );

/** Makes a span of each call of the gateway, each hook and each sweep. Call it once, after the SDK is registered. */
export function traceAtipay(): void {
  const tracer = trace.getTracer('express-atipay');
  for (const name of Object.values(TRACING_CHANNELS)) {
    const spans = new WeakMap<object, Span>();
    tracingChannel<unknown, object>(name).subscribe({
      // The span that is active here, that of the HTTP request, becomes the parent.
      start: (message) => void spans.set(message, tracer.startSpan(name, { kind: KINDS[name] })),
      error: (message) => {
        spans.get(message)?.recordException(message.error as Error);
        spans.get(message)?.setStatus({ code: SpanStatusCode.ERROR });
      },
      asyncEnd: (message) => {
        spans.get(message)?.setAttributes(attributesOf(message)).end();
      },
      end: () => undefined,
      asyncStart: () => undefined,
    });
  }
}
