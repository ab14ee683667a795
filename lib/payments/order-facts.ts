import type { OrderFacts } from '../core/event';
import { windowEnd } from '../core/policy';
import type { PaymentRecord, PaymentStatus } from '../core/record';
import { ALIVE, HOLDING } from '../core/statuses';
import { shopPayment, type Context } from './context';
import { limited } from '../time-limit';

/**
 * Reads the facts of an order for a payment with a receipt: its holder, unless that was read with the payment, and
 * whether the shop still wants it paid.
 */
export async function readOrderFacts(
  context: Context,
  record: PaymentRecord,
  known?: PaymentStatus | null,
): Promise<OrderFacts> {
  const holder = known === undefined ? await holderOf(context, record) : known;
  if (holder !== null || waitsTooLong(context, record)) return { holder, payable: null };
  return { holder, payable: await askShop(context, record) };
}

/** A payment that waits with its receipt is not verified after its window. One that has just got it is in time. */
const waitsTooLong = ({ policy, settings }: Context, record: PaymentRecord): boolean =>
  windowEnd(record, policy) <= settings.now();

/** The status of the payment that holds the order, if one does. */
async function holderOf(
  { store }: Context,
  { account, orderId }: PaymentRecord,
): Promise<PaymentStatus | null> {
  const [holder] = await store.findByOrder(account, orderId, { statuses: HOLDING, limit: 1 });
  return holder?.status ?? null;
}

/** Whether the order of a failed payment has another one that is, or may still be, the one that pays it. */
export async function orderIsAlive(
  { store }: Pick<Context, 'store'>,
  { account, orderId }: PaymentRecord,
  tx?: unknown,
): Promise<boolean> {
  const alive = await store.findByOrder(account, orderId, { statuses: ALIVE, limit: 1, tx });
  return alive.length > 0;
}

/** The shop's answer, bounded in time; null when it throws. */
async function askShop(context: Context, record: PaymentRecord): Promise<boolean | null> {
  const { stillPayable } = context.settings;
  if (!stillPayable) return true;
  const { stillPayableMs } = context.policy;
  const late = (): never => {
    throw new Error(`stillPayable took over ${stillPayableMs} ms`);
  };
  try {
    const answer: unknown = await limited(stillPayable(shopPayment(context, record)), stillPayableMs, late);
    if (typeof answer === 'boolean') return answer;
    throw new TypeError(`stillPayable must answer true or false, not ${typeof answer}`);
  } catch (error) {
    const { invoiceNumber, orderId } = record;
    const message = 'stillPayable threw; it is asked again.';
    context.reporter.log('error', { err: error, invoiceNumber, orderId }, message);
    return null;
  }
}
