import type { PaymentSearch, PaymentStore } from '../../stores/store';
import { attention } from '../attention';
import type { Operator } from '../operator';
import type { CheckData, Observation } from './finding';

/** Keys without which an order can be paid twice. Each as the columns that it has, in any order. */
const KEYS = [['invoice_number'], ['receipt_key'], ['account', 'order_key']];
const NEWEST = 200;
/** Servers that keep their clocks by NTP differ by less. */
const CLOCKS_MS = 5_000;

/** Looks at the table. */
export async function checkStore(
  store: PaymentStore<unknown> & Partial<PaymentSearch>,
  account: string,
): Promise<Observation[]> {
  try {
    await store.inReview(account, 1);
    if (!store.search) return [{ check: 'searchMissing', level: 'warning', data: {} }];
    await store.search({ account, limit: 1 });
    const missing = await missingKeys(store);
    if (missing.length > 0) {
      return [{ check: 'keysMissing', level: 'error', data: { keys: missing.join('; ') } }];
    }
    return [{ check: 'storeWorks', level: 'fine', data: {} }];
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return [{ check: 'storeFails', level: 'error', data: { problem } }];
  }
}

async function missingKeys(store: Partial<PaymentSearch>): Promise<string[]> {
  const keys = await store.uniqueKeys?.();
  if (!keys) return [];
  const there = keys.map(nameOf);
  return KEYS.map(nameOf).filter((key) => !there.includes(key));
}

const nameOf = (columns: readonly string[]): string => [...columns].sort().join(', ');

/** Looks at payments for signs of sweeps that do not run, hooks that fail, and servers whose clocks differ. */
export async function checkPayments(operator: Operator): Promise<Observation[]> {
  const { items } = await attention(operator);
  const late = items.filter(({ kind }) => kind === 'overdue').length;
  const hooks = items.filter(({ kind }) => kind === 'hook').length;
  const clocks = await clockDifference(operator);
  return [
    ...(late > 0 ? [problem('sweepsLate', { count: String(late) })] : []),
    ...(hooks > 0 ? [problem('hooksFail', { count: String(hooks) })] : []),
    ...(clocks > CLOCKS_MS ? [problem('serverClocks', { seconds: String(Math.round(clocks / 1_000)) })] : []),
  ];
}

const problem = <Check extends 'sweepsLate' | 'hooksFail' | 'serverClocks'>(
  check: Check,
  data: CheckData[Check],
): Observation<Check> => ({ check, level: 'error', data });

/** How far payments were written in this server's future, or a history goes back in time. */
async function clockDifference({ store, account, now }: Operator): Promise<number> {
  const { payments } = await store.search({ account, limit: NEWEST });
  const differences = payments.flatMap(({ updatedAt, history }) => [
    updatedAt - now(),
    ...history.map(({ at }, index) => (history[index - 1]?.at ?? at) - at),
  ]);
  return Math.max(0, ...differences);
}
