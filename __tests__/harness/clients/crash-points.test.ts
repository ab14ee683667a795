import { CrashScene, diesAt } from '../../support/chaos-crash';
import type { CrashPoint } from '../chaos/shop/crashes';
import { Bundle } from '../chaos/world/bundle';
import type { StoreName } from '../chaos/world/database';
import { describeEach } from './describe-on';
import { CLIENTS } from './drivers';
import type { Database } from './opened';

const bundle = new Bundle();
afterAll(() => bundle.remove());

const STORES: Record<Database, StoreName> = { postgresql: 'pg', mysql: 'mariadb', sqlite: 'sqlite' };

/** Around and between the steps of the hook's transaction. */
const POINTS: CrashPoint[] = [
  'after paid is stored, before the hook',
  'inside the transaction, before the applied mark',
  "inside the transaction, before the shop's first write",
  "inside the transaction, between the shop's writes",
  'inside the transaction, before its commit',
  'after the commit, before the hook returns',
  'before delivered is stored',
];

describeEach(CLIENTS, 'one order is paid with one effect when the process dies', ({ name }, database) =>
  diesAt(POINTS, () => CrashScene.open(STORES[database], bundle, { client: name })),
);
