import { Marks } from '../sql/marks';
import { retrying } from '../sql/retry';
import type { MongoSessionLike, TransactionSettings } from './driver';
import { endedError, hasLabel, storeError, translate } from './errors';
import type { Executor } from './executor';

const SETTINGS: TransactionSettings = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority' },
  readPreference: 'primary',
};

/** Runs work in transactions of sessions that it begins and ends. */
export class Transactions<Session extends MongoSessionLike> {
  readonly #executor: Executor<Session>;
  readonly #marks = new Marks();
  #supported = false;

  constructor(executor: Executor<Session>) {
    this.#executor = executor;
  }

  /** Remembers which payment an update in a transaction has written. */
  note(session: Session, invoiceNumber: string, version: number): void {
    this.#marks.note(session, invoiceNumber, version);
  }

  /** The payments that a transaction has written so far. */
  written(session: Session): string[] {
    return this.#marks.of(session);
  }

  async run<T>(work: (session: Session) => Promise<T>): Promise<T> {
    await this.#executor.check();
    await this.#refuseStandalone();
    const session = this.#begin();
    try {
      const value = await work(session);
      if (!session.inTransaction()) throw endedError();
      await this.#commit(session);
      return value;
    } catch (error) {
      if (session.inTransaction()) await this.#quietly(session.abortTransaction());
      throw error;
    } finally {
      await this.#quietly(session.endSession());
    }
  }

  #begin(): Session {
    try {
      const session = this.#executor.db.client.startSession();
      session.startTransaction(SETTINGS);
      this.#marks.begin(session);
      return session;
    } catch (error) {
      throw translate(error, this.#executor.name);
    }
  }

  /** A commit whose answer was lost may be sent again: the server does it once. */
  async #commit(session: Session): Promise<void> {
    try {
      await retrying(
        () => this.#executor.limit(session.commitTransaction()),
        (error) => hasLabel(error, 'UnknownTransactionCommitResult'),
      );
    } catch (error) {
      throw translate(error, this.#executor.name);
    }
  }

  async #quietly(step: Promise<unknown>): Promise<void> {
    await this.#executor.limit(step).catch(() => undefined);
  }

  async #refuseStandalone(): Promise<void> {
    if (this.#supported) return;
    const answer = await this.#executor.ask(() => this.#executor.db.command({ hello: 1 } as never));
    this.#supported = typeof answer['setName'] === 'string' || answer['msg'] === 'isdbgrid';
    if (this.#supported) return;
    throw storeError(
      'MongoDB has transactions on a replica set or a sharded cluster only, and this server is neither. Start it with ' +
        '--replSet and run rs.initiate() once (a set of one member will do), or leave `transaction` out of the hooks ' +
        'and make them idempotent.',
    );
  }
}
