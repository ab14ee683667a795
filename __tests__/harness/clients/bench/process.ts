import { Pool } from 'pg';
import { askByAxios } from '../../../../bench/shop/ask';
import { handSide } from '../../../../bench/shop/hand-side';
import { onPostgres } from '../../../../bench/shop/hand-stores';
import { ourSide } from '../../../../bench/shop/ours';
import { serveShop } from '../../../../bench/shop/serve';
import { CLIENTS, isClient } from './clients';

// A shop of the bench on PostgreSQL, whose payments are kept through the client that its plan names: ours, or by hand.
void serveShop(async (plan) => {
  const [way, client = ''] = plan.rival.split(' through ');
  if (!isClient(client)) throw new Error(`There is no client ${client}.`);
  const { store, close, ...sender } = await CLIENTS[client](plan);
  if (way === 'ours') return ourSide(plan, () => ({ store, close }));
  const side = handSide(
    plan,
    askByAxios,
    await onPostgres(plan, new Pool({ connectionString: plan.databaseUrl }), sender),
  );
  return {
    ...side,
    end: async () => {
      await side.end();
      await close();
    },
  };
});
