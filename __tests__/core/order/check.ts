import { AtipayError } from '../../../lib/errors';
import { checkOrder, type CheckedOrder, type OrderRules } from '../../../lib/order';

/** Checks an order that nothing is wrong with but these changes. */
export const check = (changes: object, rules: Partial<OrderRules> = {}): CheckedOrder =>
  checkOrder(
    { orderId: 'A-1', amount: 1_000, ...changes },
    { currency: 'IRR', cellNumberRequired: false, ...rules },
  );

/** The error an order is refused with. */
export function refusal(order: () => unknown): AtipayError {
  try {
    order();
  } catch (error) {
    if (error instanceof AtipayError) return error;
  }
  throw new Error('The order was not refused with an AtipayError.');
}

/** What the refusal of an order with these changes says. */
export const refused = (changes: object, rules?: Partial<OrderRules>): string =>
  refusal(() => check(changes, rules)).message;
