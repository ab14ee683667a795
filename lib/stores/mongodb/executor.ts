import { expectClient } from '../expect';
import { retrying } from '../sql/retry';
import { limitStatement } from '../sql/time';
import { collectionIn, refuseWithoutKeys } from './collection';
import type { Document, MongoCollectionLike, MongoCursorLike } from './driver';
import type { MongoDbLike, MongoDbSource, MongoSessionLike } from './driver';
import { connectionError, isTransient, isTransientRead, storeError, translate } from './errors';

/** How the server is to treat one command. */
export interface CommandOptions {
  readonly maxTimeMS?: number;
  readonly session?: MongoSessionLike;
}

const DB =
  "a Db of mongodb, or a function that answers with it: new MongoPaymentStore(client.db('shop')), " +
  'new MongoPaymentStore(() => mongoose.connection.db)';

type Command<T> = (collection: MongoCollectionLike, options: CommandOptions) => Promise<T>;

/** The driver's answer to a write. */
interface WriteResult {
  readonly acknowledged: boolean;
  readonly matchedCount?: number;
}

/** Sends the store's commands: time limit, retries and errors are the same for each. */
export class Executor<Session extends MongoSessionLike> {
  readonly name: string;
  readonly #source: MongoDbSource<Session>;
  readonly #limitMs: number;
  #checked: Promise<void> | undefined;

  constructor(source: MongoDbSource<Session>, name: string, limitMs: number) {
    if (typeof source !== 'function') expectClient(source, ['collection'], DB);
    this.name = name;
    this.#source = source;
    this.#limitMs = limitMs;
  }

  /** @throws AtipayError `ERR_ATIPAY_STORE_CONNECTION` while the shop is not connected. */
  get db(): MongoDbLike<Session> {
    const db = typeof this.#source === 'function' ? this.#source() : this.#source;
    if (!db) throw connectionError(this.name);
    expectClient(db, ['collection'], DB);
    return db;
  }

  /** Outside a transaction, tries again when the connection is lost. */
  read(
    cursor: (collection: MongoCollectionLike, options: CommandOptions) => MongoCursorLike,
    tx?: Session,
  ): Promise<Document[]> {
    return this.#send((collection, options) => cursor(collection, options).toArray(), tx, isTransientRead);
  }

  /** Outside a transaction, tries again after a conflict, which has changed nothing. */
  async write<Result extends WriteResult>(
    command: Command<Result>,
    tx?: Session,
    passes = isTransient,
  ): Promise<Result> {
    const result = await this.#send(command, tx, passes);
    const { acknowledged, matchedCount = 0 } = result;
    if (acknowledged && Number.isInteger(matchedCount)) return result;
    throw storeError(`MongoDB did not acknowledge a write to the collection ${this.name}.`);
  }

  /** Rejects with `ERR_ATIPAY_STORE_CONNECTION` when a step of the driver does not settle in time. */
  limit<T>(step: Promise<T>): Promise<T> {
    return limitStatement(step, this.#limitMs, () => connectionError(this.name));
  }

  /** Runs a read outside of a transaction. */
  async ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await retrying(() => this.limit(question()), isTransientRead);
    } catch (error) {
      throw translate(error, this.name);
    }
  }

  /** Looks for the unique indexes before the store uses the collection for the first time. */
  async check(): Promise<void> {
    this.#checked ??= this.ask(() => refuseWithoutKeys(this.#collection, this.name));
    try {
      await this.#checked;
    } catch (error) {
      this.#checked = undefined;
      throw error;
    }
  }

  /** The server gives up a little earlier than the client, which then knows that nothing was applied. */
  get #serverLimit(): CommandOptions {
    return this.#limitMs === Infinity ? {} : { maxTimeMS: Math.ceil(this.#limitMs * 0.9) };
  }

  get #collection(): MongoCollectionLike {
    return collectionIn(this.db, this.name);
  }

  async #send<T>(
    command: Command<T>,
    tx: Session | undefined,
    passes: (error: unknown) => boolean,
  ): Promise<T> {
    const options = { ...this.#serverLimit, ...(tx && { session: tx }) };
    const once = async (): Promise<T> => this.limit(command(this.#collection, options));
    if (tx === undefined) await this.check();
    try {
      return await (tx === undefined ? retrying(once, passes) : once());
    } catch (error) {
      throw translate(error, this.name);
    }
  }
}
