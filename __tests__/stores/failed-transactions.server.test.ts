import { connectTo, describeWith, MYSQL, POSTGRES } from '../support/databases';
import { everythingIn, rejection } from '../support/store-errors';
import { transactionsEnd, written } from './failed-transactions';

const NOTHING_COMMITTED = {
  code: 'ERR_ATIPAY_STORE',
  message:
    'Nothing was committed: a statement of the transaction failed, and the database ended the transaction. ' +
    'An error inside a transaction must leave it.',
};

describeWith(POSTGRES, 'a transaction on PostgreSQL', () => {
  const { store, scene } = transactionsEnd(connectTo(POSTGRES));

  test('rejects when it swallowed an error after which PostgreSQL commits nothing', async () => {
    const record = await scene.given();
    const work = store.transaction(async (tx) => {
      await store.update(written(record), record, { tx });
      await tx.raw('select * from there_is_no_such_table where it = ?', ['0912']).catch(() => undefined);
      return true;
    });
    const error = await rejection(work);
    expect(error).toMatchObject({ code: NOTHING_COMMITTED.code });
    expect(everythingIn(error)).not.toContain('0912');
    await scene.holds(record);
  });
});

describeWith(MYSQL, 'a transaction on MySQL or MariaDB', () => {
  const { store, scene } = transactionsEnd(connectTo(MYSQL));

  test('of two in deadlock one rejects, even if its work swallowed the error', async () => {
    const [first, second] = [await scene.given(), await scene.given()];
    const bothHold = barrier(2);
    const crossing = [
      [first, second],
      [second, first],
    ].map(([mine = first, other = second]) =>
      store.transaction(async (tx) => {
        await store.update(written(mine), mine, { tx });
        await bothHold();
        await store.update({ ...written(other), token: 'a secret' }, other, { tx }).catch(() => undefined);
      }),
    );
    const outcomes = await Promise.allSettled(crossing);
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(refused).toEqual([expect.objectContaining(NOTHING_COMMITTED)]);
    expect(everythingIn(refused)).not.toContain('a secret');
    const stored = await Promise.all([first, second].map(({ invoiceNumber }) => store.find(invoiceNumber)));
    expect(stored.map((record) => record?.verifyAttempts)).toEqual([1, 1]);
  });
});

/** Holds its callers until all of them have come. */
function barrier(count: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === count) for (const goOn of waiting) goOn();
    });
}
