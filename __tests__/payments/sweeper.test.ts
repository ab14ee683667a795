import { MemoryPaymentStore, type PaymentStore } from 'express-atipay';
import { Sweeper } from '../../lib/payments/sweeper';
import { aContext } from '../support/context';
import { NOW } from '../support/record';
import { sharing } from '../support/sharing';

const LEASE_MS = 120_000;

/** A sweeper whose reads of due payments hang until the test lets them go, and its clock. */
function stalling() {
  const clock = { now: NOW };
  const hanging: (() => void)[] = [];
  const due: PaymentStore['due'] = () => new Promise((resolve) => hanging.push(() => resolve([])));
  const store = sharing(new MemoryPaymentStore({ quiet: true }), { due });
  const sweeper = new Sweeper(aContext({ store, now: () => clock.now }));
  const release = async (): Promise<void> => {
    while (hanging.length > 0) {
      for (const go of hanging.splice(0)) go();
      await new Promise(setImmediate);
    }
  };
  return { clock, hanging, sweeper, release };
}

test('a sweep under way is shared, as long as it works on payments', async () => {
  const { clock, hanging, sweeper, release } = stalling();
  const first = sweeper.recover();
  clock.now += 2 * LEASE_MS;
  expect(sweeper.recover()).toBe(first);
  expect(hanging).toHaveLength(1);
  await release();
  await first;
});

test('a sweep without progress for more than two leases lets the next one start', async () => {
  const { clock, hanging, sweeper, release } = stalling();
  const first = sweeper.recover();
  clock.now += 2 * LEASE_MS + 1;
  const second = sweeper.recover();
  expect(second).not.toBe(first);
  expect(hanging).toHaveLength(2);
  expect(sweeper.recover()).toBe(second);
  await release();
  await Promise.all([first, second]);
});

test('there are at most two sweeps, however long both stall', async () => {
  const { clock, hanging, sweeper, release } = stalling();
  const first = sweeper.recover();
  clock.now += 2 * LEASE_MS + 1;
  const second = sweeper.recover();
  clock.now += 10 * LEASE_MS;
  expect(sweeper.recover()).toBe(second);
  expect(hanging).toHaveLength(2);
  await release();
  await Promise.all([first, second]);
});

test('when a stalled sweep has ended, another may start beside the next stalled one', async () => {
  const { clock, hanging, sweeper, release } = stalling();
  const first = sweeper.recover();
  await release();
  await first;
  const second = sweeper.recover();
  expect(second).not.toBe(first);
  clock.now += 2 * LEASE_MS + 1;
  const third = sweeper.recover();
  expect(third).not.toBe(second);
  expect(hanging).toHaveLength(2);
  await release();
  await Promise.all([second, third]);
});

test('a sweep that fails makes room for the next one', async () => {
  const troubles = [new Error('the database is away')];
  const rows = new MemoryPaymentStore({ quiet: true });
  const due: PaymentStore['due'] = (query) => {
    const trouble = troubles.pop();
    return trouble ? Promise.reject(trouble) : rows.due(query);
  };
  const sweeper = new Sweeper(aContext({ store: sharing(rows, { due }) }));
  await expect(sweeper.recover()).rejects.toThrow('the database is away');
  expect(await sweeper.recover()).toMatchObject({ due: 0 });
});
