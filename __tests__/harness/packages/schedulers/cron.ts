import type { Knex } from 'knex';
import type { Atipay } from 'express-atipay';

/** One sweep, then everything is closed, so that the script ends. `atipay` is made with `recovery: false`. */
export async function sweepOnce(atipay: Atipay, knex: Knex): Promise<void> {
  try {
    console.log(JSON.stringify(await atipay.recover()));
  } finally {
    await atipay.close();
    await knex.destroy();
  }
}
