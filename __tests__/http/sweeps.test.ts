import { MemoryPaymentStore } from 'express-atipay';
import { gate } from '../payments/hook-scene';
import { openShop } from '../support/opened';
import { held } from '../support/scripted-gateway';
import { sharing } from '../support/sharing';
import { HOUR, MINUTE } from '../support/shop';
import { until } from '../support/until';

/** A store that counts a sweep's reads of due payments. */
function countingSweeps() {
  let count = 0;
  const rows = new MemoryPaymentStore({ quiet: true });
  const store = sharing(rows, {
    due: (query) => {
      // A sweep begins with the payments that are being verified.
      if (query.statuses.includes('verifying')) count += 1;
      return rows.due(query);
    },
  });
  return { store, sweeps: () => count };
}

describe('the timer', () => {
  test.each([
    [0, 24_000],
    [0.5, 30_000],
    [0.999, 35_988],
  ])('spaces sweeps unevenly around everyMs: a draw of %d waits %d ms', async (draw, wait) => {
    const drawn = jest.spyOn(Math, 'random').mockReturnValue(draw);
    const set = jest.spyOn(global, 'setTimeout');
    await openShop({ recovery: { everyMs: 30_000 } });
    const waits = set.mock.calls.map(([, ms]) => Math.round(ms ?? 0));
    drawn.mockRestore();
    set.mockRestore();
    expect(waits).toEqual([wait]);
  });

  test('logs sweeps that found something, and none that did not', async () => {
    const { store, sweeps } = countingSweeps();
    const shop = await openShop({ store, recovery: { everyMs: 1 } });
    await shop.started();
    await until(() => sweeps() > 2);
    const swept = () => shop.logs.filter(({ message }) => message.startsWith('Swept'));
    expect(swept()).toEqual([]);
    shop.now += HOUR;
    await until(() => swept().length > 0);
    const seen = sweeps();
    await until(() => sweeps() > seen + 2);
    const report = { due: 1, paid: 0, failed: 1, review: 0, hooks: 1, waiting: 0 };
    expect(swept()).toEqual([
      {
        level: 'info',
        fields: { ...report, ms: expect.any(Number) as number },
        message: 'Swept due payments.',
      },
    ]);
  });

  test('logs a sweep once, however often its time comes again meanwhile', async () => {
    const leaving = gate();
    const hook = jest.fn(() => leaving.opened);
    const timers = jest.spyOn(global, 'setTimeout');
    const shop = await openShop({ recovery: { everyMs: 1 }, onFailure: hook });
    await shop.started();
    shop.now += HOUR;
    await until(() => hook.mock.calls.length > 0);
    const ticks = (): number => timers.mock.calls.filter(([, ms]) => ms !== undefined && ms < 2).length;
    const before = ticks();
    await until(() => ticks() > before + 2);
    leaving.open();
    await shop.atipay.close();
    timers.mockRestore();
    expect(shop.logs.filter(({ message }) => message.startsWith('Swept'))).toHaveLength(1);
  });

  test('goes on after a sweep that failed, which is logged', async () => {
    const rows = new MemoryPaymentStore({ quiet: true });
    const troubles = [new Error('the database is away')];
    const store = sharing(rows, {
      due: (query) => {
        const trouble = troubles.pop();
        return trouble ? Promise.reject(trouble) : rows.due(query);
      },
    });
    const shop = await openShop({ store, recovery: { everyMs: 1 } });
    await shop.started();
    shop.now += HOUR;
    await until(() => shop.hooks.length > 0);
    expect(shop.logs.filter(({ level }) => level === 'error')).toEqual([
      {
        level: 'error',
        fields: { err: new Error('the database is away') },
        message: 'A sweep failed; the next one follows on schedule.',
      },
    ]);
  });

  test('does not start again when the router was closed during a sweep, which looks at no further payment', async () => {
    const { store, sweeps } = countingSweeps();
    const shop = await openShop({ store, recovery: { everyMs: 24 * HOUR, concurrency: 1 } });
    const waiting = [(await shop.unanswered()).record, (await shop.unanswered()).record];
    const asked = shop.gateway.asked('verify-payment').length;
    const answer = held({ body: { amount: 25_000 } });
    shop.gateway.replies['verify-payment'].push(answer.reply);
    const swept = shop.sweepAfter(MINUTE);
    await until(() => shop.gateway.asked('verify-payment').length > asked);
    const closed = shop.atipay.close();
    answer.release();
    await closed;
    expect(await swept).toMatchObject({ due: 1, paid: 1 });
    const statuses = waiting.map(async ({ invoiceNumber }) => (await shop.record(invoiceNumber)).status);
    expect((await Promise.all(statuses)).sort()).toEqual(['paid', 'verifying']);
    expect(sweeps()).toBe(1);
  });
});
