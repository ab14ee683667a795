import { connectionError, isAnswer } from './errors';
import { limitStatement } from './time';

/** A pool's way to lend a connection. */
export interface Pool<Connection> {
  take(): Promise<Connection>;
  /** `destroy`: the connection must not be used again. */
  giveBack(connection: Connection, destroy: boolean): void;
}

/** Runs a statement on a connection, which is destroyed unless the server has answered in time. */
export async function onConnection<Connection, T>(
  pool: Pool<Connection>,
  ms: number,
  statement: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await pool.take();
  try {
    const result = await inTime(statement(connection), ms);
    pool.giveBack(connection, false);
    return result;
  } catch (error) {
    pool.giveBack(connection, !isAnswer(error));
    throw error;
  }
}

/** How a transaction is begun and ended on a connection. */
export interface TransactionControl<Connection> {
  readonly begin: (connection: Connection) => Promise<unknown>;
  readonly commit: (connection: Connection) => Promise<unknown>;
  readonly rollback: (connection: Connection) => Promise<unknown>;
}

/** Runs work in a transaction of one connection, which is destroyed unless the transaction was seen to end. */
export async function inTransaction<Connection, T>(
  pool: Pool<Connection>,
  ms: number,
  control: TransactionControl<Connection>,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await pool.take();
  let ended = false;
  const send = async (step: (connection: Connection) => Promise<unknown>): Promise<void> => {
    await inTime(step(connection), ms);
    ended = step !== control.begin;
  };
  try {
    await send(control.begin);
    const value = await work(connection);
    await send(control.commit);
    return value;
  } catch (error) {
    await send(control.rollback).catch(() => undefined);
    throw error;
  } finally {
    pool.giveBack(connection, !ended);
  }
}

/** A time limit for one statement on a connection. */
const inTime = <T>(statement: Promise<T>, ms: number): Promise<T> =>
  limitStatement(statement, ms, () => connectionError('of payments'));
