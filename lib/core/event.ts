import type { FailureReason, PaymentRecord, PaymentStatus, ReceiptFields } from './record';

/** Facts about a payment's order when the payment asks for it. */
export interface OrderFacts {
  /** The status of the payment that holds the order; null when none does. */
  holder: PaymentStatus | null;
  /** Whether the shop says that the order is still payable; null when the shop could not say. */
  payable: boolean | null;
}

/** The record as the process that acts last saw it stored: whose attempt, call or lease an event is about. */
interface Held {
  held: PaymentRecord;
}

/** A member of staff who acts on a payment. */
interface Staff {
  by: string;
  /** The version of the record that the person saw; an act on another version is refused. Undefined: any. */
  seen?: number | undefined;
}

/** An act that needs a reason. */
interface StaffText extends Staff {
  /** Why, in their words. */
  text: string;
}

/** Every event of a payment, with its data. */
export interface EventFields {
  /** get-token gave a token. */
  tokenGiven: { token: string };
  /** get-token refused one. */
  tokenRefused: { code: string | undefined; description: string | undefined };
  /** get-token gave no usable answer. */
  tokenUnanswered: { problem: string };
  /** The callback names a Table 1 failure. */
  buyerFailed: { reason: FailureReason; state: string; details: Partial<ReceiptFields> };
  /** The callback brings a receipt. */
  buyerPaid: { receipt: ReceiptFields & { referenceNumber: string }; order: OrderFacts };
  /** The store refused a write since another payment holds, or is just taking, the order. */
  orderTaken: { during: PaymentEvent };
  /** The store refused a write since another payment has the receipt. */
  receiptTaken: { during: PaymentEvent };
  /** A deadline has passed. */
  due: Held & {
    /** False while the gateway does not answer: the attempt is left for the next sweep. */
    mayVerify: boolean;
  };
  /** The order of a payment that waits with its receipt was looked at again. */
  orderChecked: Held & { order: OrderFacts };
  /** The same process asks verify-payment once more. */
  verifyRepeated: Held;
  /** verify-payment answered the payment's amount. */
  amountConfirmed: Held;
  /** verify-payment answered another amount, in Rials. */
  amountDiffers: Held & { amount: number };
  /** verify-payment refused. */
  verifyRefused: Held & {
    /** The reason is the shop (key, IP address, terminal), not this receipt. */
    aboutShop: boolean;
    code: string | undefined;
    description: string | undefined;
  };
  /** verify-payment gave no usable answer. */
  verifyUnanswered: Held & { problem: string };
  /** The hook's transaction is about to commit with this mark. */
  hookApplied: Held;
  /** The hook returned. `applied`: its transaction committed. */
  hookReturned: Held & { applied: boolean };
  /** The hook threw or took too long. */
  hookThrew: Held & {
    problem: string;
    /** The database failed for a transient reason. */
    transient: boolean;
    /** Drawn between 0 and 1. */
    spread: number;
  };
  /** The hook is not to be called: another payment of the order is alive. */
  hookNotOwed: Held;
  /** A person decided on a payment in review. */
  resolved: StaffText & { outcome: 'paid' | 'failed' };
  /** A person asks for the next step now. */
  retried: Staff;
  /** A person added a note. */
  noted: StaffText;
  /** A person recorded money that was given back by other means; Rials. */
  gaveBack: StaffText & { amount: number; reference: string };
  /** Personal data of an old payment is removed. */
  purged: { by: string };
}

export type EventName = keyof EventFields;

/** One kind of event, or a union of them. */
export type EventOf<K extends EventName> = { [P in K]: { on: P } & EventFields[P] }[K];

/** An event of a payment. */
export type PaymentEvent = EventOf<EventName>;

/** Actions after a transition is stored. */
export type Effect =
  'verify' | 'hook' | 'reportReplay' | 'reportLate' | 'reportRefusal' | 'reportLost' | 'reportTooEarly';

/** Why nothing changes although a person asked for it. */
export type Refused =
  | 'changedMeanwhile'
  | 'leased'
  | 'notInReview'
  | 'nothingPending'
  | 'notGivenBack'
  | 'exceedsAmount'
  | 'notPurgeable';
