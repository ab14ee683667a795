import type { Effect, PaymentEvent } from '../../../lib/core/event';
import type { HistoryEvent, PaymentRecord, PaymentStatus } from '../../../lib/core/record';
import { decided, free, held, LONG_AGO, NOW, paid, receipt, recordIn } from '../machine/given';

/** An event on a record: the next status, the new entry of the history, and the effects. */
type Step = [PaymentRecord, PaymentEvent, PaymentStatus, HistoryEvent | null, Effect[]];

const created = recordIn('created');
const pending = recordIn('pending');
const received = recordIn('received');
const review = recordIn('review');
const holder = (status: PaymentStatus | null, payable: boolean | null = true) => ({
  holder: status,
  payable,
});
const buyerPaid = (order = free as ReturnType<typeof holder>): PaymentEvent => ({
  on: 'buyerPaid',
  receipt,
  order,
});
const checked = (order = free as ReturnType<typeof holder>, of = received): PaymentEvent => ({
  on: 'orderChecked',
  held: of,
  order,
});
const refused = (aboutShop: boolean, of = held): PaymentEvent => ({
  on: 'verifyRefused',
  held: of,
  aboutShop,
  code: '9',
  description: undefined,
});
const due = (of: PaymentRecord): PaymentEvent => ({ on: 'due', held: of, mayVerify: true });
const threw = (of: PaymentRecord, transient: boolean): PaymentEvent => ({
  on: 'hookThrew',
  held: of,
  problem: 'no stock',
  transient,
  spread: 1,
});
const returned = (of: PaymentRecord, applied = false): PaymentEvent => ({
  on: 'hookReturned',
  held: of,
  applied,
});
const by = { by: 'Sara', text: 'seen' };

const BEGIN: Step[] = [
  [created, { on: 'tokenGiven', token: 'T' }, 'pending', 'tokenGiven', []],
  [created, { on: 'tokenRefused', code: '20', description: 'no' }, 'failed', 'tokenRefused', ['hook']],
  [created, { on: 'tokenUnanswered', problem: 'timeout' }, 'failed', 'tokenUnanswered', ['hook']],
  [recordIn('created', { expiresAt: NOW }), due(created), 'failed', 'tokenNeverCame', ['hook']],
  [recordIn('pending', { expiresAt: NOW }), due(pending), 'failed', 'buyerNeverReturned', ['hook']],
  [
    pending,
    { on: 'buyerFailed', reason: 'Failed', state: 'Failed', details: {} },
    'failed',
    'buyerFailed',
    ['hook'],
  ],
];

const RECEIPT: Step[] = [
  [created, buyerPaid(), 'created', null, ['reportTooEarly']],
  [pending, buyerPaid(holder('paid')), 'failed', 'orderPaid', ['hook']],
  [pending, buyerPaid(holder('review')), 'failed', 'orderInReview', ['hook']],
  [pending, buyerPaid(holder('verifying')), 'received', 'orderTaken', []],
  [pending, buyerPaid(holder(null, false)), 'failed', 'orderNotPayable', ['hook']],
  [pending, buyerPaid(holder(null, null)), 'received', 'payableUnknown', []],
  [pending, buyerPaid(), 'verifying', 'claimed', ['verify']],
  [held, buyerPaid(), 'verifying', null, ['reportLate']],
  [recordIn('failed'), buyerPaid(), 'failed', null, ['reportLate']],
  [pending, { on: 'orderTaken', during: buyerPaid() }, 'received', 'orderTaken', []],
  [received, { on: 'orderTaken', during: checked() }, 'received', 'orderTaken', []],
  [pending, { on: 'receiptTaken', during: buyerPaid() }, 'pending', null, ['reportReplay']],
  [received, checked(holder('paid')), 'failed', 'orderPaid', ['hook']],
  [received, checked(holder('review')), 'failed', 'orderInReview', ['hook']],
  [received, checked(holder('verifying')), 'received', 'orderTaken', []],
  [received, checked(holder(null, false)), 'failed', 'orderNotPayable', ['hook']],
  [received, checked(holder(null, null)), 'received', 'payableUnknown', []],
  [received, checked(), 'verifying', 'claimed', ['verify']],
  [{ ...received, receivedAt: LONG_AGO }, checked(), 'failed', 'windowMissed', ['hook']],
  [recordIn('received', { nextVerifyAt: NOW + 1 }), checked(holder('paid')), 'received', null, []],
];

const asked = recordIn('review', { nextHookAt: null, hookDeliveredAt: NOW - 1, nextVerifyAt: NOW - 1 });
const old = { ...held, receivedAt: LONG_AGO };
const twice = recordIn('verifying', { verifyAttempts: 2 });

const VERIFY: Step[] = [
  [held, { on: 'verifyRepeated', held }, 'verifying', null, ['verify']],
  [held, due(held), 'verifying', null, ['verify']],
  [recordIn('verifying', { leaseUntil: NOW }), due(held), 'verifying', 'verifyLost', ['verify']],
  [asked, due(asked), 'review', null, ['verify']],
  [held, { on: 'amountConfirmed', held }, 'paid', 'amountConfirmed', ['hook']],
  [asked, { on: 'amountConfirmed', held: asked }, 'paid', 'amountConfirmed', ['hook']],
  [paid, { on: 'amountConfirmed', held }, 'paid', null, []],
  [recordIn('failed'), { on: 'amountConfirmed', held }, 'failed', null, ['reportLost', 'reportLate']],
  [held, { on: 'amountDiffers', held, amount: 1 }, 'review', 'amountDiffers', ['hook']],
  [asked, { on: 'amountDiffers', held: asked, amount: 1 }, 'review', 'amountDiffers', []],
  [
    recordIn('failed'),
    { on: 'amountDiffers', held, amount: 1 },
    'failed',
    null,
    ['reportLost', 'reportLate'],
  ],
  [held, refused(true), 'verifying', 'shopRefused', ['reportRefusal']],
  [old, refused(true, old), 'failed', 'verifyRefused', ['reportRefusal', 'hook']],
  [twice, refused(false, twice), 'review', 'verifyRefused', ['reportRefusal', 'hook']],
  [held, refused(false), 'failed', 'verifyRefused', ['reportRefusal', 'hook']],
  [asked, refused(true, asked), 'review', 'shopRefused', ['reportRefusal']],
  [asked, refused(false, asked), 'review', 'verifyRefused', ['reportRefusal']],
  [
    recordIn('review', { failureReason: 'AmountMismatch' }),
    refused(false, asked),
    'review',
    null,
    ['reportRefusal'],
  ],
  [old, { on: 'verifyUnanswered', held: old, problem: '' }, 'review', 'verifyTimedOut', ['hook']],
  [held, { on: 'verifyUnanswered', held, problem: '' }, 'verifying', 'verifyUnanswered', []],
  [created, { on: 'verifyUnanswered', held, problem: '' }, 'verifying', 'verifyUnanswered', []],
  [pending, { on: 'verifyUnanswered', held, problem: '' }, 'verifying', 'verifyUnanswered', []],
  [received, { on: 'verifyUnanswered', held, problem: '' }, 'verifying', 'verifyUnanswered', []],
];

const marked = recordIn('paid', { hookAppliedAt: NOW - 1 });

const HOOKS: Step[] = [
  [paid, due(paid), 'paid', null, ['hook']],
  [recordIn('paid', { leaseUntil: NOW }), due(paid), 'paid', 'hookLost', ['hook']],
  [paid, { on: 'hookApplied', held: paid }, 'paid', null, []],
  [paid, returned(paid), 'paid', 'hookDelivered', []],
  [paid, returned(marked), 'paid', 'hookUndone', []],
  [received, returned(paid), 'paid', 'hookUndone', ['hook']],
  [recordIn('failed'), returned(paid), 'failed', null, ['reportLost', 'reportLate']],
  [paid, threw(paid, true), 'paid', 'hookThrew', ['hook']],
  [paid, threw(paid, false), 'paid', 'hookThrew', []],
  [recordIn('failed'), { on: 'hookNotOwed', held: recordIn('failed') }, 'failed', 'hookSkipped', []],
];

const STAFF: Step[] = [
  [review, { on: 'resolved', ...by, outcome: 'paid' }, 'paid', 'resolved', ['hook']],
  [review, { on: 'resolved', ...by, outcome: 'failed' }, 'failed', 'resolved', ['hook']],
  [held, { on: 'retried', by: 'Sara' }, 'verifying', 'retried', ['verify']],
  [received, { on: 'retried', by: 'Sara' }, 'received', 'retried', []],
  [paid, { on: 'retried', by: 'Sara' }, 'paid', 'retried', ['hook']],
  [recordIn('failed'), { on: 'retried', by: 'Sara' }, 'failed', 'retried', ['hook']],
  [review, { on: 'retried', by: 'Sara' }, 'review', 'retried', ['hook']],
  [asked, { on: 'retried', by: 'Sara' }, 'review', 'retried', ['verify']],
  [paid, { on: 'noted', ...by }, 'paid', 'noted', []],
  [paid, { on: 'gaveBack', ...by, amount: 1, reference: '9' }, 'paid', 'gaveBack', []],
  [recordIn('paid', { hookDeliveredAt: NOW }), { on: 'purged', by: 'Sara' }, 'paid', 'purged', []],
];

const described = (steps: Step[]): [string, ...Step][] =>
  steps.map((step) => [`${step[1].on} in ${step[0].status}`, ...step]);

test.each([BEGIN, RECEIPT, VERIFY, HOOKS, STAFF].flatMap(described))(
  '%s',
  (_name, record, event, status, entry, effects) => {
    const decision = decided(record, event);
    const next = decision.kind === 'changed' ? decision.record : record;
    const added = next.history.slice(record.history.length).map((one) => one.event);
    expect({ status: next.status, added, effects: decision.effects }).toEqual({
      status,
      added: entry === null ? [] : [entry],
      effects,
    });
  },
);

test.each<[PaymentRecord, PaymentEvent, string]>([
  [recordIn('review', { leaseUntil: NOW + 1 }), { on: 'resolved', ...by, outcome: 'paid' }, 'leased'],
  [held, { on: 'resolved', ...by, outcome: 'paid' }, 'notInReview'],
  [recordIn('verifying', { leaseUntil: NOW + 1 }), { on: 'retried', by: 'Sara' }, 'leased'],
  [pending, { on: 'retried', by: 'Sara' }, 'nothingPending'],
  [held, { on: 'gaveBack', ...by, amount: 1, reference: '9' }, 'notGivenBack'],
  [
    recordIn('failed', { receiptKey: null, referenceNumber: null }),
    { on: 'gaveBack', ...by, amount: 1, reference: '9' },
    'notGivenBack',
  ],
  [paid, { on: 'gaveBack', ...by, amount: 250_001, reference: '9' }, 'exceedsAmount'],
  [held, { on: 'purged', by: 'Sara' }, 'notPurgeable'],
  [paid, { on: 'purged', by: 'Sara' }, 'notPurgeable'],
])('%# an act that does not fit is refused', (record, event, why) => {
  expect(decided(record, event)).toEqual({ kind: 'unchanged', effects: [], refused: why });
});
