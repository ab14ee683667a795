import type { PaymentRecord } from '../core/record';
import type { PaymentFilter } from '../stores/store';
import type { SearchStore } from './operator';

/** The largest page of a search. */
const PAGE = 1_000;

/** All payments that fit, newest first, one page in memory at a time. */
export async function* eachPayment(
  store: SearchStore,
  filter: Omit<PaymentFilter, 'after' | 'limit'>,
): AsyncGenerator<PaymentRecord> {
  let after: string | undefined;
  do {
    const { payments, next } = await store.search({ ...filter, limit: PAGE, after });
    yield* payments;
    after = next ?? undefined;
  } while (after !== undefined);
}
