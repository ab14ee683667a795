import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { context, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import type { RequestHandler } from 'express';
import { Registry } from 'prom-client';
import { openShop } from '../../../support/opened';
import { anOrder, API_KEY, HOUR, type Shop } from '../../../support/shop';
import { traceAtipay } from './recipes/opentelemetry';
import { paymentsLog } from './recipes/pino';
import { countPayments, measureGateway } from './recipes/prometheus';

const comesBackPaid = async (shop: Shop): Promise<void> => {
  const record = await shop.started(anOrder());
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
};

describe('with OpenTelemetry', () => {
  const exporter = new InMemorySpanExporter();
  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    trace.setGlobalTracerProvider(provider);
    traceAtipay();
  });
  beforeEach(() => exporter.reset());

  /** A stand-in for HTTP instrumentation: a span for the request, active while it is served. */
  const httpSpans: RequestHandler = (req, res, next) => {
    trace.getTracer('http').startActiveSpan(req.method, (span: Span) => {
      res.once('finish', () => span.end());
      next();
    });
  };
  const traced = (): Promise<Shop> =>
    openShop({}, (app, router) => app.use(httpSpans).use('/payment', router));
  const spanOf = (name: string): ReadableSpan | undefined =>
    exporter.getFinishedSpans().find((span) => span.name === name);

  test("the gateway's calls and the hook are children of the request's span", async () => {
    const shop = await traced();
    await comesBackPaid(shop);
    const request = spanOf('POST')?.spanContext();
    for (const name of ['atipay:verify-payment', 'atipay:hook']) {
      expect(spanOf(name)?.parentSpanContext?.spanId).toBe(request?.spanId);
    }
    expect(spanOf('atipay:verify-payment')?.attributes).toMatchObject({
      'atipay.account': 'default',
      'atipay.attempt': 1,
      'atipay.outcome': 'amount',
    });
  });

  test('silence of the gateway is an error of its span', async () => {
    await (await traced()).unanswered();
    expect(spanOf('atipay:verify-payment')).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'atipay.outcome': 'unanswered' },
      events: [{ name: 'exception' }],
    });
  });

  test('a sweep has a root span', async () => {
    const shop = await traced();
    await shop.sweepAfter(HOUR);
    expect(spanOf('atipay:sweep')).toMatchObject({ status: { code: SpanStatusCode.UNSET } });
    expect(spanOf('atipay:sweep')?.parentSpanContext).toBeUndefined();
  });
});

describe('with Prometheus', () => {
  test('payments are counted by status and reason, the gateway is timed, reviews are shown', async () => {
    const register = new Registry();
    const shop = await openShop();
    countPayments(shop.atipay, register);
    measureGateway(register);
    await comesBackPaid(shop);
    shop.gateway.replies['verify-payment'].push({ body: { amount: 1 } });
    await comesBackPaid(shop);
    await shop.started();
    await shop.sweepAfter(HOUR);
    const page = await register.metrics();
    for (const line of [
      'atipay_payments_total{status="created",reason=""} 3',
      'atipay_payments_total{status="paid",reason=""} 1',
      'atipay_payments_total{status="review",reason="AmountMismatch"} 1',
      'atipay_payments_total{status="failed",reason="Abandoned"} 1',
      'atipay_payments_in_review 1',
      'atipay_gateway_seconds_count{operation="get-token",outcome="token"} 3',
      'atipay_gateway_seconds_count{operation="verify-payment",outcome="amount"} 2',
    ]) {
      expect(page.split('\n')).toContain(line);
    }
  });
});

describe('with pino', () => {
  test('each transition is a line of JSON, and an error keeps its words', async () => {
    const lines: Record<string, unknown>[] = [];
    const write = (line: string): void => void lines.push(JSON.parse(line) as Record<string, unknown>);
    const onSuccess = (): Promise<never> => Promise.reject(new Error('no stock system'));
    const shop = await openShop({ logger: paymentsLog({ write }), onSuccess });
    await comesBackPaid(shop);
    const moves = lines.filter(({ to }) => to !== undefined);
    expect(moves.map(({ from, to }) => [from, to])).toEqual([
      [null, 'created'],
      ['created', 'pending'],
      ['pending', 'verifying'],
      ['verifying', 'paid'],
    ]);
    expect(moves[3]).toMatchObject({ component: 'payments', level: 30, account: 'default', ms: 0 });
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 50,
        err: expect.objectContaining({ message: 'no stock system' }) as unknown,
      }),
    );
    expect(JSON.stringify(lines)).not.toContain(API_KEY);
  });
});

test.each(['opentelemetry.ts', 'prometheus.ts', 'pino.ts'])('the guide shows %s as it was tested', (file) => {
  const guide = readFileSync(join(__dirname, '../../../../docs/observability.md'), 'utf8');
  const code = readFileSync(join(__dirname, 'recipes', file), 'utf8');
  expect(guide).toContain(`\`\`\`ts\n${code}\`\`\``);
});
