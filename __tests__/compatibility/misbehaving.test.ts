import type { AtipayConfig } from 'express-atipay';
import { texts } from '../../lib/texts';
import { openSurrounded, begun, addressOf, HTML, type Surrounded } from '../support/surrounded';
import { MINUTE } from '../support/shop';

type Hook = AtipayConfig['onSuccess'];

const throwing =
  (thrown: unknown): Hook =>
  () => {
    throw thrown;
  };
const rejecting =
  (thrown: unknown): Hook =>
  () =>
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- shops do.
    Promise.reject(thrown);

const HOOK_TIMEOUT_MS = 50;

/** Rejects when its caller no longer waits. */
const tooLate: Hook = () =>
  new Promise((_resolve, reject) => setTimeout(reject, 2 * HOOK_TIMEOUT_MS, new Error('too late')));

const MISBEHAVIOUR: [string, Hook][] = [
  ['throws an error', throwing(new Error('orders are locked'))],
  ['rejects with an error', rejecting(new Error('orders are locked'))],
  ['throws undefined', throwing(undefined)],
  ['rejects with undefined', rejecting(undefined)],
  ['throws null', throwing(null)],
  ['rejects with a text', rejecting('orders are locked')],
  ['rejects after its time is over', tooLate],
  ['never settles', () => new Promise(() => undefined)],
];

/** A shop whose hooks misbehave once, then work, and which payments each was called for. */
async function openMisbehaving(first: Hook): Promise<{ scene: Surrounded; calls: string[] }> {
  const calls: string[] = [];
  const once: Hook = (payment, context) => {
    calls.push(payment.status);
    return context.attempt === 1 ? first(payment, context) : undefined;
  };
  const scene = await openSurrounded((app, router) => app.use('/payment', router), {
    config: {
      hookTimeoutMs: HOOK_TIMEOUT_MS,
      onSuccess: once,
      onFailure: once as unknown as NonNullable<AtipayConfig['onFailure']>,
    },
  });
  return { scene, calls };
}

describe.each(MISBEHAVIOUR)('a hook that %s', (_how, hook) => {
  test.each([
    ['pay', 'paid', texts('en').outcome.paid.title],
    ['cancel', 'failed', texts('en').failure.CanceledByUser],
  ] as const)(
    'does not disturb a buyer who comes to %s, and is called again',
    async (visit, status, shown) => {
      const { scene, calls } = await openMisbehaving(hook);
      const { shop, simulator } = scene;
      const record = await begun(scene);
      const { response } = await simulator[visit](addressOf(scene, 'pay', record));
      expect(response.status).toBe(303);
      expect(await (await fetch(response.location ?? '', { headers: HTML })).text()).toContain(shown);
      const { dueAt } = await shop.record(record.invoiceNumber);
      expect(await shop.record(record.invoiceNumber)).toMatchObject({ status, nextHookAt: dueAt });
      // Retries of hooks that failed together are spread over the last quarter of the delay.
      expect((dueAt ?? 0) - shop.now).toBeGreaterThanOrEqual(22_500);
      expect((dueAt ?? 0) - shop.now).toBeLessThanOrEqual(30_000);
      expect(shop.told('hookError')).toMatchObject([{ attempt: 1, nextTryAt: dueAt }]);
      expect(shop.logs.filter(({ level }) => level === 'error')).toHaveLength(1);

      await shop.sweepAfter(30_000);
      expect(await shop.record(record.invoiceNumber)).toMatchObject({
        status,
        dueAt: null,
        hookDeliveredAt: shop.now,
      });
      await shop.sweepAfter(60 * MINUTE);
      expect(calls).toEqual([status, status]);
    },
  );
});

test('a hook that takes its time, and whose process lives on, is not called a second time meanwhile', async () => {
  let done: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => (done = resolve));
  let calls = 0;
  const scene = await openSurrounded((app, router) => app.use('/payment', router), {
    config: {
      onSuccess: () => {
        calls += 1;
        return slow;
      },
    },
  });
  const { shop, simulator } = scene;
  const record = await begun(scene);
  const back = simulator.pay(addressOf(scene, 'pay', record));
  while (calls === 0) await new Promise(setImmediate);
  expect(await shop.sweepAfter(MINUTE)).toMatchObject({ due: 0 });
  done();
  expect((await back).response.status).toBe(303);
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'paid', dueAt: null });
  expect(calls).toBe(1);
});
