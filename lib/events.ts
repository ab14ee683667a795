import { EventEmitter } from 'node:events';
import type { Payment, PaymentStatus } from './payment';
import type { AtipayError } from './errors';

/** Why a callback was not believed. */
export type ForgedReason =
  | 'unknownInvoice'
  | 'wrongKey'
  | 'otherInvoice'
  | 'otherTerminal'
  | 'noTokenYet'
  | 'malformed'
  | 'receiptMissing'
  | 'statusContradicts';

/** What `atipay.events` tells, by event. Listeners cannot disturb a payment: what they throw is logged. */
export interface AtipayEvents {
  /** A payment is in another status; `from` is undefined for a new one. `durationMs`: time spent in `from`. */
  transition: [
    {
      payment: Payment;
      from: PaymentStatus | undefined;
      to: PaymentStatus;
      note: string;
      durationMs: number;
    },
  ];
  /** A receipt of another payment was presented for this one; nothing changed. */
  replay: [{ payment: Payment; referenceNumber: string }];
  /** A callback that was not believed; nothing changed. `payment` is missing when there is none to name. */
  forged: [{ reason: ForgedReason; invoiceNumber: string | undefined; payment?: Payment }];
  /** The buyer paid once more, or too late: this receipt is never verified and its money goes back. */
  late: [{ payment: Payment; referenceNumber: string }];
  /** The gateway gave no usable answer, or refused a token. */
  gatewayError: [{ operation: 'get-token' | 'verify-payment'; payment: Payment; error: AtipayError }];
  /** A hook of the shop threw or took too long; `nextTryAt` is in epoch milliseconds. */
  hookError: [{ payment: Payment; error: unknown; attempt: number; nextTryAt: number }];
  /** Money needs a person. */
  review: [{ payment: Payment }];
}

/** Where log lines go: the shape of pino, `console` and their like. */
export interface Logger {
  debug?(fields: object, message: string): void;
  info?(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** The default logger: warnings and errors on the console. */
export const consoleLogger: Logger = {
  warn: (fields, message) => console.warn(`[express-atipay] ${message}`, fields),
  error: (fields, message) => console.error(`[express-atipay] ${message}`, fields),
};

/** Tells listeners and the log what happened. Nothing in it can throw into a payment's way. */
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

  /** Whether anybody listens, for what is costly to tell and told often. */
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

/** Calls what is not ours: whatever it throws, or rejects with later, goes to `failed`. */
function attempt(call: () => unknown, failed: (error: unknown) => void): void {
  try {
    Promise.resolve(call()).catch(failed);
  } catch (error) {
    failed(error);
  }
}
