import type { OrderFacts, PaymentEvent } from '../../../lib/core/event';
import { decide } from '../../../lib/core/machine';
import type { PaymentRecord } from '../../../lib/core/record';
import { details } from '../../../lib/core/transitions/changes';
import { decided, free, held, LONG_AGO, NOW, paid, POLICY, recordIn } from '../machine/given';

const lastEntry = (record: PaymentRecord, event: PaymentEvent) => {
  const decision = decided(record, event);
  return decision.kind === 'changed' ? decision.record.history.at(-1) : undefined;
};

test.each<[string, PaymentRecord, PaymentEvent, object]>([
  [
    'a refused token',
    recordIn('created'),
    { on: 'tokenRefused', code: '20', description: 'no' },
    { event: 'tokenRefused', data: { code: '20', description: 'no' } },
  ],
  [
    'a buyer who failed',
    recordIn('pending'),
    { on: 'buyerFailed', reason: 'Failed', state: 'Failed', details: {} },
    { event: 'buyerFailed', data: { state: 'Failed' } },
  ],
  [
    'a hook that threw',
    paid,
    { on: 'hookThrew', held: paid, problem: 'no stock', transient: false, spread: 1 },
    { event: 'hookThrew', data: { call: 1, problem: 'no stock' } },
  ],
  [
    'a receipt whose order is free again',
    recordIn('received'),
    { on: 'orderChecked', held: recordIn('received'), order: free },
    { status: 'verifying', event: 'claimed', data: { receipt: 'Ref-1' } },
  ],
  [
    'a confirmed amount',
    held,
    { on: 'amountConfirmed', held },
    { event: 'amountConfirmed', data: { amount: 250_000, attempt: 1 } },
  ],
  [
    'another amount',
    held,
    { on: 'amountDiffers', held, amount: 1 },
    { event: 'amountDiffers', data: { amount: 1, expected: 250_000 } },
  ],
  [
    'a refusal',
    held,
    { on: 'verifyRefused', held, aboutShop: false, code: '9', description: 'no' },
    { event: 'verifyRefused', data: { attempt: 1, code: '9', description: 'no' } },
  ],
  [
    'a refusal about the shop',
    held,
    { on: 'verifyRefused', held, aboutShop: true, code: '8', description: 'IP' },
    { event: 'shopRefused', data: { attempt: 1, code: '8', description: 'IP' } },
  ],
  [
    'an attempt without an answer',
    held,
    { on: 'verifyUnanswered', held, problem: 'timeout' },
    { event: 'verifyUnanswered', data: { attempt: 1 } },
  ],
  [
    'the last attempt of the window',
    { ...held, receivedAt: LONG_AGO },
    { on: 'verifyUnanswered', held: { ...held, receivedAt: LONG_AGO }, problem: 'timeout' },
    { status: 'review', event: 'verifyTimedOut', data: { attempt: 1 } },
  ],
  [
    'a give-back',
    paid,
    { on: 'gaveBack', by: 'Sara', text: 'late', amount: 50_000, reference: '9' },
    { event: 'gaveBack', data: { amount: 50_000, reference: '9', text: 'late' } },
  ],
  [
    'a note',
    paid,
    { on: 'noted', by: 'Sara', text: 'called' },
    { event: 'noted', by: 'Sara', data: { text: 'called' } },
  ],
  [
    'an attempt whose process ended',
    recordIn('verifying', { leaseUntil: NOW - 1 }),
    { on: 'due', held: recordIn('verifying'), mayVerify: true },
    { event: 'verifyLost', data: { attempt: 1 } },
  ],
  [
    'a call whose process ended',
    recordIn('paid', { leaseUntil: NOW - 1 }),
    { on: 'due', held: paid, mayVerify: true },
    { event: 'hookLost', data: { call: 1 } },
  ],
])('%s is in the history', (_what, record, event, entry) => {
  expect(lastEntry(record, event)).toMatchObject(entry);
});

test('an attempt that follows on schedule is no entry of the history', () => {
  const record = recordIn('verifying');
  expect(lastEntry(record, { on: 'due', held: record, mayVerify: true })).toEqual(record.history.at(-1));
});

test('a wait that is repeated is one entry of the history', () => {
  const waits = (order: OrderFacts): PaymentEvent => ({
    on: 'orderChecked',
    held: recordIn('received'),
    order,
  });
  const taken = waits({ holder: 'verifying', payable: null });
  const unknown = waits({ holder: null, payable: null });
  const entries = [taken, taken, unknown, unknown, taken].reduce((record, event) => {
    const decision = decided({ ...record, nextVerifyAt: NOW - 1, dueAt: NOW - 1 }, event);
    return decision.kind === 'changed' ? decision.record : record;
  }, recordIn('received'));
  expect(entries.history.map(({ event }) => event)).toEqual([
    'created',
    'orderTaken',
    'payableUnknown',
    'orderTaken',
  ]);
});

test('a purge takes personal data', () => {
  const personal = {
    token: 'token',
    maskedPan: '6037 **** 1234',
    cardEnd: '1234',
    cellNumber: '09121234567',
  };
  const delivered = { ...paid, ...personal, hookDeliveredAt: NOW };
  expect(decide(delivered, { on: 'purged', by: 'Reza' }, POLICY, NOW)).toMatchObject({
    record: {
      cellNumber: null,
      description: null,
      metadata: null,
      settlement: null,
      maskedPan: null,
      cardEnd: null,
      token: null,
    },
  });
});

test('a purge leaves who acted in the history, and takes the words', () => {
  const noted = decide(paid, { on: 'noted', by: 'Sara', text: 'Mr. Karimi called' }, POLICY, NOW);
  const delivered = { ...(noted.kind === 'changed' ? noted.record : paid), hookDeliveredAt: NOW };
  const purged = decide(delivered, { on: 'purged', by: 'Reza' }, POLICY, NOW);
  expect(purged.kind === 'changed' && purged.record.history.slice(1)).toStrictEqual([
    { at: NOW, status: 'paid', event: 'noted', by: 'Sara' },
    { at: NOW, status: 'paid', event: 'purged', by: 'Reza' },
  ]);
});

test('details leave out what is missing or empty, and keep a zero', () => {
  expect(details({ code: undefined, description: null, problem: '', attempt: 0 })).toStrictEqual({
    attempt: 0,
  });
});
