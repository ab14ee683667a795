import { CrashScene, diesAt, ORDER } from '../../support/chaos-crash';
import { describeWith, POSTGRES } from '../../support/databases';
import { CRASH_POINTS } from './shop/crashes';
import { Bundle } from './world/bundle';
import type { StoreName } from './world/database';

const bundle = new Bundle();
afterAll(() => bundle.remove());

const diesAnywhere = (store: StoreName): void => diesAt(CRASH_POINTS, () => CrashScene.open(store, bundle));

describe('on SQLite one order is paid with one effect when the process dies', () => diesAnywhere('sqlite'));

describeWith(POSTGRES, 'on PostgreSQL one order is paid with one effect when the process dies', () =>
  diesAnywhere('pg'),
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
