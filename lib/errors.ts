/** Stable identifiers of everything this package throws. The message explains; the code is what to compare. */
export type AtipayErrorCode =
  | 'ERR_ATIPAY_CONFIG'
  | 'ERR_ATIPAY_NOT_CALLED'
  | 'ERR_ATIPAY_MOUNT'
  | 'ERR_ATIPAY_ORDER'
  | 'ERR_ATIPAY_TOKEN_REFUSED'
  | 'ERR_ATIPAY_VERIFY_REFUSED'
  | 'ERR_ATIPAY_GATEWAY_UNAVAILABLE'
  | 'ERR_ATIPAY_PAYMENT_NOT_FOUND'
  | 'ERR_ATIPAY_NOT_IN_REVIEW'
  | 'ERR_ATIPAY_NOTHING_PENDING'
  | 'ERR_ATIPAY_PAYMENT_BUSY'
  | 'ERR_ATIPAY_RESOLUTION'
  | 'ERR_ATIPAY_GIVE_BACK'
  | 'ERR_ATIPAY_ORDER_AMOUNT'
  | 'ERR_ATIPAY_ORDER_ATTEMPTS'
  | 'ERR_ATIPAY_UNIQUE_VIOLATION'
  | 'ERR_ATIPAY_STORE'
  /** The connection was lost, or a statement ran out of time: a write may have been applied. */
  | 'ERR_ATIPAY_STORE_CONNECTION'
  /** Another transaction holds the row's lock: nothing was written. */
  | 'ERR_ATIPAY_STORE_LOCKED'
  | 'ERR_ATIPAY_TRANSACTION'
  | 'ERR_ATIPAY_HOOK_TIMEOUT'
  | 'ERR_ATIPAY_SIMULATOR';

/** The page that explains what can go wrong. It is installed with the package; `fa/` beside it has it in Persian. */
export const HELP_PAGE = 'node_modules/express-atipay/docs/troubleshooting.md';

/** Where a code is explained: a heading of {@link HELP_PAGE}. */
export const helpFor = (code: AtipayErrorCode): string => `${HELP_PAGE}#${code.toLowerCase()}`;

/** How an {@link AtipayError} is answered over HTTP, and its cause. */
export interface AtipayErrorOptions {
  /** HTTP status an error handler should answer with. Default 500. */
  status?: number;
  /** True when the message may be shown to the buyer (the convention of `http-errors`). Default false. */
  expose?: boolean;
  /** The underlying error, free of secrets. */
  cause?: unknown;
}

/** Every error this package throws on purpose. Its message says what happened and what to do about it. */
export class AtipayError extends Error {
  /** `AtipayError`, or the name of a class below it. */
  override readonly name: string = 'AtipayError';
  /** What to compare: messages may change, codes do not. */
  readonly code: AtipayErrorCode;
  /** HTTP status; Express' default error handler honours it. */
  readonly status: number;
  /** True when the message may be shown to the buyer. */
  readonly expose: boolean;
  /** The place in the documentation that explains the code. */
  readonly help: string;

  /** Meant for this package and for stores. */
  constructor(code: AtipayErrorCode, message: string, options: AtipayErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.status = options.status ?? 500;
    this.expose = options.expose ?? false;
    this.help = helpFor(code);
  }
}

/**
 * A store refused a write because a unique key (invoice number, receipt, account + order key) is taken.
 * The one error a {@link PaymentStore} must throw itself.
 */
export class UniqueViolation extends AtipayError {
  override readonly name = 'UniqueViolation';

  /** Give it the driver's error as `cause`, free of the payment's values. */
  constructor(options: AtipayErrorOptions = {}) {
    super(
      'ERR_ATIPAY_UNIQUE_VIOLATION',
      'Another payment already holds this invoice number, receipt or order.',
      {
        ...options,
        status: 409,
      },
    );
  }
}

/** By code rather than by class, so that an error of another copy of this package is understood. */
export const hasCode = (error: unknown, code: AtipayErrorCode): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

export const isUniqueViolation = (error: unknown): boolean => hasCode(error, 'ERR_ATIPAY_UNIQUE_VIOLATION');
