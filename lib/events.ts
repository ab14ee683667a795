import { EventEmitter } from 'node:events';
import type { CallbackProblem } from './core/callback';
import type { Payment } from './core/payment';
import type { HistoryEntry, PaymentStatus } from './core/record';
import type { AtipayError } from './errors';

/** Why a callback was not believed. */
export type ForgedReason =
  | 'unknownInvoice'
  | 'wrongKey'
  | 'otherInvoice'
  | 'otherTerminal'
  | 'invoiceMissing'
  | 'noTokenYet'
  | CallbackProblem;

/** The arguments of each event of `atipay.events`. Listeners cannot disturb a payment: their errors are logged. */
export interface AtipayEvents {
  /** A payment is in another status, or is new. */
  transition: [
    {
      /** As it is now. */
      payment: Payment;
      /** Undefined for a new payment. */
      from: PaymentStatus | undefined;
      /** The status it is in now. */
      to: PaymentStatus;
      /** Why, as data: the entry that the payment's history has of it. */
      entry: HistoryEntry;
      /** The same as an English sentence. */
      note: string;
      /** Milliseconds spent in `from`. */
      durationMs: number;
    },
  ];
  /** A receipt of another payment was presented for this one; nothing changed. */
  replay: [
    {
      /** The payment the receipt was presented for. */
      payment: Payment;
      /** The receipt, which belongs to another payment. */
      referenceNumber: string;
    },
  ];
  /** A callback that was not believed; nothing changed. */
  forged: [
    {
      /** Why it was not believed. */
      reason: ForgedReason;
      /** The invoice number in the callback's address; undefined when it is unreadable. */
      invoiceNumber: string | undefined;
      /** The client's address as Express sees it (`req.ip`). */
      address: string | undefined;
      /** How many such callbacks this process has seen for the invoice, or from the address. */
      count: number;
      /** Missing when there is none to name. */
      payment?: Payment;
    },
  ];
  /** Many callbacks came for a payment that is decided: at ten, a hundred, a thousand and so on. They changed nothing. */
  repeated: [
    {
      /** The decided payment. */
      payment: Payment;
      /** The latest client's address as Express sees it (`req.ip`). */
      address: string | undefined;
      /** How many this process has seen. */
      count: number;
    },
  ];
  /** The buyer paid once more, or too late: this receipt is never verified and its money goes back. */
  late: [
    {
      /** The payment the receipt came for. */
      payment: Payment;
      /** The receipt that is never verified. */
      referenceNumber: string;
    },
  ];
  /** The gateway gave no usable answer, or refused a token. */
  gatewayError: [
    {
      /** Which call. */
      operation: 'get-token' | 'verify-payment';
      /** The payment it was about. */
      payment: Payment;
      /** `ERR_ATIPAY_GATEWAY_UNAVAILABLE` or `ERR_ATIPAY_TOKEN_REFUSED`. */
      error: AtipayError;
    },
  ];
  /** A hook of the shop threw or took too long. */
  hookError: [
    {
      /** The payment that owes the hook. */
      payment: Payment;
      /** The error of the hook; `ERR_ATIPAY_HOOK_TIMEOUT` when it took too long. */
      error: unknown;
      /** Which call it was, from 1. */
      attempt: number;
      /** Epoch milliseconds. */
      nextTryAt: number;
    },
  ];
  /** Money needs a person. */
  review: [
    {
      /** The payment in review. */
      payment: Payment;
    },
  ];
}

/** Where log lines go: the shape of pino, `console` and their like. */
export interface Logger {
  /** Unused when missing. */
  debug?(fields: object, message: string): void;
  /** Sweeps that did something, and the like. Unused when missing. */
  info?(fields: object, message: string): void;
  /** Temporary or external problems: an unanswered call, a forged callback. */
  warn(fields: object, message: string): void;
  /** Problems that need a person: a payment in review, a hook that throws. */
  error(fields: object, message: string): void;
}

/** The default logger: warnings and errors on the console. The line at start is in `start-line.ts`. */
export const consoleLogger: Logger = {
  // The console reads % in its first argument as a format.
  warn: (fields, message) => console.warn('[express-atipay] %s', message, fields),
  error: (fields, message) => console.error('[express-atipay] %s', message, fields),
};

/** Reports to listeners and to the log. It never throws. */
export class Reporter {
  readonly events = new EventEmitter<AtipayEvents>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  log(level: 'debug' | 'info' | 'warn' | 'error', fields: object, message: string): void {
    // A broken logger has nowhere to report to, be it one that throws or one that returns a promise.
    attempt(
      () => this.#logger[level]?.(fields, message),
      () => undefined,
    );
  }

  /** Whether the shop's logger takes such lines, for those that are written often. */
  isLogged(level: 'debug' | 'info' | 'warn' | 'error'): boolean {
    return this.#logger[level] !== undefined;
  }

  /** Whether the event has a listener, for events that are frequent and costly to prepare. */
  isHeard(event: keyof AtipayEvents): boolean {
    return this.events.listenerCount(event) > 0;
  }

  emit<K extends keyof AtipayEvents>(event: K, ...args: AtipayEvents[K]): void {
    for (const listener of this.events.rawListeners(event)) {
      attempt(
        () => Reflect.apply(listener, this.events, args) as unknown,
        (error) => this.#listenerFailed(event, error),
      );
    }
  }

  #listenerFailed(event: string, error: unknown): void {
    this.log('error', { err: error, event }, `A listener of "${event}" threw.`);
  }
}

/** Calls code of the shop: its error, thrown or rejected later, goes to `failed`. */
function attempt(call: () => unknown, failed: (error: unknown) => void): void {
  try {
    Promise.resolve(call()).catch(failed);
  } catch (error) {
    failed(error);
  }
}
