import { BLANK } from '../../lib/core/new-payment';
import { makePolicy, type Policy, type PolicySettings } from '../../lib/core/policy';
import type { PaymentRecord } from '../../lib/core/record';

const MINUTE = 60_000;

/** A pending payment with these changes, in the clock of {@link NOW}. */
export const aRecord = (changes: Partial<PaymentRecord> = {}): PaymentRecord => ({
  ...BLANK,
  invoiceNumber: '17000000000000000001',
  account: 'default',
  orderId: 'A-1',
  origin: 'https://shop.example',
  status: 'pending',
  version: 77_001,
  amount: 250_000,
  cellNumber: '09123456789',
  description: 'a book',
  metadata: { cart: [5] },
  returnKey: 'secret-return-key',
  token: 'secret-token',
  createdAt: NOW - MINUTE,
  updatedAt: NOW - MINUTE,
  dueAt: NOW + 59 * MINUTE,
  expiresAt: NOW + 59 * MINUTE,
  history: [{ at: NOW - MINUTE, status: 'created', event: 'created' }],
  ...changes,
});

/** The time at which the records of {@link aRecord} are looked at. */
export const NOW = Date.UTC(2026, 0, 1, 8);

/** A payment whose receipt has come, and whose first attempt is under way. */
export const aVerifying = (changes: Partial<PaymentRecord> = {}): PaymentRecord =>
  aRecord({
    status: 'verifying',
    referenceNumber: 'Receipt/1',
    receiptKey: 'receipt/1',
    orderKey: 'A-1',
    receivedAt: NOW,
    expiresAt: null,
    nextVerifyAt: NOW,
    leaseUntil: NOW + 2 * MINUTE,
    dueAt: NOW + 2 * MINUTE,
    verifyAttempts: 1,
    ...changes,
  });

/** The policy of a shop that has every hook. */
export const aPolicy = (settings: Partial<PolicySettings> = {}): Policy =>
  makePolicy({
    verifyWindowMs: 30 * MINUTE,
    pendingTimeoutMs: 60 * MINUTE,
    hookTimeoutMs: MINUTE,
    callTimeoutMs: 10_000,
    sweepEveryMs: 30_000,
    concurrency: 10,
    hooks: { paid: 'now', failed: 'now', review: 'now' },
    ...settings,
  });
