import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { AtipayError } from '../../../../lib/errors';
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

function attempt(given: GivenOrder): unknown {
  try {
    return checkOrder(input(given), given.rules);
  } catch (error) {
    return error;
  }
}

/** An order with nothing wrong is taken for what it stands for; any other is refused, and told why. */
function check(given: GivenOrder, count: Count): void {
  const found = attempt(given);
  const wrong = problems(given);
  if (wrong.length === 0) {
    if (!isDeepStrictEqual(found, meaning(given)))
      throw new Error('taken for another order than was meant', { cause: found });
    count.taken += 1;
    return;
  }
  if (!(found instanceof AtipayError) || found.code !== 'ERR_ATIPAY_ORDER') {
    throw new Error(`not refused as an order, although ${wrong.join()} is wrong`, { cause: found });
  }
  const untold = wrong.filter((field) => !found.message.includes(field));
  if (untold.length > 0) throw new Error(`"${found.message}" does not tell of ${untold.join()}`);
  const buyers = wrong.join() === 'cellNumber';
  if (found.status !== (buyers ? 422 : 500) || found.expose !== buyers) {
    throw new Error(`status ${found.status} for ${wrong.join()}`);
  }
  count.refused += 1;
}

/** Orders as shops might give them, each held against what it stands for. */
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
