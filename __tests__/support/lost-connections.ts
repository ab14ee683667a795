import { changed, rejectsWith, Scene } from '../../lib/stores/contract/scene';
import type { SqlStoreOptions } from '../../lib/stores/sql/store';
import type { PaymentStore } from '../../lib/stores/store';
import { uniqueTable } from './databases';
import { tcpProxy, type TcpProxy } from './tcp-proxy';

/** Long enough for an answer on a busy machine, short enough to be waited for. */
const STATEMENT_MS = 2_000;

/** A store over a client whose connections are lost. */
export interface Losing {
  store: PaymentStore<unknown>;
  createTable(): Promise<void>;
  dropTable(): Promise<void>;
  close(): PromiseLike<unknown>;
}

export type OpenLosing = (
  url: string,
  options: SqlStoreOptions & { tableName: string },
) => Losing | Promise<Losing>;

/** Whether bytes on their way to the server are a certain statement. */
export type IsMeant = (bytes: Buffer) => boolean;

/** A statement as text, in whichever case the client writes it. */
export const says =
  (words: string): IsMeant =>
  (bytes) =>
    bytes.toString('latin1').toLowerCase().includes(words);

/** MySQL's command to run a prepared statement. */
export const isExecuted: IsMeant = (bytes) => bytes[4] === 0x17;

/** PostgreSQL's message that binds values to a statement that was parsed before. */
export const isBound: IsMeant = (bytes) => bytes[0] === 0x42;

/** Tests that a store survives lost connections. */
export function survivesLosses(target: string, open: OpenLosing, isUpdate: IsMeant, isCommit: IsMeant): void {
  const tableName = uniqueTable();
  let proxy: TcpProxy;
  let opened: Losing;
  let scene: Scene;

  beforeAll(async () => {
    proxy = await tcpProxy(target);
    opened = await open(proxy.url, { tableName, statementTimeoutMs: STATEMENT_MS });
    await opened.createTable();
    scene = new Scene(opened.store);
  });
  afterAll(async () => {
    await opened.dropTable();
    // Not awaited: Drizzle keeps the connections on which it could not begin, so that its pool never ends.
    void opened.close();
    await proxy.close();
  });

  /** Fills the pool with idle connections, and loses them. */
  async function lose(how: 'reset' | 'end' | 'silence'): Promise<void> {
    await Promise.all(Array.from({ length: 6 }, () => scene.store.find('7')));
    proxy[how]();
  }

  test.each(['reset', 'end', 'silence'] as const)(
    'a read passes after a %s of idle connections',
    async (how) => {
      const record = await scene.given();
      await lose(how);
      await scene.holds(record);
    },
  );

  test.each(['reset', 'end', 'silence'] as const)(
    'a write after a %s is told apart by its version',
    async (how) => {
      const record = await scene.given();
      const next = changed(record, { traceNumber: how });
      await lose(how);
      const [outcome] = await Promise.allSettled([scene.store.update(next, record)]);
      if (outcome.status === 'rejected') {
        expect(outcome.reason).toMatchObject({ code: 'ERR_ATIPAY_STORE_CONNECTION' });
        await scene.store.find(record.invoiceNumber);
        // True or false: the first may have been applied, even after this read. The version lets one of them through.
        await scene.store.update(next, record);
      }
      await scene.holds(next);
    },
  );

  test('a write whose answer is cut off says that it may have been applied', async () => {
    const record = await scene.given();
    const next = changed(record, { traceNumber: 'cut' });
    proxy.cutAnswerTo(isUpdate);
    await rejectsWith('ERR_ATIPAY_STORE_CONNECTION', scene.store.update(next, record));
    await scene.holds(next);
  });

  test('a transaction whose commit is not answered says that it may have been applied', async () => {
    const record = await scene.given();
    const next = changed(record, { hookAttempts: 1 });
    const work = scene.store.transaction?.(async (tx) => {
      await scene.store.update(next, record, { tx });
      proxy.cutAnswerTo(isCommit);
    });
    await rejectsWith('ERR_ATIPAY_STORE_CONNECTION', Promise.resolve(work));
    await scene.holds(next);
  });

  test('a transaction that cannot begin on lost connections begins on another', async () => {
    const record = await scene.given();
    const next = changed(record, { hookAttempts: 1 });
    await lose('reset');
    await scene.store.transaction?.((tx) => scene.store.update(next, record, { tx }));
    await scene.holds(next);
  });

  test('a transaction whose connection is lost under way changes nothing', async () => {
    const record = await scene.given();
    const work = scene.store.transaction?.(async (tx) => {
      await scene.store.update(changed(record, { hookAttempts: 1 }), record, { tx });
      proxy.reset();
      await scene.store.find(record.invoiceNumber, tx);
    });
    await rejectsWith('ERR_ATIPAY_STORE_CONNECTION', Promise.resolve(work));
    await scene.holds(record);
  });
}
