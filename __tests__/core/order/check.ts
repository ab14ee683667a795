import { checkOrder, type CheckedOrder, type OrderCheck, type OrderRules } from '../../../lib/core/order';

const RULES: OrderRules = { currency: 'IRR', cellNumberRequired: false };

/** The check of a valid order with these changes. */
export const checked = (changes: object, rules: Partial<OrderRules> = {}): OrderCheck =>
  checkOrder({ orderId: 'A-1', amount: 1_000, ...changes }, { ...RULES, ...rules });

/** The checked order; fails the test when it is refused. */
export function check(changes: object, rules?: Partial<OrderRules>): CheckedOrder {
  const result = checked(changes, rules);
  if ('order' in result) return result.order;
  throw new Error(`The order was refused: ${result.problem}`);
}

/** Why an input is refused; fails the test when it is not. */
export function refusal(result: OrderCheck): Extract<OrderCheck, { problem: string }> {
  if ('problem' in result) return result;
  throw new Error('The order was not refused.');
}

/** The problem of an order with these changes. */
export const refused = (changes: object, rules?: Partial<OrderRules>): string =>
  refusal(checked(changes, rules)).problem;
