import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import { TRACING_CHANNELS, type AtipayTraces } from 'express-atipay';
import { openShop } from '../support/opened';
import { API_KEY, HOUR, type Shop } from '../support/shop';

type Message = Record<string, unknown>;

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

/** The messages of a channel, in order: the kind of message, and the context as it was then. */
function listenTo(name: keyof AtipayTraces): [string, Message][] {
  const told: [string, Message][] = [];
  const hear = (kind: string) => (message: object) => void told.push([kind, { ...message }]);
  const channel = tracingChannel<unknown, Message>(name);
  const subscribers = {
    start: hear('start'),
    end: () => undefined,
    asyncStart: () => undefined,
    asyncEnd: hear('asyncEnd'),
    error: hear('error'),
  };
  channel.subscribe(subscribers);
  stops.push(() => channel.unsubscribe(subscribers));
  return told;
}

const listenToAll = (): [string, Message][][] => Object.values(TRACING_CHANNELS).map(listenTo);

async function pay(shop: Shop): Promise<{ account: string; invoiceNumber: string; orderId: string }> {
  const record = await shop.started();
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  const { account, invoiceNumber, orderId } = record;
  return { account, invoiceNumber, orderId };
}

test('a payment is traced through get-token, verify-payment and the hook', async () => {
  const [token, verify, hook] = listenToAll();
  const payer = await pay(await openShop());
  expect(token).toEqual([
    ['start', payer],
    ['asyncEnd', { ...payer, outcome: 'token', result: undefined }],
  ]);
  expect(verify).toEqual([
    ['start', { ...payer, attempt: 1 }],
    ['asyncEnd', { ...payer, attempt: 1, outcome: 'amount', amount: 25_000, result: undefined }],
  ]);
  expect(hook).toEqual([
    ['start', { ...payer, hook: 'onSuccess', attempt: 1 }],
    ['asyncEnd', { ...payer, hook: 'onSuccess', attempt: 1, outcome: 'returned', result: undefined }],
  ]);
});

test('no answer and a hook that throws are errors of their traces, a refusal is an outcome', async () => {
  const [token, verify, hook] = listenToAll();
  const shop = await openShop({ onFailure: () => Promise.reject(new Error('no stock system')) });
  shop.gateway.replies['get-token'].push({ body: { errorCode: '-7' } });
  await expect(shop.started()).rejects.toMatchObject({ code: 'ERR_ATIPAY_TOKEN_REFUSED' });
  await shop.unanswered();
  expect(token?.[1]).toEqual(['asyncEnd', expect.objectContaining({ outcome: 'refused', code: '-7' })]);
  expect(verify?.map(([kind, { outcome }]) => [kind, outcome])).toEqual(
    [1, 2, 3].flatMap(() => [
      ['start', undefined],
      ['error', 'unanswered'],
      ['asyncEnd', 'unanswered'],
    ]),
  );
  expect(verify?.[1]?.[1]['error']).toMatchObject({ code: 'ERR_ATIPAY_GATEWAY_UNAVAILABLE' });
  expect(hook?.[1]).toEqual([
    'error',
    expect.objectContaining({ hook: 'onFailure', outcome: 'threw', error: new Error('no stock system') }),
  ]);
});

test('a refusal without a code has none in its trace', async () => {
  const token = listenTo('atipay:get-token');
  const shop = await openShop();
  shop.gateway.replies['get-token'].push({ body: { message: 'no' } });
  await expect(shop.started()).rejects.toMatchObject({ code: 'ERR_ATIPAY_TOKEN_REFUSED' });
  expect(token[1]?.[1]).toMatchObject({ outcome: 'refused' });
  expect(token[1]?.[1]).not.toHaveProperty('code');
});

test('a sweep is traced with its report, or with the error that ended it', async () => {
  const all = listenTo('atipay:sweep');
  // Other shops of the process sweep when they please.
  const sweeps = (): [string, Message][] => all.filter(([, { account }]) => account === 'swept');
  const shop = await openShop({ account: 'swept' });
  await shop.started();
  const report = await shop.sweepAfter(HOUR);
  expect(sweeps()).toEqual([
    ['start', { account: 'swept' }],
    ['asyncEnd', { account: 'swept', report, result: undefined }],
  ]);
  shop.store.due = () => Promise.reject(new Error('the database is away'));
  await expect(shop.atipay.recover()).rejects.toThrow('the database is away');
  expect(sweeps()[3]).toEqual(['error', { account: 'swept', error: new Error('the database is away') }]);
});

test('a tracer’s context is there in the hook', async () => {
  const storage = new AsyncLocalStorage<string>();
  const { start } = tracingChannel<string, { attempt: number }>('atipay:hook');
  start.bindStore(storage, ({ attempt }) => `call ${attempt}`);
  stops.push(() => start.unbindStore(storage));
  const seen: unknown[] = [];
  await pay(await openShop({ onSuccess: () => void seen.push(storage.getStore()) }));
  expect(seen).toEqual(['call 1']);
});

test('no key, token or receipt is in any trace', async () => {
  const all = listenToAll();
  const shop = await openShop();
  shop.gateway.replies['verify-payment'].push({ body: { errorCode: API_KEY } });
  const { invoiceNumber } = await pay(shop);
  const { returnKey, token, referenceNumber } = await shop.record(invoiceNumber);
  const told = JSON.stringify(all);
  expect(told).toContain(invoiceNumber);
  for (const secret of [API_KEY, returnKey, token, referenceNumber]) expect(told).not.toContain(secret);
});
