import { AtipayError } from '../errors';
import type { PaymentRecord } from '../core/record';
import { FINAL } from '../core/statuses';
import type { PaymentSearch, PaymentStore } from '../stores/store';
import type { RunContext } from './context';
import { run } from './run';

/** Which payments lose their personal data. */
export interface PurgeOptions {
  /** Payments begun before this moment, epoch milliseconds. */
  before: number;
  /** Who asks for it; it stays with each payment. */
  by?: string | undefined;
  /** Called after each page of payments. */
  onProgress?: ((report: PurgeReport) => void) | undefined;
}

/** The counts of a purge. */
export interface PurgeReport {
  /** Payments that were looked at. */
  read: number;
  /** Payments whose personal data is gone now. */
  purged: number;
  /** Payments that keep it for now: the shop has not been informed of them. */
  kept: number;
}

const PAGE = 500;

/** A purge after one more page of payments. */
export interface PurgeStep {
  report: PurgeReport;
  /** Where the next page begins; null after the last. */
  next: string | null;
}

/**
 * Removes the personal data of old decided payments: mobile, description, metadata, card, and the notes and messages of
 * the history. Receipts, sums, orders and times stay.
 *
 * @throws AtipayError `ERR_ATIPAY_STORE` when the store has no `search`.
 */
export async function purge(context: RunContext, options: PurgeOptions): Promise<PurgeReport> {
  let report: PurgeReport = { read: 0, purged: 0, kept: 0 };
  for await (const step of purging(context, options)) {
    report = step.report;
    options.onProgress?.(report);
  }
  return report;
}

/** {@link purge} page by page, the newest payments first; it stops where its caller stops. */
export async function* purging(
  context: RunContext,
  { before, by = 'shop' }: PurgeOptions,
): AsyncGenerator<PurgeStep> {
  if (!Number.isFinite(before)) {
    throw new AtipayError('ERR_ATIPAY_RESOLUTION', 'purge({ before }) takes epoch milliseconds.', {
      status: 400,
    });
  }
  const store = context.store as PaymentStore<unknown> & Partial<PaymentSearch>;
  if (!store.search) {
    throw new AtipayError('ERR_ATIPAY_STORE', 'purge needs a store with search: see PaymentSearch.');
  }
  const { account } = context.settings;
  const report: PurgeReport = { read: 0, purged: 0, kept: 0 };
  let next: string | null = null;
  do {
    const after: string | undefined = next ?? undefined;
    const page = await store.search({
      ...{ account, statuses: FINAL, begun: { before }, limit: PAGE, after },
    });
    for (const record of page.payments) await purgeOne(context, record, by, report);
    next = page.next;
    yield { report: { ...report }, next };
  } while (next !== null);
}

async function purgeOne(
  context: RunContext,
  record: PaymentRecord,
  by: string,
  report: PurgeReport,
): Promise<void> {
  report.read += 1;
  if (isPurged(record)) return;
  const { changed } = await run(context, record, { on: 'purged', by });
  if (changed) report.purged += 1;
  else report.kept += 1;
}

/** A note or a give-back that came after a purge brings words back into the history. */
const isPurged = ({ history }: PaymentRecord): boolean => history.at(-1)?.event === 'purged';
