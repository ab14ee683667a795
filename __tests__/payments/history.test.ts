import type { PaymentRecord } from 'express-atipay';
import { openShop } from '../support/opened';
import { held, type Reply } from '../support/scripted-gateway';
import { anOrder, HOUR, MINUTE, type Shop } from '../support/shop';

/** A shop and what it says of an order, which a test may change. */
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
  const first = shop.comesBack(one, { referenceNumber: 'receipt of the first' });
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

const ASKED = 'the buyer is back with receipt R; verify-payment is asked';
const SILENT: Reply[] = ['reset', 'reset', 'reset'];
const TOLD = 'the shop was told';
const CANNOT_SAY = 'the shop could not say whether the order is still payable';
const TAKEN = 'the order is taken by another payment';

const STORIES: [what: string, story: (scene: Scene) => Promise<PaymentRecord>, notes: string[]][] = [
  [
    'the right amount',
    (scene) => back(scene),
    [ASKED, 'verify-payment answered 25000 Rials, as expected', TOLD],
  ],
  [
    'another amount',
    (scene) => back(scene, [{ body: { amount: 24_999 } }]),
    [ASKED, 'verify-payment answered 24999 Rials instead of 25000', TOLD],
  ],
  [
    'a refusal with a code and words',
    (scene) => back(scene, [{ body: { errorCode: '-2', faMessage: 'no such receipt' } }]),
    [ASKED, 'verify-payment refused (-2): no such receipt', TOLD],
  ],
  ['a refusal with a code', (scene) => back(scene, [REFUSAL]), [ASKED, 'verify-payment refused (-2)', TOLD]],
  [
    'a refusal with words',
    (scene) => back(scene, [{ body: { faMessage: 'no such receipt' } }]),
    [ASKED, 'verify-payment refused: no such receipt', TOLD],
  ],
  [
    'a refusal without a reason',
    (scene) => back(scene, [{ body: {} }]),
    [ASKED, 'verify-payment refused', TOLD],
  ],
  [
    'a refusal after silence',
    async (scene) => {
      const record = await back(scene, [...SILENT, REFUSAL]);
      await scene.shop.sweepAfter(MINUTE);
      return record;
    },
    [
      ASKED,
      'no answer to verify-payment (ask 3); asked again later',
      'verify-payment refused (-2); but an earlier ask went unanswered and may have taken the money',
      TOLD,
    ],
  ],
  [
    'silence to the end of the window',
    async (scene) => {
      const record = await back(scene, [...SILENT, 'reset']);
      await scene.shop.sweepAfter(HOUR);
      return record;
    },
    [
      ASKED,
      'no answer to verify-payment (ask 3); asked again later',
      'no answer to verify-payment in its window',
      TOLD,
    ],
  ],
  [
    'a buyer who does not come back',
    async ({ shop }) => {
      const record = await shop.started();
      await shop.sweepAfter(HOUR);
      return record;
    },
    ['the buyer did not come back in time', TOLD],
  ],
  [
    'an order that is paid already',
    (scene) => second(scene, { body: { amount: 25_000 } }).then((record) => swept(scene, record)),
    [
      `the buyer is back with receipt R; ${TAKEN}`,
      'never verified: another payment of the order is paid',
      'the shop is not told: another payment of the order is under way or paid',
    ],
  ],
  [
    'an order whose other payment is in review',
    (scene) => second(scene, { body: { amount: 1 } }).then((record) => swept(scene, record)),
    [
      `the buyer is back with receipt R; ${TAKEN}`,
      'never verified: another payment of the order is in review',
      'the shop is not told: another payment of the order is under way or paid',
    ],
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
    [
      `the buyer is back with receipt R; ${TAKEN}`,
      CANNOT_SAY,
      'never verified: the shop says the order is no longer payable',
      TOLD,
    ],
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
      await shop.comesBack(two, { referenceNumber: 'receipt of the other' });
      await swept(scene, one);
      return swept(scene, one);
    },
    [`the buyer is back with receipt R; ${CANNOT_SAY}`, TAKEN],
  ],
  [
    'an order that is no longer payable',
    (scene) => {
      scene.says.stillPayable = () => false;
      return back(scene);
    },
    ['receipt R is never verified: the shop says the order is no longer payable', TOLD],
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
    [`the buyer is back with receipt R; ${CANNOT_SAY}`, 'never verified: its window is over', TOLD],
  ],
  [
    'a shop that can say at last',
    async (scene) => {
      scene.says.stillPayable = away;
      const record = await back(scene);
      scene.says.stillPayable = () => true;
      return swept(scene, record);
    },
    [
      `the buyer is back with receipt R; ${CANNOT_SAY}`,
      ASKED,
      'verify-payment answered 25000 Rials, as expected',
      TOLD,
    ],
  ],
];

test.each(STORIES)('%s: the history tells each step once', async (_what, story, notes) => {
  const scene = await openScene();
  const { invoiceNumber } = await story(scene);
  const { history, orderId, referenceNumber } = await scene.shop.record(invoiceNumber);
  expect(history.map(({ note }) => note.replace(`receipt ${String(referenceNumber)}`, 'receipt R'))).toEqual([
    `order ${orderId}: 25000 Rials to pay`,
    'the gateway gave a token',
    ...notes,
  ]);
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
  expect(record?.history.map(({ note }) => note)).toEqual([
    'order dying: 25000 Rials to pay',
    'no token came: the process that asked for it is gone',
    TOLD,
  ]);
});
