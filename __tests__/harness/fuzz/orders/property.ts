import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { checkOrder, type OrderRules } from '../../../../lib/core/order';
import { amount, cellNumber, description, metadata, orderId, type Given } from './given';
import { settlement } from './shares';

type Field = 'orderId' | 'amount' | 'cellNumber' | 'description' | 'metadata' | 'settlement';
type GivenOrder = { rules: OrderRules; stranger: boolean } & Record<Field, Given<unknown>>;

/** How many were taken, and how many refused. */
export interface Count {
  taken: number;
  refused: number;
}

const rules: fc.Arbitrary<OrderRules> = fc.record({
  currency: fc.constantFrom('IRR', 'IRT'),
  cellNumberRequired: fc.boolean(),
});

const order: fc.Arbitrary<GivenOrder> = rules.chain((given) => {
  const largest = given.currency === 'IRT' ? (2 ** 53 - 2) / 10 : 2 ** 53 - 1;
  return amount(Math.floor(largest)).chain((sum) =>
    fc.record({
      rules: fc.constant(given),
      stranger: fc.nat(20).map((dice) => dice === 0),
      amount: fc.constant(sum),
      orderId,
      cellNumber: cellNumber(given.cellNumberRequired),
      description,
      metadata,
      settlement: settlement('means' in sum ? sum.means : undefined, Math.floor(largest)),
    }),
  );
});

const FIELDS: Field[] = ['orderId', 'amount', 'cellNumber', 'description', 'metadata', 'settlement'];
const problems = (given: GivenOrder): string[] => [
  ...FIELDS.filter((field) => 'wrong' in given[field]),
  ...(given.stranger ? ['price'] : []),
];

function input(given: GivenOrder): unknown {
  const entries = FIELDS.map((field) => [field, given[field].value]);
  return { ...Object.fromEntries(entries), ...(given.stranger && { price: 1 }) };
}

function meaning(given: GivenOrder): unknown {
  const of = (field: Field): unknown => ('means' in given[field] ? given[field].means : undefined);
  const factor = given.rules.currency === 'IRT' ? 10 : 1;
  const shares = of('settlement') as { iban: string; amount: number }[] | null;
  return {
    orderId: of('orderId'),
    amount: (of('amount') as number) * factor,
    currency: given.rules.currency,
    cellNumber: of('cellNumber'),
    description: of('description'),
    metadata: of('metadata'),
    settlement: shares?.map((share) => ({ iban: share.iban, amount: share.amount * factor })) ?? null,
  };
}

/** Whether all that is wrong is a number that the buyer typed; a missing one, or one of another type, is the shop's code. */
const isBuyersFault = ({ cellNumber }: GivenOrder, wrong: string[]): boolean =>
  wrong.join() === 'cellNumber' && typeof cellNumber.value === 'string';

/** A valid order is read correctly; any other is refused with its problems. */
function check(given: GivenOrder, count: Count): void {
  const found = checkOrder(input(given), given.rules);
  const wrong = problems(given);
  if (wrong.length === 0) {
    if (!('order' in found) || !isDeepStrictEqual(found.order, meaning(given)))
      throw new Error('taken for another order than was meant', { cause: found });
    count.taken += 1;
    return;
  }
  if ('order' in found) throw new Error(`not refused, although ${wrong.join()} is wrong`, { cause: found });
  const { problem, buyersFault } = found;
  const untold = wrong.filter((field) => !problem.includes(field));
  if (untold.length > 0) throw new Error(`"${problem}" does not tell of ${untold.join()}`);
  if (buyersFault !== isBuyersFault(given, wrong)) {
    throw new Error(`${buyersFault ? 'the buyer' : 'the shop'} at fault for ${wrong.join()}`);
  }
  count.refused += 1;
}

/** Orders as shops might give them, each compared with its meaning. */
export function fuzzOrders(
  runs: number,
  seed: number,
  path?: string,
): { failure: string | undefined; count: Count } {
  const count = { taken: 0, refused: 0 };
  const property = fc.property(order, (given) => check(given, count));
  const details = fc.check(property, { numRuns: runs, seed, ...(path !== undefined && { path }) });
  const failure = details.failed
    ? `${String(details.errorInstance)}\n${fc.defaultReportMessage(details)}`
    : undefined;
  return { failure, count };
}
