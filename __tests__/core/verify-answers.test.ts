import { answerEvent, type VerifyAnswerLike } from '../../lib/core/answer';
import { decide, type Decision } from '../../lib/core/machine';
import type { PaymentRecord } from '../../lib/core/record';
import { aPolicy, aVerifying, NOW } from '../support/record';

const MINUTE = 60_000;
const policy = aPolicy();
const WINDOW_END = NOW + policy.verifyWindowMs;

const SILENCE: VerifyAnswerLike = { kind: 'unanswered', error: new Error('HTTP status 404') };
const CONFIRMED: VerifyAnswerLike = { kind: 'amount', amount: 250_000 };
const refused = (aboutShop: boolean): VerifyAnswerLike => ({
  kind: 'refused',
  aboutShop,
  code: '-1',
  description: 'no',
});

const decideOn = (answer: VerifyAnswerLike, record: PaymentRecord, now: number): Decision =>
  decide(record, answerEvent(answer, record), policy, now);

/** The record after an answer to the attempt under way; fails the test where nothing changes. */
function after(answer: VerifyAnswerLike, record: PaymentRecord, now = NOW): PaymentRecord {
  const decision = decideOn(answer, record, now);
  if (decision.kind === 'unchanged') throw new Error('Nothing changed.');
  return decision.record;
}

/** The next attempt, as a sweep makes it once it is due. */
function attempt(record: PaymentRecord, now: number): PaymentRecord {
  const decision = decide(record, { on: 'due', held: record, mayVerify: true }, policy, now);
  if (decision.kind === 'unchanged') throw new Error('No attempt was due.');
  return decision.record;
}

describe('no answer to verify-payment', () => {
  test('once: the payment is asked about again half a minute later, and the amount makes it paid', () => {
    const waiting = after(SILENCE, aVerifying());
    expect(waiting).toMatchObject({ status: 'verifying', leaseUntil: null, dueAt: NOW + 30_000 });
    const again = attempt(waiting, NOW + 30_000);
    expect(again).toMatchObject({ verifyAttempts: 2, leaseUntil: NOW + 30_000 + policy.leaseMs });
    expect(after(CONFIRMED, again)).toMatchObject({ status: 'paid', orderKey: 'A-1' });
  });

  test('to the end of the window is a review, which is asked about hourly', () => {
    expect(after(SILENCE, aVerifying(), WINDOW_END)).toMatchObject({
      status: 'review',
      failureReason: 'VerificationTimedOut',
      nextVerifyAt: WINDOW_END + 60 * MINUTE,
    });
  });

  test('a moment before that is not', () => {
    expect(after(SILENCE, aVerifying(), WINDOW_END - 1)).toMatchObject({ status: 'verifying' });
  });

  test('and a refusal then may hide that the money was taken: review', () => {
    const again = attempt(after(SILENCE, aVerifying()), NOW + 30_000);
    expect(after(refused(false), again)).toMatchObject({
      status: 'review',
      failureReason: 'VerificationUnclear',
    });
  });
});

describe('a refusal about the shop (key, IP address, terminal)', () => {
  test('fails nothing: it is reported, counted and asked again', () => {
    const decision = decideOn(refused(true), aVerifying(), NOW);
    expect(decision.effects).toEqual(['reportRefusal']);
    expect(decision).toMatchObject({
      record: { status: 'verifying', shopRefusals: 1, leaseUntil: null, dueAt: NOW + 30_000 },
    });
  });

  test('and the amount once the shop is set up right makes it paid', () => {
    const again = attempt(after(refused(true), aVerifying()), NOW + 30_000);
    expect(after(CONFIRMED, again)).toMatchObject({ status: 'paid', verifyAttempts: 2 });
  });

  test('and nothing else until the window ends fails it: no attempt went unanswered', () => {
    const again = attempt(after(refused(true), aVerifying()), WINDOW_END);
    const decision = decideOn(refused(true), again, WINDOW_END);
    expect(decision).toMatchObject({ record: { status: 'failed', failureReason: 'VerificationRefused' } });
    expect(decision.effects).toEqual(['reportRefusal', 'hook']);
  });

  test('hides no silence: with one attempt unanswered, the end of the window is a review', () => {
    const silent = attempt(after(SILENCE, aVerifying()), NOW + 30_000);
    const again = attempt(after(refused(true), silent, NOW + MINUTE), WINDOW_END);
    expect(after(refused(true), again, WINDOW_END)).toMatchObject({
      status: 'review',
      failureReason: 'VerificationUnclear',
    });
  });

  test('before a refusal of the receipt leaves that one clear: failed', () => {
    const again = attempt(after(refused(true), aVerifying()), NOW + 30_000);
    expect(after(refused(false), again)).toMatchObject({
      status: 'failed',
      failureReason: 'VerificationRefused',
    });
  });

  test('of a review that timed out leaves it asked about hourly', () => {
    const review = after(SILENCE, aVerifying(), WINDOW_END);
    const again = attempt(
      { ...review, hookDeliveredAt: NOW, leaseUntil: null, dueAt: NOW },
      WINDOW_END + 60 * MINUTE,
    );
    expect(after(refused(true), again, WINDOW_END + 60 * MINUTE)).toMatchObject({
      status: 'review',
      failureReason: 'VerificationTimedOut',
      shopRefusals: 1,
      nextVerifyAt: WINDOW_END + 120 * MINUTE,
    });
  });
});

describe('an amount', () => {
  test.each([249_999, 250_001, 2_500_000, 0.5])(
    'of %d Rials instead of 250,000 is for a person',
    (amount) => {
      expect(after({ kind: 'amount', amount }, aVerifying())).toMatchObject({
        status: 'review',
        failureReason: 'AmountMismatch',
      });
    },
  );

  test.each<PaymentRecord['status']>(['created', 'pending', 'received', 'review'])(
    'that is equal makes a row paid that went back to %s, with the fields seen stored',
    (status) => {
      const held = aVerifying({ verifyAttempts: 3, maskedPan: '603799******1234' });
      const row = {
        ...held,
        status,
        orderKey: null,
        verifyAttempts: 0,
        referenceNumber: null,
        receiptKey: null,
      };
      const decision = decide(row, answerEvent(CONFIRMED, held), policy, NOW);
      expect(decision).toMatchObject({
        effects: ['hook'],
        record: {
          status: 'paid',
          orderKey: 'A-1',
          referenceNumber: 'Receipt/1',
          receiptKey: 'receipt/1',
          maskedPan: '603799******1234',
          verifyAttempts: 3,
        },
      });
    },
  );

  test.each<[string, Partial<PaymentRecord>]>([
    ['that is failed', { status: 'failed', orderKey: null }],
    ['that has another receipt', { receiptKey: 'another', referenceNumber: 'Another' }],
    ['that is paid with another receipt', { status: 'paid', receiptKey: 'another' }],
  ])('that is equal is an error and late on a row %s', (_what, changes) => {
    const held = aVerifying();
    expect(decide({ ...held, ...changes }, answerEvent(CONFIRMED, held), policy, NOW)).toEqual({
      kind: 'unchanged',
      effects: ['reportLost', 'reportLate'],
    });
  });
});
