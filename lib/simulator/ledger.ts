import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';
import type { SimulatorMerchant } from './options';
import { age, newToken, note, toPublic, type Entry, type SimulatorPayment } from './payment';
import type { TokenOrder } from './rules';

/** A request of the shop and its answer. The API key is masked. */
export interface SimulatorCall {
  /** The simulator's time, epoch milliseconds. */
  at: number;
  /** Which of the gateway's addresses, or the buyer's way back. */
  call: 'get-token' | 'redirect-to-gateway' | 'verify-payment' | 'callback';
  /** Whose address the call came from; for a callback, where it went. */
  address: string;
  /** The request. */
  fields: Record<string, unknown>;
  /** The answer. */
  answer: {
    /** The HTTP status; 0: no answer was given. */
    status: number;
    /** The body as text. */
    body: string;
  };
  /** The payment it was about, if one is known. */
  invoiceNumber?: string;
  /** The kind of fault that changed the answer. */
  fault?: string;
}

/** How many payments, and how many Rials. */
export interface Sum {
  /** Payments. */
  count: number;
  /** Rials. */
  amount: number;
}

/** `taken` = `verified` + `returned` + `unverified`. */
export interface LedgerTotals {
  /** All that have a token, however they ended. */
  payments: number;
  /** The buyer has paid. */
  taken: Sum;
  /** The shop has verified in time: the money is the shop's. */
  verified: Sum;
  /** The shop has not: the money went back. */
  returned: Sum;
  /** The shop may still verify. */
  unverified: Sum;
}

/** The gateway's books, which the shop's must agree with. Everything it returns is a copy. */
export interface SimulatorLedger {
  /** All payments, oldest first. */
  payments(): SimulatorPayment[];
  /** The payment of an invoice number (of several merchants: the latest), a token or a reference number. */
  find(key: string): SimulatorPayment | undefined;
  /** Every call, oldest first; the latest 10,000. */
  calls(): SimulatorCall[];
  /** Sums over all payments, as of the simulator's time. */
  totals(): LedgerTotals;
}

const CALLS_KEPT = 10_000;

export class Ledger implements SimulatorLedger {
  private readonly entries: Entry[] = [];
  private readonly index = new Map<string, Entry>();
  private log: SimulatorCall[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly terms: { tokenTtlMs: number; returnAfterMs: number },
  ) {}

  payments(): SimulatorPayment[] {
    return this.entries.map((entry) => toPublic(this.aged(entry)));
  }

  find(key: string): SimulatorPayment | undefined {
    const entry =
      this.byReference(key) ?? this.byToken(key) ?? this.aged(this.index.get(`any invoice ${key}`));
    return entry && toPublic(entry);
  }

  calls(): SimulatorCall[] {
    return structuredClone(this.log);
  }

  totals(): LedgerTotals {
    const entries = this.entries.map((entry) => this.aged(entry));
    const sum = (...statuses: Entry['status'][]): Sum => {
      const those = entries.filter((entry) => statuses.includes(entry.status));
      return { count: those.length, amount: those.reduce((total, entry) => total + entry.amount, 0) };
    };
    return {
      payments: entries.length,
      taken: sum('taken', 'verified', 'returned'),
      verified: sum('verified'),
      returned: sum('returned'),
      unverified: sum('taken'),
    };
  }

  /** Books a payment whose token is being given out. */
  issue(order: TokenOrder, merchant: SimulatorMerchant): Entry {
    const now = this.clock.now();
    const entry: Entry = {
      ...order,
      merchant,
      terminalId: merchant.terminalId,
      token: newToken(),
      ticket: randomBytes(16).toString('base64url'),
      status: 'token issued',
      issuedAt: now,
      expiresAt: now + this.terms.tokenTtlMs,
      verifyCount: 0,
      referers: [],
      timeline: [],
    };
    note(entry, now, 'A token was issued.');
    this.entries.push(entry);
    this.index.set(`token ${entry.token}`, entry).set(`ticket ${entry.ticket}`, entry);
    this.index.set(`invoice ${merchant.terminalId} ${entry.invoiceNumber}`, entry);
    this.index.set(`any invoice ${entry.invoiceNumber}`, entry);
    return entry;
  }

  /** Makes a receipt findable, once the payment has one. */
  receipted(entry: Entry): void {
    if (entry.referenceNumber !== undefined) this.index.set(`receipt ${entry.referenceNumber}`, entry);
  }

  byToken(token: string): Entry | undefined {
    return this.aged(this.index.get(`token ${token}`));
  }

  /** The payment a call's token or receipt belongs to. */
  meant({ token, referenceNumber }: Record<string, unknown>): Entry | undefined {
    return this.byToken(String(token)) ?? this.byReference(String(referenceNumber));
  }

  byTicket(ticket: string): Entry | undefined {
    return this.aged(this.index.get(`ticket ${ticket}`));
  }

  byReference(referenceNumber: string): Entry | undefined {
    return this.aged(this.index.get(`receipt ${referenceNumber}`));
  }

  /** The newest receipt that is not this payment's. */
  latestReceipt(besides: Entry): string | undefined {
    return this.entries.findLast((entry) => entry !== besides && entry.referenceNumber !== undefined)
      ?.referenceNumber;
  }

  byInvoice(merchant: SimulatorMerchant, invoiceNumber: string): Entry | undefined {
    return this.aged(this.index.get(`invoice ${merchant.terminalId} ${invoiceNumber}`));
  }

  record(call: Omit<SimulatorCall, 'at'>): void {
    this.log.push({ at: this.clock.now(), ...call });
    if (this.log.length > 2 * CALLS_KEPT) this.log = this.log.slice(-CALLS_KEPT);
  }

  private aged<T extends Entry | undefined>(entry: T): T {
    if (entry !== undefined) age(entry, this.clock.now(), this.terms.returnAfterMs);
    return entry;
  }
}
