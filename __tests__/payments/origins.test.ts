import { MemoryPaymentStore, type AtipayConfig, type PaymentRecord, type PaymentStore } from 'express-atipay';
import { checkConfig } from '../../lib/config';
import { makeContext } from '../../lib/payments/context';
import { reportOtherOrigins } from '../../lib/payments/other-origins';
import { openShop } from '../support/opened';
import { sharing } from '../support/sharing';
import { HOUR, type Shop } from '../support/shop';

// A table that is a copy of another shop's, or that has moved with its shop.

const OLD = 'https://old.shop.example';
const NEW = 'https://new.shop.example';

async function moved(
  config: Partial<AtipayConfig> = {},
): Promise<{ old: Shop; here: Shop; store: PaymentStore }> {
  const old = await openShop({ publicUrl: `${OLD}/payment`, pendingTimeoutMs: HOUR });
  await old.atipay.close();
  const here = await openShop({ publicUrl: `${NEW}/payment`, store: old.store, ...config });
  return { old, here, store: old.store };
}

/** One payment whose verify-payment is open, one that is abandoned, one whose hook has not returned. */
async function waiting(old: Shop): Promise<PaymentRecord[]> {
  const { record: unanswered } = await old.unanswered();
  const abandoned = await old.started();
  const paid = await old.started();
  await old.comesBack(paid, { referenceNumber: old.gateway.receipt(paid.invoiceNumber) });
  const stored = await old.record(paid.invoiceNumber);
  await old.store.update({ ...stored, hookDeliveredAt: null, nextHookAt: 1, dueAt: 1, version: 7 }, stored);
  return Promise.all([unanswered, abandoned, paid].map(({ invoiceNumber }) => old.record(invoiceNumber)));
}

const stored = (shop: Shop, records: PaymentRecord[]): Promise<PaymentRecord[]> =>
  Promise.all(records.map(({ invoiceNumber }) => shop.record(invoiceNumber)));

test('payments begun under another public origin are left alone by sweeps, and reported once', async () => {
  const { old, here } = await moved();
  const records = await waiting(old);
  const done = await old.started();
  await old.comesBack(done, { referenceNumber: old.gateway.receipt(done.invoiceNumber) });
  here.now = old.now;
  for (let sweeps = 0; sweeps < 3; sweeps += 1) expect(await here.sweepAfter(HOUR)).toMatchObject({ due: 0 });
  expect(await stored(here, records)).toEqual(records);
  expect(here.hooks).toEqual([]);
  expect(here.gateway.calls).toEqual([]);
  expect(here.trouble).toEqual([
    {
      level: 'warn',
      fields: { account: 'default', origins: [OLD], payments: 3 },
      message:
        'Payments that were begun under another public origin are left alone. If this shop has moved here, name that ' +
        'origin in formerOrigins; if its table is a copy of another shop’s, that shop works on them.',
    },
  ]);
});

test('a shop that names its former origin goes on with them', async () => {
  const { old, here } = await moved({ formerOrigins: [OLD] });
  const records = await waiting(old);
  here.now = old.now;
  expect(await here.sweepAfter(HOUR)).toMatchObject({ due: 3 });
  expect((await stored(here, records)).map(({ status }) => status)).toEqual(['review', 'failed', 'paid']);
  expect(here.logs.filter(({ message }) => message.includes('formerOrigins'))).toEqual([]);
});

test('a callback with the right key counts, under any origin of its payment', async () => {
  const { old, here } = await moved();
  const record = await old.started();
  here.now = old.now;
  await here.comesBack(record, { state: 'CanceledByUser', status: '1' });
  expect((await here.record(record.invoiceNumber)).failureReason).toBe('CanceledByUser');
});

test.each([`${NEW}:443`, 'https://NEW.shop.example'])('%s is the same origin', async (origin) => {
  const old = await openShop({ publicUrl: `${origin}/payment` });
  const record = await old.started();
  await old.atipay.close();
  const here = await openShop({ publicUrl: `${NEW}/elsewhere`, store: old.store });
  here.now = old.now;
  await here.sweepAfter(HOUR);
  expect((await here.record(record.invoiceNumber)).failureReason).toBe('Abandoned');
});

test.each([
  ['whose search fails is left to the sweeps to report', () => Promise.reject(new Error('no table'))],
  ['without a search is not looked at', undefined],
])('a store %s', async (_what, search) => {
  const warnings: string[] = [];
  const { settings, apiKey } = checkConfig({
    apiKey: 'key',
    publicUrl: `${NEW}/payment`,
    store: Object.assign(sharing(new MemoryPaymentStore({ quiet: true })), { search }),
    onSuccess: () => undefined,
    logger: { error: () => undefined, warn: (_fields, message) => void warnings.push(message) },
  });
  await expect(reportOtherOrigins(makeContext(settings, apiKey))).resolves.toBeUndefined();
  expect(warnings).toEqual([]);
});
