import { AtipayError, UniqueViolation } from '../../errors';
import { anatomyOf, type Anatomy } from '../sql/anatomy';

/** The kinds of a driver's errors for the store. */
type Failure = 'unique' | 'locked' | 'connection' | 'ended' | 'other';

/** Codes of the server, in the order in which they are looked for. */
const CODES: readonly [Failure, RegExp][] = [
  ['unique', /^(11000|11001|12582)$/],
  // LockTimeout, LockBusy, MaxTimeMSExpired, WriteConflict, TemporarilyUnavailable.
  ['locked', /^(24|46|50|112|365|ERR_ATIPAY_STORE_LOCKED)$/],
  // TransactionTooOld, NoSuchTransaction, TransactionCommitted, TransactionExceededLifetimeLimitSeconds.
  ['ended', /^(225|251|256|290)$/],
  // Unreachable or shutting down, no primary, no majority in time, interrupted.
  [
    'connection',
    /^(6|7|64|89|91|100|133|134|189|262|9001|10107|1160[0-2]|13435|13436|ERR_ATIPAY_STORE_CONNECTION)$/,
  ],
];

/** Names of the driver's errors when the server was not reached or has not answered. */
const LOST =
  /^Mongo(Network|NetworkTimeout|ServerSelection|ServerClosed|NotConnected|TopologyClosed|ClientClosed|WaitQueueTimeout|OperationTimeout|Pool(Cleared|ClearedOnNetwork|Closed))Error$/;

/** The kind of a driver's error. */
function failureOf(error: unknown): Failure {
  const { codes, name } = anatomyOf(error);
  // The write is applied, and no majority has confirmed it in time, for any code.
  if (name === 'MongoWriteConcernError') return 'connection';
  const [failure] = CODES.find(([, known]) => codes.some((code) => known.test(code))) ?? [];
  return failure ?? (LOST.test(name) ? 'connection' : 'other');
}

/**
 * Whether the server or the driver has put a label on an error, or on the driver's error that the store has translated.
 */
export function hasLabel(error: unknown, label: string): boolean {
  const { errorLabels, cause } = (error ?? {}) as { errorLabels?: unknown; cause?: unknown };
  if (Array.isArray(errorLabels) && errorLabels.includes(label)) return true;
  return error instanceof AtipayError && hasLabel(cause, label);
}

const TRANSIENT = 'TransientTransactionError';

/** Whether an error says that the same work may pass when it is run again. */
export const isTransient = (error: unknown): boolean =>
  failureOf(error) === 'locked' || hasLabel(error, TRANSIENT);

/** The same for reads, which may also be sent again when the connection is lost. */
export const isTransientRead = (error: unknown): boolean =>
  isTransient(error) || failureOf(error) === 'connection';

/** Whether two processes tried to create one collection or index at one moment. */
export const isCreationRace = (error: unknown): boolean =>
  // NamespaceExists, ConflictingOperationInProgress.
  isTransient(error) || anatomyOf(error).codes.some((code) => ['48', '117'].includes(code));

/** NamespaceNotFound. */
export const isMissingCollection = (error: unknown): boolean => anatomyOf(error).codes.includes('26');

/** The store's error for a driver's error. The driver's messages hold values of the payment: none is passed on. */
export function translate(error: unknown, collection: string): AtipayError {
  if (error instanceof AtipayError) return error;
  const anatomy = anatomyOf(error);
  const cause = withoutWords(anatomy, hasLabel(error, TRANSIENT));
  switch (failureOf(error)) {
    case 'unique':
      return new UniqueViolation({ cause });
    case 'locked':
      return lockedError(collection, cause);
    case 'connection':
      return connectionError(collection, cause);
    case 'ended':
      return endedError(cause);
    case 'other':
      return storeError(
        `The collection ${collection} could not be read or written (${anatomy.codes.join(', ') || anatomy.name}).`,
        cause,
      );
  }
}

/** The transaction is not the one that was begun, or is gone. */
export const endedError = (cause?: unknown): AtipayError =>
  storeError(
    'Nothing was committed: an operation of the transaction failed or ended it, and MongoDB has aborted the ' +
      'transaction. An error inside a transaction must leave it, and the hook must not commit or abort it.',
    cause,
  );

/** An operation or a connection that was lost. */
export const connectionError = (collection: string, cause?: unknown): AtipayError =>
  coded(
    'ERR_ATIPAY_STORE_CONNECTION',
    `The connection was lost or timed out while the collection ${collection} was read or written; a write may have been applied.`,
    cause,
  );

/** A document that another transaction has written and not yet committed. */
const lockedError = (collection: string, cause?: unknown): AtipayError =>
  coded('ERR_ATIPAY_STORE_LOCKED', `Another transaction holds a document of ${collection}.`, cause);

export const storeError = (message: string, cause?: unknown): AtipayError =>
  coded('ERR_ATIPAY_STORE', message, cause);

function coded(code: AtipayError['code'], message: string, cause: unknown): AtipayError {
  const status = code === 'ERR_ATIPAY_STORE' ? 500 : 503;
  return new AtipayError(code, message, { status, ...(cause !== undefined && { cause }) });
}

/** Names and codes of a driver's error, for a log. */
function withoutWords({ codes, name }: Anatomy, transient: boolean): Error {
  const cause = new Error(codes.length === 0 ? 'The driver gave no code.' : codes.join(', '));
  return Object.assign(cause, {
    name,
    ...(codes[0] !== undefined && { code: codes[0] }),
    ...(transient && { errorLabels: [TRANSIENT] }),
  });
}
