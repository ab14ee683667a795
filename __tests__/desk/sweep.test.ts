import { PassThrough } from 'node:stream';
import { run } from '../../lib/desk/run';
import { sweepBy } from '../../lib/desk/sweep';

describe('a sweep', () => {
  const report = { due: 9, paid: 1, failed: 2, review: 3, hooks: 4, waiting: 5, ms: 6 };
  /** A router of the shop, as far as a sweep needs it. */
  function router(recover: () => Promise<object>): { recover: typeof recover; close: jest.Mock } {
    return { recover, close: jest.fn(() => Promise.resolve()) };
  }

  test('is told of in one line, or as JSON, and the router is closed', async () => {
    const shop = router(() => Promise.resolve(report));
    expect(await sweepBy({ default: shop }, 'c.js', false)).toEqual([
      'Payments that were due: 9. Became paid: 1, failed: 2, review: 3. ' +
        'Hooks that returned: 4. Still waiting for an answer or a hook: 5. It took 6 ms.',
    ]);
    expect(await sweepBy({ any: () => 0, shop }, 'c.js', true)).toEqual([JSON.stringify(report, null, 2)]);
    const made = Object.assign(() => undefined, { atipay: shop });
    expect(await sweepBy({ default: null, made }, 'c.js', true)).toEqual([JSON.stringify(report, null, 2)]);
    expect(shop.close).toHaveBeenCalledTimes(3);
  });

  test('that found nothing says so', async () => {
    const shop = router(() => Promise.resolve({ ...report, due: 0 }));
    expect(await sweepBy({ shop }, 'c.js', false)).toEqual(['Nothing was due.']);
  });

  test('that fails closes the router all the same', async () => {
    const shop = router(() => Promise.reject(new Error('no database')));
    await expect(sweepBy({ shop }, 'c.js', false)).rejects.toThrow('no database');
    expect(shop.close).toHaveBeenCalledTimes(1);
  });

  const WHY = `A sweep asks the gateway and calls the shop's hooks, so it needs the shop's own router. Give --config a module
that makes it, with recovery: false, and exports it:

  // atipay.config.js
  module.exports = atipayRouter({ apiKey, store, onSuccess, /* as in the shop */ recovery: false });

A shop that is running sweeps by itself, every 30 seconds.`;
  const terminal = { input: new PassThrough(), output: new PassThrough() };

  test('without a router says what to write', async () => {
    await expect(sweepBy({ default: undefined }, 'c.js', false)).rejects.toMatchObject({
      message: `c.js exports no atipayRouter and no atipay of one.\n${WHY}`,
      exitCode: 1,
    });
    expect(await run(['sweep'], terminal, false)).toEqual({
      code: 2,
      out: '',
      error: `atipay-payments: ${WHY}\nTry atipay-payments --help.\n`,
    });
    expect(await run(['sweep', '--config', '/nowhere/c.js'], terminal, false)).toEqual({
      code: 1,
      out: '',
      error: 'atipay-payments: There is no file /nowhere/c.js.\n',
    });
  });
});
