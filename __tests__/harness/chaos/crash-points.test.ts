import { CrashScene, ORDER } from '../../support/chaos-crash';
import { describeWith, POSTGRES } from '../../support/databases';
import { CRASH_POINTS, type CrashPoint } from './shop/crashes';
import { Bundle } from './world/bundle';
import type { StoreName } from './world/database';

const bundle = new Bundle();
afterAll(() => bundle.remove());

/** The rows that the dead process leaves in the database. */
const LEFT: Record<CrashPoint, object> = {
  'before the claim': { status: 'pending' },
  'after the claim': { status: 'verifying' },
  'after the gateway took effect, before its answer': { status: 'verifying' },
  'after its answer, before paid is stored': { status: 'verifying' },
  'after paid is stored, before the hook': { status: 'paid', hookDeliveredAt: undefined },
  'inside the transaction, before its commit': { status: 'paid', hookDeliveredAt: undefined },
  'after the commit, before the hook returns': { status: 'paid', hookDeliveredAt: undefined },
  'before delivered is stored': { status: 'paid', hookDeliveredAt: undefined },
  'after delivered is stored, before the buyer is answered': { status: 'paid', dueAt: undefined },
};

const diesEverywhere = (store: StoreName): void => {
  test.each(CRASH_POINTS)('%s', async (point) => {
    const scene = await CrashScene.open(store, bundle);
    try {
      const { signal, buyer } = await scene.paysIntoCrash(point);
      expect(signal).toBe('SIGKILL');
      expect(await scene.payment()).toMatchObject(LEFT[point]);
      // Before the claim nothing is known of the receipt: the buyer's browser has to bring it again.
      await scene.recovers(point === 'before the claim' ? buyer : undefined);
      expect(await scene.payment()).toMatchObject({ status: 'paid', dueAt: undefined });
      const { violations, facts } = await scene.audited();
      expect(Object.values(violations).flat()).toEqual([]);
      expect(facts).toMatchObject({ paidOrders: 1, verified: 1, review: 0 });
    } finally {
      await scene.close();
    }
  });
};

describe('on SQLite one order is paid with one effect when the process dies', () => diesEverywhere('sqlite'));

describeWith(POSTGRES, 'on PostgreSQL one order is paid with one effect when the process dies', () =>
  diesEverywhere('pg'),
);

test('the audit sees what such a crash does when applied is not marked', async () => {
  const scene = await CrashScene.open('sqlite', bundle, { defect: 'applied is not marked' });
  try {
    await scene.paysIntoCrash('after the commit, before the hook returns');
    await scene.recovers();
    expect((await scene.audited()).violations.effectTwice).toEqual([ORDER]);
  } finally {
    await scene.close();
  }
});
