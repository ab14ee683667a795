import { openShop } from '../../support/opened';
import { inReview, paid } from './scene';

const giveBack = (amount: number, more: object = {}) => ({
  amount,
  reference: 'transfer 17',
  by: 'Sara',
  text: 'one of two boxes',
  ...more,
});

test('a give-back is recorded with who, why and its reference; no money moves, and the payment stays paid', async () => {
  const shop = await openShop();
  const { invoiceNumber } = await paid(shop);
  const calls = shop.gateway.calls.length;
  expect(await shop.atipay.giveBack(invoiceNumber, giveBack(5_000))).toMatchObject({ status: 'paid' });
  const { givenBack, history, orderKey, orderId } = await shop.record(invoiceNumber);
  expect(givenBack).toBe(5_000);
  expect(orderKey).toBe(orderId);
  expect(history.at(-1)).toEqual({
    at: shop.now,
    status: 'paid',
    event: 'gaveBack',
    by: 'Sara',
    data: { amount: 5_000, reference: 'transfer 17', text: 'one of two boxes' },
  });
  expect(shop.gateway.calls).toHaveLength(calls);
  expect(shop.hooks.map(({ hook }) => hook)).toEqual(['onSuccess']);
});

test('its amount is in the router’s currency', async () => {
  const shop = await openShop({ currency: 'IRT' });
  const { invoiceNumber, amount } = await paid(shop);
  expect(amount).toBe(250_000);
  await shop.atipay.giveBack(invoiceNumber, giveBack(25_000));
  expect(await shop.record(invoiceNumber)).toMatchObject({ givenBack: 250_000 });
});

test('the sum of give-backs is at most the amount, and the error says what is left', async () => {
  const shop = await openShop();
  const { invoiceNumber } = await paid(shop);
  await shop.atipay.giveBack(invoiceNumber, giveBack(20_000));
  await expect(shop.atipay.giveBack(invoiceNumber, giveBack(5_001))).rejects.toMatchObject({
    code: 'ERR_ATIPAY_GIVE_BACK',
    status: 409,
    message: `Payment ${invoiceNumber}: of 25000 Rials, 20000 Rials are given back already: at most 5000 Rials more can be.`,
  });
  await shop.atipay.giveBack(invoiceNumber, giveBack(5_000));
  expect(await shop.record(invoiceNumber)).toMatchObject({ givenBack: 25_000, status: 'paid' });
});

test('the amounts of the error are in the router’s currency too', async () => {
  const shop = await openShop({ currency: 'IRT' });
  const { invoiceNumber } = await paid(shop);
  await expect(shop.atipay.giveBack(invoiceNumber, giveBack(25_001))).rejects.toMatchObject({
    message: expect.stringContaining('25000 Tomans') as string,
  });
});

test('two give-backs at the same moment do not exceed the amount together', async () => {
  const shop = await openShop();
  const { invoiceNumber } = await paid(shop);
  const both = await Promise.allSettled([
    shop.atipay.giveBack(invoiceNumber, giveBack(15_000)),
    shop.atipay.giveBack(invoiceNumber, giveBack(15_000)),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await shop.record(invoiceNumber)).toMatchObject({ givenBack: 15_000 });
});

test('a failed payment with a receipt may be given back; one without, and one that is not decided, may not', async () => {
  const shop = await openShop();
  const decided = await inReview(shop);
  await expect(shop.atipay.giveBack(decided.invoiceNumber, giveBack(1))).rejects.toMatchObject({
    code: 'ERR_ATIPAY_GIVE_BACK',
    status: 409,
    message: expect.stringContaining('it is review') as string,
  });
  await shop.atipay.resolve(decided.invoiceNumber, 'failed', 'the bank says it was taken', 'Sara');
  expect(await shop.atipay.giveBack(decided.invoiceNumber, giveBack(1))).toMatchObject({ status: 'failed' });

  const cancelled = await shop.started();
  await shop.comesBack(cancelled, { state: 'CanceledByUser', status: '1' });
  await expect(shop.atipay.giveBack(cancelled.invoiceNumber, giveBack(1))).rejects.toMatchObject({
    code: 'ERR_ATIPAY_GIVE_BACK',
  });
});

const NO_AMOUNT = 'amount must be a positive whole number';

test.each<[string, object, string, string]>([
  ['nothing', { amount: 0 }, 'ERR_ATIPAY_GIVE_BACK', NO_AMOUNT],
  ['less than nothing', { amount: -5 }, 'ERR_ATIPAY_GIVE_BACK', NO_AMOUNT],
  ['a fraction', { amount: 1.5 }, 'ERR_ATIPAY_GIVE_BACK', NO_AMOUNT],
  ['a text', { amount: '5000' }, 'ERR_ATIPAY_GIVE_BACK', NO_AMOUNT],
  ['an amount without a reference', { reference: ' ' }, 'ERR_ATIPAY_RESOLUTION', 'is missing'],
  ['an amount without a name', { by: undefined }, 'ERR_ATIPAY_RESOLUTION', 'is missing'],
  ['an amount without a reason', { text: '' }, 'ERR_ATIPAY_RESOLUTION', 'is missing'],
])('a give-back of %s is refused', async (_what, changes, code, why) => {
  const shop = await openShop();
  const { invoiceNumber } = await paid(shop);
  await expect(shop.atipay.giveBack(invoiceNumber, giveBack(5_000, changes))).rejects.toMatchObject({
    code,
    status: 400,
    message: expect.stringMatching(new RegExp(`^The act cannot be recorded: .*${why}\\.$`)) as string,
  });
  expect(await shop.record(invoiceNumber)).toMatchObject({ givenBack: 0 });
});

test('a tenth of a Toman is refused, as it is no whole number in the router’s currency', async () => {
  const shop = await openShop({ currency: 'IRT' });
  const { invoiceNumber } = await paid(shop);
  await expect(shop.atipay.giveBack(invoiceNumber, giveBack(0.5))).rejects.toMatchObject({
    code: 'ERR_ATIPAY_GIVE_BACK',
  });
});
