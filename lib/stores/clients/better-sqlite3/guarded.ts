import { endedError } from '../../sql/errors';
import type { BetterSqlite3Like } from './database';

/** A database in a transaction, which takes no call after a statement has ended the transaction. */
export const guarded = <Database extends BetterSqlite3Like>(database: Database): Database =>
  guard(database, database);

function guard<T extends object>(target: T, database: BetterSqlite3Like): T {
  return new Proxy(target, {
    get: (_target, key) => {
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? called(target, value as Method, database) : value;
    },
  });
}

type Method = (...values: unknown[]) => unknown;

/** Statements are guarded as their database is, also where a method returns the statement itself. */
const called =
  (target: object, method: Method, database: BetterSqlite3Like): Method =>
  (...values) => {
    if (!database.inTransaction) throw endedError();
    const result = Reflect.apply(method, target, values);
    return isStatement(result) ? guard(result, database) : result;
  };

const isStatement = (result: unknown): result is object =>
  typeof result === 'object' && result !== null && 'reader' in result && 'run' in result;
