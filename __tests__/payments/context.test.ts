import { MemoryPaymentStore } from 'express-atipay';
import { checkConfig, type AtipayConfig } from '../../lib/config';
import { makeContext } from '../../lib/payments/context';

const policyOf = (recovery: AtipayConfig['recovery']) => {
  const { settings, apiKey } = checkConfig({
    apiKey: 'key',
    publicUrl: 'https://shop.example/payment',
    store: new MemoryPaymentStore({ quiet: true }),
    onSuccess: () => undefined,
    ...(recovery !== undefined && { recovery }),
  });
  const { verifySpacingMs, outageAfter } = makeContext(settings, apiKey).policy;
  return { verifySpacingMs, outageAfter };
};

test('attempts follow the sweeps’ options', () => {
  expect(policyOf({ everyMs: 5_000, concurrency: 50 })).toEqual({ verifySpacingMs: 5_000, outageAfter: 100 });
});

test('a router without sweeps has the usual distances', () => {
  expect(policyOf(false)).toEqual(policyOf(undefined));
});
