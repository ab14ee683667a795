import type { Row } from '../measure/row';
import type { ClientName } from '../shop/plan';
import type { Stage } from '../world/stage';
import { play, SOME } from './match';

/** The least throughput of each, as a share of the same writes by hand through the same client. */
const SHARES: Record<ClientName, number> = {
  Knex: 0.75,
  Prisma: 0.8,
  Drizzle: 0.8,
  Kysely: 0.8,
  TypeORM: 0.8,
};

/** A callback on PostgreSQL through each client of a shop, beside the same durable writes by hand through that client. */
export async function clients(stage: Stage): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [client, callback] of Object.entries(SHARES) as [ClientName, number][]) {
    rows.push(
      ...(await play(stage, {
        part: 'clients',
        store: 'pg',
        routes: ['callback'],
        crowds: [SOME, 1],
        comparisons: [
          { ours: `ours through ${client}`, rival: `by hand through ${client}`, shares: { callback } },
        ],
      })),
    );
  }
  return rows;
}
