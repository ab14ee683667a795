import { tracingChannel } from 'node:diagnostics_channel';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Atipay, GetTokenTrace, VerifyPaymentTrace } from 'express-atipay';

/** Counts payments, and shows how many wait for a person. Call it once for each `payments.atipay`. */
export function countPayments(atipay: Atipay, register: Registry): void {
  const payments = new Counter({
    name: 'atipay_payments_total',
    help: 'Payments that came into a status, and why they failed or are in review',
    labelNames: ['status', 'reason'],
    registers: [register],
  });
  atipay.events.on('transition', ({ payment, to }) => {
    payments.inc({ status: to, reason: 'failure' in payment ? payment.failure.reason : '' });
  });
  new Gauge({
    name: 'atipay_payments_in_review',
    help: 'Payments that wait for a person',
    registers: [register],
    async collect() {
      this.set((await atipay.reviews()).length);
    },
  });
}

/** Measures the gateway. Call it once for the process. */
export function measureGateway(register: Registry): void {
  const seconds = new Histogram({
    name: 'atipay_gateway_seconds',
    help: 'How long the gateway took to answer, and what',
    labelNames: ['operation', 'outcome'],
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
    registers: [register],
  });
  for (const operation of ['get-token', 'verify-payment'] as const) {
    const timers = new WeakMap<object, ReturnType<typeof seconds.startTimer>>();
    tracingChannel<unknown, GetTokenTrace | VerifyPaymentTrace>(`atipay:${operation}`).subscribe({
      start: (message) => void timers.set(message, seconds.startTimer({ operation })),
      asyncEnd: (message) => void timers.get(message)?.({ outcome: message.outcome ?? 'unanswered' }),
      end: () => undefined,
      asyncStart: () => undefined,
      error: () => undefined,
    });
  }
}
