import crypto from 'node:crypto';
import { MemoryPaymentStore, type PaymentRecord, type PaymentStore } from 'express-atipay';
import { newReturnKey } from '../../lib/payments/access';
import { openShop } from '../support/opened';
import { type Shop } from '../support/shop';

// Who guesses invoice numbers and return keys learns nothing: not from an answer, and not from how long it took.

const UNKNOWN = '1'.repeat(20);
const WRONG_KEY = 'A'.repeat(22);

/** Addresses that open nothing, by why. */
const guesses = (one: PaymentRecord, two: PaymentRecord): Record<string, [string, string]> => ({
  'a wrong key': [one.invoiceNumber, WRONG_KEY],
  'another payment’s key': [one.invoiceNumber, two.returnKey],
  'a key that is too short': [one.invoiceNumber, 'x'],
  'a key that is too long': [one.invoiceNumber, 'x'.repeat(2_000)],
  'an unknown invoice': [UNKNOWN, one.returnKey],
  'an unknown invoice and a wrong key': [UNKNOWN, WRONG_KEY],
  'no invoice number': ['x', one.returnKey],
});

async function everythingOf(answer: Response): Promise<unknown> {
  const headers = Object.fromEntries(answer.headers);
  delete headers['date'];
  return { status: answer.status, headers, body: await answer.text() };
}

type Ask = (shop: Shop, invoice: string, key: string) => Promise<Response>;

const callback: Ask = (shop, invoice, key) =>
  shop.post(
    `/payment/callback/${invoice}/${key}`,
    new URLSearchParams({ state: 'OK', status: '2', reservationNumber: invoice, referenceNumber: 'R' }),
  );

const ASKS: [string, Ask][] = [
  ...['pay', 'callback', 'result'].flatMap((room) =>
    ['text/html', 'application/json'].map((Accept): [string, Ask] => [
      `GET /${room} as ${Accept}`,
      (shop, invoice, key) => shop.get(`/payment/${room}/${invoice}/${key}`, { Accept }),
    ]),
  ),
  ['POST /callback', callback],
];

test.each(ASKS)(
  '%s does not distinguish an unknown invoice from a wrong key: status, headers, body',
  async (_what, ask) => {
    const shop = await openShop();
    const [one, two] = [await shop.started(), await shop.started()];
    await shop.comesBack(two, { state: 'Failed', status: '3' });
    const answers = new Map<string, unknown>();
    for (const [why, [invoice, key]] of Object.entries(guesses(one, two))) {
      answers.set(why, await everythingOf(await ask(shop, invoice, key)));
    }
    const first = answers.get('a wrong key');
    expect(first).toMatchObject({ status: 404 });
    for (const [why, answer] of answers) expect([why, answer]).toEqual([why, first]);
  },
);

test('a payment of another account is as unknown as one that does not exist', async () => {
  const store = new MemoryPaymentStore({ quiet: true });
  const one = await openShop({ store, account: 'one', apiKey: 'key-of-one' });
  const two = await openShop({ store, account: 'two', apiKey: 'key-of-two' });
  const record = await one.started();
  for (const [, ask] of ASKS) {
    const foreign = await everythingOf(await ask(two, record.invoiceNumber, record.returnKey));
    expect(foreign).toEqual(await everythingOf(await ask(two, UNKNOWN, record.returnKey)));
  }
  expect(await two.atipay.find(record.invoiceNumber)).toBeUndefined();
  expect(await two.atipay.findByOrder(record.orderId)).toEqual([]);
  expect(await two.atipay.history(record.invoiceNumber)).toEqual([]);
  await expect(two.atipay.resolve(record.invoiceNumber, 'paid', 'mine')).rejects.toMatchObject({
    code: 'ERR_ATIPAY_PAYMENT_NOT_FOUND',
  });
});

/** A store that counts its calls. */
function counting(): { store: PaymentStore; calls: string[] } {
  const rows = new MemoryPaymentStore({ quiet: true });
  const calls: string[] = [];
  const store = new Proxy(rows, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        calls.push(String(name));
        return Reflect.apply(member, target, args);
      };
    },
  });
  return { store, calls };
}

test('an unknown invoice and a wrong key cost the same work: one read and one comparison in constant time', async () => {
  const { store, calls } = counting();
  const shop = await openShop({ store });
  const [one, two] = [await shop.started(), await shop.started()];
  const compared = jest.spyOn(crypto, 'timingSafeEqual');
  for (const [, ask] of ASKS) {
    for (const [why, [invoice, key]] of Object.entries(guesses(one, two))) {
      calls.length = 0;
      compared.mockClear();
      await ask(shop, invoice, key);
      const read = expect.stringMatching(/^find(WithHolder)?$/) as string;
      expect([why, calls]).toEqual([why, why === 'no invoice number' ? [] : [read]]);
      const lengths = compared.mock.calls.map(([a, b]) => [a.byteLength, b.byteLength]);
      expect([why, lengths]).toEqual([why, [[32, 32]]]);
    }
  }
  compared.mockRestore();
});

test('a return key is 128 random bits, one for each payment, and no invoice number reveals the next', async () => {
  const shop = await openShop();
  const records = [];
  for (let turn = 0; turn < 50; turn += 1) records.push(await shop.started());
  for (const { returnKey } of records) expect(Buffer.from(returnKey, 'base64url')).toHaveLength(16);
  expect(new Set(records.map(({ returnKey }) => returnKey)).size).toBe(50);
  const tails = records.map(({ invoiceNumber }) => Number(invoiceNumber.slice(13)));
  expect(new Set(tails.map((tail, index) => tail - (tails[index - 1] ?? 0))).size).toBeGreaterThan(45);
});

test('of a thousand return keys no two are alike, and every bit is as often set as not', () => {
  const keys = Array.from({ length: 1_000 }, () => newReturnKey());
  expect(new Set(keys).size).toBe(1_000);
  const ones = Array.from({ length: 128 }, () => 0);
  for (const key of keys) {
    for (const [at, byte] of Buffer.from(key, 'base64url').entries()) {
      for (let bit = 0; bit < 8; bit += 1)
        ones[at * 8 + bit] = (ones[at * 8 + bit] ?? 0) + ((byte >> bit) & 1);
    }
  }
  expect(ones).toHaveLength(128);
  expect(Math.min(...ones)).toBeGreaterThan(350);
  expect(Math.max(...ones)).toBeLessThan(650);
});
