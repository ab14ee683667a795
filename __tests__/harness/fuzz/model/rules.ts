import type { PaymentRecord, PaymentStatus } from 'express-atipay';
import type { Action } from './actions';
import { FORGED } from './actions';
import { at } from './callback';
import { byHand } from './witness';
import type { World } from './world';

const HOLDING: ReadonlySet<PaymentStatus> = new Set<PaymentStatus>(['verifying', 'paid', 'review']);
const DECIDED: ReadonlySet<PaymentStatus> = new Set<PaymentStatus>(['paid', 'failed', 'review']);

/** The rules as they can be read off the store, the gateway's ledger and the shop's prices, after every command. */
export function* brokenRules<Tx>(world: World<Tx>, before: Rows, after: Rows): Generator<string> {
  for (const row of after) {
    yield* money(world, row);
    yield* standing(
      row,
      before.find(({ invoiceNumber }) => invoiceNumber === row.invoiceNumber),
    );
    yield* neighbours(row, after);
  }
}

type Rows = readonly PaymentRecord[];

/** Rules 1, 5 and 7. */
function* money<Tx>(world: World<Tx>, row: PaymentRecord): Generator<string> {
  const { bank, orders } = world;
  const wanted = world.price(orders.get(row.invoiceNumber) ?? NaN);
  if (row.amount !== wanted) yield `rule 7: ${row.amount} Rials, the shop wanted ${wanted}`;
  const deposit = bank.deposits.get(row.referenceNumber ?? '');
  if (row.status === 'paid' && !byHand(row) && !deposit?.answers.includes(wanted))
    yield 'rule 1: paid, and the gateway never answered its amount';
  if (row.status === 'paid' && !byHand(row) && deposit?.rials !== wanted)
    yield `rule 1: paid with ${deposit?.rials ?? 0} Rials instead of ${wanted}`;
  if (row.status !== 'failed' || byHand(row)) return;
  if (deposit?.kept === true) yield 'rule 5: failed, and the gateway keeps its money';
  if (row.failureReason === 'VerificationRefused' && deposit?.answers.includes(undefined))
    yield 'rule 5: failed by a refusal although an attempt went unanswered';
}

/** Final statuses stay, receipts are kept, and pending work is due. */
function* standing(row: PaymentRecord, before: PaymentRecord | undefined): Generator<string> {
  if (before && ['paid', 'failed'].includes(before.status) && row.status !== before.status)
    yield `final: ${before.status} became ${row.status}`;
  if (before?.referenceNumber && row.referenceNumber !== before.referenceNumber)
    yield 'rule 2: a payment has changed its receipt';
  const owing = !DECIDED.has(row.status) || row.hookDeliveredAt === null;
  if (owing && row.dueAt === null) yield `rule 6: ${row.status}, and nobody will ever look at it`;
}

/** Rules 2 and 3. */
function* neighbours(row: PaymentRecord, rows: Rows): Generator<string> {
  for (const other of rows) {
    if (other === row) continue;
    if (row.referenceNumber !== null && other.referenceNumber === row.referenceNumber)
      yield `rule 2: two payments have receipt ${row.referenceNumber}`;
    if (other.orderId === row.orderId && HOLDING.has(row.status) && HOLDING.has(other.status))
      yield `rule 3: one order, one payment ${row.status} and one ${other.status}`;
  }
}

/** The required outcome of a single undisturbed callback: the event table. */
export function* wrongOutcome<Tx>(
  world: World<Tx>,
  action: Action,
  before: Rows,
  after: Rows,
): Generator<string> {
  if (action.do !== 'callback') return;
  const row = at(before, action.payment);
  const now = after.find(({ invoiceNumber }) => invoiceNumber === row?.invoiceNumber);
  if (!row || !now) return;
  if (FORGED.has(action.says) || row.status !== 'pending') {
    if (JSON.stringify(before) !== JSON.stringify(after))
      yield `rule 4: "${action.says}" changed a payment that was ${row.status} to ${now.status}`;
  } else yield* decided(world, action.says, row, now, before);
}

function* decided<Tx>(
  { words, orders }: World<Tx>,
  says: string,
  row: PaymentRecord,
  now: PaymentRecord,
  before: Rows,
): Generator<string> {
  const failure = FAILURES[says];
  if (failure !== undefined) {
    if (now.failureReason !== failure || now.status !== 'failed')
      yield `"${says}" on a pending payment came to ${now.status}`;
    return;
  }
  const taken = before.some((other) => other.orderId === row.orderId && HOLDING.has(other.status));
  const word = words[orders.get(row.invoiceNumber) ?? 0];
  if (says !== 'its receipt' || taken || now.referenceNumber === null) return;
  if (word === 'no' && now.status !== 'failed') yield `rule 7: not payable, and ${now.status}`;
  if (word === 'throws' && now.status !== 'received')
    yield `rule 7: no word from the shop, and ${now.status}`;
}

const FAILURES: Record<string, string> = {
  CanceledByUser: 'CanceledByUser',
  Failed: 'Failed',
  'Failed without an invoice': 'Failed',
};
