import { CrashScene, diesAt } from '../../support/chaos-crash';
import { CRASH_POINTS } from '../chaos/shop/crashes';
import { Bundle } from '../chaos/world/bundle';
import type { StoreName } from '../chaos/world/database';
import { describeEach } from './describe-on';
import { CLIENTS } from './drivers';
import type { Database } from './opened';

const bundle = new Bundle();
afterAll(() => bundle.remove());

const STORES: Record<Database, StoreName> = { postgresql: 'pg', mysql: 'mariadb', sqlite: 'sqlite' };

/** Around and between the steps of the hook's transaction. */
const POINTS = CRASH_POINTS.slice(
  CRASH_POINTS.indexOf('after paid is stored, before the hook'),
  CRASH_POINTS.indexOf('before delivered is stored') + 1,
);

describeEach(CLIENTS, 'one order is paid with one effect when the process dies', ({ name }, database) =>
  diesAt(POINTS, () => CrashScene.open(STORES[database], bundle, { client: name })),
);
