import type { PaymentRecord } from '../../../lib/core/record';
import { AtipayError, UniqueViolation } from '../../../lib/errors';
import { newestFirst } from '../../../lib/stores/sequence';
import type { OrderQuery, PaymentStore } from '../../../lib/stores/store';
import { withItem, type State, type Weather } from './state';
import { placeOf } from './world';

/** A planted defect's changes to the store. */
export interface StoreDefect {
  /** Called with each record before it is compared and written. */
  alter?: (next: PaymentRecord, read: PaymentRecord) => void;
  /** Writes over any version. */
  comparesNothing?: boolean;
  /** Takes a write whose answer was lost for stored. */
  believesLostWrites?: boolean;
  /** Keys of orders are not unique. */
  sharesOrders?: boolean;
  /** Keys of receipts are not unique. */
  sharesReceipts?: boolean;
  /** A claim that meets a lock fails instead of waiting for the order. */
  failsOnLocks?: boolean;
  /** A missing row is not written again. */
  refusesInserts?: boolean;
}

const failure = (code: 'LOCKED' | 'CONNECTION'): AtipayError =>
  new AtipayError(`ERR_ATIPAY_STORE_${code}`, 'Weather of the model.');

/** Histories only grow; of them, decisions read the latest entry. */
const asStored = (record: PaymentRecord): PaymentRecord => ({
  ...record,
  history: record.history.slice(-1),
});

/** A payment store whose rows are those of a state. `state` is replaced by each write. */
export class ModelStore implements PaymentStore<unknown> {
  /** The weather has struck a write. */
  met = false;

  constructor(
    public state: State,
    private weather: Weather = 'fine',
    private readonly defect: StoreDefect = {},
  ) {}

  insert(record: PaymentRecord): Promise<void> {
    return settle(() => {
      const place = placeOf(record);
      if (this.defect.refusesInserts) throw new AtipayError('ERR_ATIPAY_STORE', 'No inserts.');
      if (this.state.db.rows[place] !== undefined) throw new UniqueViolation();
      this.#keep(place, record);
    });
  }

  find(invoiceNumber: string): Promise<PaymentRecord | undefined> {
    return settle(() => this.state.db.rows.find((row) => row?.invoiceNumber === invoiceNumber));
  }

  findByOrder(account: string, orderId: string, query: OrderQuery<unknown> = {}): Promise<PaymentRecord[]> {
    const { statuses, limit } = query;
    return settle(() =>
      this.#rows()
        .filter((row) => row.account === account && row.orderId === orderId)
        .filter(({ status }) => statuses?.includes(status) ?? true)
        .sort(newestFirst)
        .slice(0, limit),
    );
  }

  update(next: PaymentRecord, read: PaymentRecord): Promise<boolean> {
    return settle(() => {
      const { weather, defect } = this;
      this.weather = 'fine';
      this.met ||= weather !== 'fine';
      defect.alter?.(next, read);
      if (weather === 'locked') throw failLocked(defect);
      if (weather === 'lostUnapplied' && defect.believesLostWrites) return true;
      if (weather === 'lostUnapplied') throw failure('CONNECTION');
      const written = this.#compareAndSet(next, read);
      if (weather === 'lostApplied' && !defect.believesLostWrites) throw failure('CONNECTION');
      return written;
    });
  }

  due(): Promise<PaymentRecord[]> {
    return settle(() => this.#rows().filter(({ dueAt }) => dueAt !== null && dueAt <= this.state.now));
  }

  inReview(): Promise<PaymentRecord[]> {
    return settle(() => this.#rows().filter(({ status }) => status === 'review'));
  }

  #compareAndSet(next: PaymentRecord, read: PaymentRecord): boolean {
    const place = placeOf(read);
    const stored = this.state.db.rows[place];
    if (stored === undefined) return false;
    if (!this.defect.comparesNothing && stored.version !== read.version) return false;
    this.#keep(place, next);
    return true;
  }

  #keep(place: number, record: PaymentRecord): void {
    const { receiptKey, orderKey } = record;
    for (const [other, row] of this.state.db.rows.entries()) {
      if (other === place || row === undefined) continue;
      const sharesReceipt = receiptKey !== null && row.receiptKey === receiptKey;
      const sharesOrder = orderKey !== null && row.orderKey === orderKey;
      if (sharesReceipt && !this.defect.sharesReceipts) throw new UniqueViolation();
      if (sharesOrder && !this.defect.sharesOrders) throw new UniqueViolation();
    }
    const { db } = this.state;
    this.state = { ...this.state, db: { ...db, rows: withItem(db.rows, place, asStored(record)) } };
  }

  #rows(): PaymentRecord[] {
    return this.state.db.rows.filter((row) => row !== undefined);
  }
}

const failLocked = ({ failsOnLocks }: StoreDefect): AtipayError =>
  failsOnLocks ? new AtipayError('ERR_ATIPAY_STORE', 'A lock timeout.') : failure('LOCKED');

/** Runs at once and rejects instead of throwing. */
function settle<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
