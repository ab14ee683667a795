import { MemoryPaymentStore, type AtipayConfig, type PaymentStore } from 'express-atipay';
import { checkConfig } from '../../lib/config';
import { makeContext, type Context } from '../../lib/payments/context';
import { NOW } from './record';
import { sharing } from './sharing';

const silent = { warn: () => undefined, error: () => undefined };

/** The dependencies of payments without a router: in the clock of {@link NOW}, with every hook. */
export function aContext(config: Partial<AtipayConfig<unknown>> = {}): Context {
  const { settings, apiKey } = checkConfig<unknown>({
    apiKey: 'canary-api-key',
    publicUrl: 'https://shop.example/payment',
    store: new MemoryPaymentStore({ quiet: true }),
    onSuccess: () => undefined,
    onFailure: () => undefined,
    onReview: () => undefined,
    recovery: false,
    locale: 'en',
    logger: silent,
    now: () => NOW,
    ...config,
  });
  return makeContext(settings, apiKey);
}

/** The rows of a store, with transactions of one step each. */
export const transactional = (rows: PaymentStore): PaymentStore =>
  sharing(rows, { transaction: (work) => work(undefined as never) });
