import type { PaymentRecord } from 'express-atipay';
import { openShop } from '../support/opened';
import { MINUTE, type Shop } from '../support/shop';
import { strayIn, watched } from './transitions/checked';
import { MemoryPaymentStore } from 'express-atipay';

interface Seen {
  shop: Shop;
  moves: { before: PaymentRecord; after: PaymentRecord }[];
  strays: string[];
}

async function watchedShop(): Promise<Seen> {
  const seen: Pick<Seen, 'moves' | 'strays'> = { moves: [], strays: [] };
  const store = watched(new MemoryPaymentStore({ quiet: true }), {
    onTransition: (before, after) => seen.moves.push({ before, after }),
    onStray: (stray) => seen.strays.push(stray),
  });
  return { shop: await openShop({ store }), ...seen };
}

/** A payment from its order to its hook, one that is asked about again and again, and one in review that a person decides on. */
async function lives({ shop }: Seen): Promise<void> {
  const paid = await shop.started();
  await shop.comesBack(paid, { referenceNumber: shop.gateway.receipt(paid.invoiceNumber) });
  await shop.atipay.note(paid.invoiceNumber, 'Sara', 'sent by post');
  await shop.started();
  const { invoiceNumber } = await shop.timedOut();
  await shop.sweepAfter(3 * MINUTE);
  await shop.atipay.resolve(invoiceNumber, 'paid', 'seen on the statement', 'Sara');
}

test('every transition of a shop has its row in the table', async () => {
  const seen = await watchedShop();
  await lives(seen);
  expect(seen.strays).toEqual([]);
  const statuses = new Set(seen.moves.map(({ before, after }) => `${before.status} ${after.status}`));
  expect([...statuses]).toEqual(
    expect.arrayContaining([
      'created pending',
      'pending verifying',
      'verifying paid',
      'verifying review',
      'review paid',
    ]),
  );
});

type Spoil = (after: PaymentRecord, before: PaymentRecord) => Partial<PaymentRecord>;

test.each<[what: string, spoil: Spoil]>([
  ['another status', () => ({ status: 'received' })],
  ['no order key', () => ({ orderKey: null })],
  ['another receipt', () => ({ receiptKey: 'another', referenceNumber: 'another' })],
  ['a receipt that is not folded', ({ referenceNumber }) => ({ receiptKey: `${referenceNumber}=` })],
  ['an attempt that is not counted', () => ({ verifyAttempts: 0 })],
  ['more refusals than attempts', () => ({ shopRefusals: 9 })],
  ['another amount', ({ amount }) => ({ amount: amount + 1 })],
  ['a reason', () => ({ failureReason: 'Abandoned' })],
  ['no history', (_after, { history }) => ({ history })],
  [
    'a history of something else',
    ({ history }) => ({ history: [...history.slice(0, -1), history[0]].flatMap((entry) => entry ?? []) }),
  ],
  ['a history rewritten', ({ history }) => ({ history: history.slice(1) })],
  ['no due date', () => ({ dueAt: null })],
  ['no time of its verification', () => ({ verifiedAt: null })],
  ['the version it was read with', (_after, { version }) => ({ version })],
  ['a hook that was applied before', ({ updatedAt }) => ({ hookAppliedAt: updatedAt })],
])('that a payment becomes paid is not in the table with %s', async (_what, spoil) => {
  const seen = await watchedShop();
  await lives(seen);
  const move = seen.moves.find(
    ({ before, after }) => before.status === 'verifying' && after.status === 'paid',
  );
  expect(move).toBeDefined();
  if (!move) return;
  const { before, after } = move;
  expect(strayIn(before, after)).toBeUndefined();
  expect(strayIn(before, { ...after, ...spoil(after, before) })).toMatch(/^verifying → /);
});

test('a note changes nothing but the history', async () => {
  const seen = await watchedShop();
  await lives(seen);
  const move = seen.moves.find(({ after }) => after.history.at(-1)?.event === 'noted');
  expect(move && strayIn(move.before, { ...move.after, leaseUntil: 1, dueAt: 1 })).toContain(
    'no row of the table',
  );
});

test('a payment does not begin in the middle', async () => {
  const { shop, strays } = await watchedShop();
  const record = await shop.started();
  await shop.store.insert({ ...record, invoiceNumber: '1'.repeat(20) });
  expect(strays).toEqual(['new, pending: not created']);
});
