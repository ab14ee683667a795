/** A document by the names of its fields. */
export type Document = Record<string, unknown>;

/** The used part of a `ClientSession`. @internal */
export interface MongoSessionLike {
  startTransaction(options?: TransactionSettings): void;
  commitTransaction(): Promise<unknown>;
  abortTransaction(): Promise<unknown>;
  endSession(): Promise<unknown>;
  inTransaction(): boolean;
}

/** How the store begins a transaction. */
export interface TransactionSettings {
  readConcern: { level: 'snapshot' };
  writeConcern: { w: 'majority' };
  readPreference: 'primary';
}

/** The used part of a cursor. @internal */
export interface MongoCursorLike {
  sort(order: never): MongoCursorLike;
  limit(count: number): MongoCursorLike;
  toArray(): Promise<Document[]>;
}

/** The used part of a `Collection`. @internal */
export interface MongoCollectionLike {
  insertOne(document: never, options: never): Promise<{ acknowledged: boolean }>;
  updateOne(
    filter: never,
    update: never,
    options: never,
  ): Promise<{ acknowledged: boolean; matchedCount: number }>;
  find(filter: never, options: never): MongoCursorLike;
  aggregate(pipeline: never, options: never): MongoCursorLike;
  createIndexes(indexes: never): Promise<unknown>;
  indexes(): Promise<unknown>;
  drop(): Promise<unknown>;
}

/** The used part of the driver's `Db`. @internal */
export interface MongoDbLike<Session extends MongoSessionLike> {
  readonly client: { startSession(): Session };
  collection(name: string, options: never): MongoCollectionLike;
  command(command: never): Promise<Document>;
}

/** The shop's `Db`, or a function that answers with it once the shop is connected. */
export type MongoDbSource<Session extends MongoSessionLike> =
  MongoDbLike<Session> | (() => MongoDbLike<Session> | undefined);
