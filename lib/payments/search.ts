import type { Payment } from '../core/payment';
import { AtipayError } from '../errors';
import type { PaymentFilter, PaymentSearch, PaymentStore } from '../stores/store';
import { shopPayment, type RunContext } from './context';

/** A search by the shop's code: payments of its account that meet every condition given. */
export type SearchFilter = Omit<PaymentFilter, 'account'>;

/** One page of a search, newest first. */
export interface SearchPage {
  /** As the shop sees them. */
  payments: Payment[];
  /** Where the next page begins (`after`); null when this is the last. */
  next: string | null;
}

/** Looks payments up as the shop sees them. @throws AtipayError `ERR_ATIPAY_STORE` when the store has no `search`. */
export async function searchPayments(context: RunContext, filter: SearchFilter): Promise<SearchPage> {
  const store = context.store as PaymentStore<unknown> & Partial<PaymentSearch>;
  if (!store.search) {
    throw new AtipayError('ERR_ATIPAY_STORE', 'This store has no search: see PaymentSearch.');
  }
  const { payments, next } = await store.search({ ...filter, account: context.settings.account });
  return { payments: payments.map((record) => shopPayment(context, record)), next };
}
