import { paymentStoreContract, type ContractOptions, type StoreUnderTest } from '../../lib/stores/contract';

/** Writes that many rows take longer on a machine under load. */
const PATIENCE_MS = 300_000;

/** The contract's cases as tests. The store is opened once, before them. */
export function keepsContract<Tx>(
  open: () => StoreUnderTest<Tx>,
  options: ContractOptions,
  only = /./,
): void {
  for (const { name, run } of paymentStoreContract(open, options)) {
    if (only.test(name)) test(name, run, PATIENCE_MS);
  }
}

/** The capabilities of each SQL store's test. */
export const SQL_STORE = {
  search: true,
  findWithHolder: true,
  spoil: true,
  endTransaction: true,
} satisfies ContractOptions;
