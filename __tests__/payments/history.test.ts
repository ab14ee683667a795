import type { PaymentRecord } from 'express-atipay';
import type { HistoryEvent } from '../../lib/core/record';
import { eventsOf } from '../support/history';
import { openShop } from '../support/opened';
import { held, type Reply } from '../support/scripted-gateway';
import { anOrder, HOUR, MINUTE, type Shop } from '../support/shop';

/** A shop and its answer about an order, which a test may change. */
interface Scene {
  shop: Shop;
  says: { stillPayable: () => boolean };
}

async function openScene(): Promise<Scene> {
  const says = { stillPayable: () => true };
  return { shop: await openShop({ stillPayable: () => says.stillPayable() }), says };
}

const away = (): never => {
  throw new Error('the orders are away');
};

const REFUSAL: Reply = { body: { errorCode: '-2' } };

/** The buyer of an order has paid and is back; these are verify-payment's answers. */
async function back({ shop }: Scene, replies: Reply[] = [], order = anOrder()): Promise<PaymentRecord> {
  const record = await shop.started(order);
  shop.gateway.replies['verify-payment'].push(...replies);
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  return record;
}

/** A payment whose order another one has got while its verification is under way. */
async function second(scene: Scene, firstAnswer: Reply): Promise<PaymentRecord> {
  const { shop } = scene;
  const order = anOrder();
  const [one, two] = [await shop.started(order), await shop.started(order)];
  const { reply, release } = held(firstAnswer);
  shop.gateway.replies['verify-payment'].push(reply);
  const first = shop.comesBack(one, { referenceNumber: 'receiptOfTheFirst' });
  while ((await shop.record(one.invoiceNumber)).status !== 'verifying') await new Promise(setImmediate);
  await shop.comesBack(two, { referenceNumber: shop.gateway.receipt(two.invoiceNumber) });
  await shop.sweepAfter(MINUTE);
  release();
  await first;
  return two;
}

async function swept({ shop }: Scene, record: PaymentRecord): Promise<PaymentRecord> {
  await shop.sweepAfter(MINUTE);
  return record;
}

type Step = [event: HistoryEvent, data?: Record<string, string | number>];

const SILENT: Reply[] = ['reset', 'reset', 'reset'];
const RECEIPT = { receipt: 'R' };
const CLAIMED: Step = ['claimed', RECEIPT];
const UNANSWERED: Step = ['verifyUnanswered', { attempt: 3 }];
const CONFIRMED: Step = ['amountConfirmed', { amount: 25_000, attempt: 1 }];
const DELIVERED: Step = ['hookDelivered', { call: 1 }];

const STORIES: [what: string, story: (scene: Scene) => Promise<PaymentRecord>, steps: Step[]][] = [
  ['the right amount', (scene) => back(scene), [CLAIMED, CONFIRMED, DELIVERED]],
  [
    'another amount',
    (scene) => back(scene, [{ body: { amount: 24_999 } }]),
    [CLAIMED, ['amountDiffers', { amount: 24_999, expected: 25_000 }], DELIVERED],
  ],
  [
    'a refusal with a code and words',
    (scene) => back(scene, [{ body: { errorCode: '-2', faMessage: 'no such receipt' } }]),
    [CLAIMED, ['verifyRefused', { attempt: 1, code: '-2', description: 'no such receipt' }], DELIVERED],
  ],
  [
    'a refusal with a code',
    (scene) => back(scene, [REFUSAL]),
    [CLAIMED, ['verifyRefused', { attempt: 1, code: '-2' }], DELIVERED],
  ],
  [
    'a refusal with words',
    (scene) => back(scene, [{ body: { faMessage: 'no such receipt' } }]),
    [CLAIMED, ['verifyRefused', { attempt: 1, description: 'no such receipt' }], DELIVERED],
  ],
  [
    'a negative number for an amount',
    (scene) => back(scene, [{ body: { amount: -6 } }]),
    [CLAIMED, ['verifyRefused', { attempt: 1, code: '-6' }], DELIVERED],
  ],
  [
    'a refusal after silence',
    async (scene) => {
      const record = await back(scene, [...SILENT, REFUSAL]);
      await scene.shop.sweepAfter(MINUTE);
      return record;
    },
    [CLAIMED, UNANSWERED, ['verifyRefused', { attempt: 4, code: '-2' }], DELIVERED],
  ],
  [
    'silence to the end of the window',
    async (scene) => {
      const record = await back(scene, [...SILENT, 'reset']);
      await scene.shop.sweepAfter(HOUR);
      return record;
    },
    [CLAIMED, UNANSWERED, ['verifyTimedOut', { attempt: 4 }], DELIVERED],
  ],
  [
    'a buyer who does not come back',
    async ({ shop }) => {
      const record = await shop.started();
      await shop.sweepAfter(HOUR);
      return record;
    },
    [['buyerNeverReturned'], DELIVERED],
  ],
  [
    'an order that is paid already',
    (scene) => second(scene, { body: { amount: 25_000 } }).then((record) => swept(scene, record)),
    [['orderTaken', RECEIPT], ['orderPaid'], ['hookSkipped']],
  ],
  [
    'an order whose other payment is in review',
    (scene) => second(scene, { body: { amount: 1 } }).then((record) => swept(scene, record)),
    [['orderTaken', RECEIPT], ['orderInReview'], ['hookSkipped']],
  ],
  [
    'an order whose other payment is refused, which the shop then no longer wants paid',
    async (scene) => {
      const record = await second(scene, REFUSAL);
      scene.says.stillPayable = away;
      await swept(scene, record);
      await swept(scene, record);
      scene.says.stillPayable = () => false;
      return swept(scene, record);
    },
    [['orderTaken', RECEIPT], ['payableUnknown'], ['orderNotPayable'], DELIVERED],
  ],
  [
    'a shop that cannot say, and another payment of the order that is verified then',
    async (scene) => {
      const { shop, says } = scene;
      const order = anOrder();
      const [one, two] = [await shop.started(order), await shop.started(order)];
      says.stillPayable = away;
      await shop.comesBack(one, { referenceNumber: shop.gateway.receipt(one.invoiceNumber) });
      says.stillPayable = () => true;
      shop.gateway.replies['verify-payment'].push(...SILENT, 'reset', 'reset');
      await shop.comesBack(two, { referenceNumber: 'receiptOfTheOther' });
      await swept(scene, one);
      return swept(scene, one);
    },
    [['payableUnknown', RECEIPT], ['orderTaken']],
  ],
  [
    'an order that is no longer payable',
    (scene) => {
      scene.says.stillPayable = () => false;
      return back(scene);
    },
    [['orderNotPayable', RECEIPT], DELIVERED],
  ],
  [
    'a shop that cannot say, to the end of the window',
    async (scene) => {
      scene.says.stillPayable = away;
      const record = await back(scene);
      await swept(scene, record);
      await scene.shop.sweepAfter(HOUR);
      return record;
    },
    [['payableUnknown', RECEIPT], ['windowMissed'], DELIVERED],
  ],
  [
    'a shop that can say at last',
    async (scene) => {
      scene.says.stillPayable = away;
      const record = await back(scene);
      scene.says.stillPayable = () => true;
      return swept(scene, record);
    },
    [['payableUnknown', RECEIPT], CLAIMED, CONFIRMED, DELIVERED],
  ],
];

test.each(STORIES)('%s: the history has each step once', async (_what, story, steps) => {
  const scene = await openScene();
  const { invoiceNumber } = await story(scene);
  const { history, orderId, referenceNumber } = await scene.shop.record(invoiceNumber);
  const seen = history.map(({ event, data }): Step => {
    if (data === undefined) return [event];
    return [event, data['receipt'] === referenceNumber ? { ...data, receipt: 'R' } : data];
  });
  expect(seen).toEqual([['created', { order: orderId, amount: 25_000 }], ['tokenGiven'], ...steps]);
});

test('a payment whose process died before the token came: the history says so', async () => {
  const shop = await openShop({ http: { timeout: 5_000 } });
  const token = held({ body: { status: '1', token: 'too late' } });
  shop.gateway.replies['get-token'].push(token.reply);
  const starting = shop.atipay.start(anOrder({ orderId: 'dying' })).catch((error: unknown) => error);
  while (shop.gateway.asked('get-token').length === 0) await new Promise(setImmediate);
  await shop.sweepAfter(3 * MINUTE);
  token.release();
  await starting;
  const [record] = await shop.store.findByOrder('default', 'dying');
  expect(eventsOf(record?.history ?? [])).toEqual(['created', 'tokenNeverCame', 'hookDelivered']);
});
