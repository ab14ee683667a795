import type { DialectName, Row, SqlClient } from '../sql/client';
import { endedError } from '../sql/errors';
import { expectClient } from '../expect';
import { dialectNamed } from '../sql/dialect';
import { SqlPaymentStore, type SqlStoreOptions } from '../sql/store';
import { tableCreator, tableDropper, type PaymentsTableOptions } from '../sql/table';

export { paymentsMigrations, type PaymentsMigration } from '../sql/migrations';
export { paymentsTableSql } from '../sql/table';

/** The used part of a Prisma client, also inside a transaction. @internal */
export interface PrismaSessionLike {
  $queryRawUnsafe(sql: string, ...values: unknown[]): PromiseLike<unknown>;
  $executeRawUnsafe(sql: string, ...values: unknown[]): PromiseLike<number>;
}

/** The used part of a Prisma client. @internal */
export interface PrismaLike<Tx extends PrismaSessionLike> extends PrismaSessionLike {
  $transaction: {
    (queries: never): unknown;
    <T>(work: (tx: Tx) => Promise<T>, options?: { maxWait?: number; timeout?: number }): Promise<T>;
  };
  $extends: unknown;
}

/** Options of a Prisma store. */
export interface PrismaOptions {
  /** The provider of the shop's schema; `mysql` is MariaDB too. */
  dialect: DialectName;
}

/** Keeps payments through a shop's Prisma client. A hook's `tx` is Prisma's transaction client. */
export class PrismaPaymentStore<Tx extends PrismaSessionLike> extends SqlPaymentStore<Tx> {
  /** @throws AtipayError `ERR_ATIPAY_STORE` for a bad table name. */
  constructor(prisma: PrismaLike<Tx>, options: SqlStoreOptions & PrismaOptions) {
    super(prismaClient(prisma, options), options);
  }
}

/** Creates the payments table, or its missing parts. */
export const createPaymentsTable = (
  prisma: PrismaLike<PrismaSessionLike>,
  options: PaymentsTableOptions & PrismaOptions,
): Promise<void> => tableCreator(() => prismaClient(prisma, options))(prisma, options);

/** Drops the payments table and every payment in it. */
export const dropPaymentsTable = (
  prisma: PrismaLike<PrismaSessionLike>,
  options: PaymentsTableOptions & PrismaOptions,
): Promise<void> => tableDropper(() => prismaClient(prisma, options))(prisma, options);

/** Prisma would end a hook's transaction after 5 seconds; the router limits the time of the hook. */
const LIMITS = { maxWait: 10_000, timeout: 24 * 60 * 60 * 1000 };

const EXAMPLE = "new PrismaPaymentStore(prisma, { dialect: 'postgresql' })";

function prismaClient<Tx extends PrismaSessionLike>(
  prisma: PrismaLike<Tx>,
  options: PrismaOptions | undefined,
): SqlClient<Tx> {
  const { name: dialect } = dialectNamed(options?.dialect);
  expectClient(
    prisma,
    ['$queryRawUnsafe', '$executeRawUnsafe', '$transaction'],
    `a Prisma client: ${EXAMPLE}`,
  );
  // Prisma has one connection to SQLite: a statement sent outside of an open transaction would become part of it.
  const alone = async <T>(send: (session: PrismaSessionLike) => PromiseLike<T>, tx?: Tx): Promise<T> =>
    tx || dialect !== 'sqlite' ? send(tx ?? prisma) : prisma.$transaction(async (own) => send(own), LIMITS);
  return {
    dialect,
    query: async (sql, values, tx) =>
      (await alone((session) => session.$queryRawUnsafe(sql, ...values), tx)) as Row[],
    execute: (sql, values, tx) => alone((session) => session.$executeRawUnsafe(sql, ...values), tx),
    transaction: (work) => (dialect === 'sqlite' ? oneByOne(prisma) : prisma).$transaction(work, LIMITS),
  };
}

type Query = (args: unknown) => Promise<unknown>;

/** SQLite: has a transaction take one statement at a time, and none after a failure, which may have ended it. */
function oneByOne<Tx extends PrismaSessionLike>(prisma: PrismaLike<Tx>): PrismaLike<Tx> {
  let last: Promise<unknown> = Promise.resolve();
  let failed = false;
  const $allOperations = ({ args, query }: { args: unknown; query: Query }): Promise<unknown> => {
    const turn = last.then(() => {
      if (failed) throw endedError();
      return query(args);
    });
    last = turn.catch(() => {
      failed = true;
    });
    return turn;
  };
  const extend = prisma.$extends as (extension: unknown) => PrismaLike<Tx>;
  return extend.call(prisma, { query: { $allOperations } });
}
