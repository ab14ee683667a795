import { MemoryPaymentStore } from '../../lib/stores/memory';
import { paymentStoreContract } from '../../lib/stores/contract';

const contract = paymentStoreContract(() => ({ store: new MemoryPaymentStore({ quiet: true }) }), {
  transactions: false,
});

describe('MemoryPaymentStore keeps the contract', () => {
  for (const { name, run } of contract) test(name, run);
});
