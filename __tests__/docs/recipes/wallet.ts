import type { Knex } from 'knex';
import type { Atipay, HookContext, PaidPayment, StartedPayment } from 'express-atipay';

/** Tops up a wallet: each top-up is an order of its own, made by the form that asks for it. */
export async function topUp(atipay: Atipay, knex: Knex, topUpId: string): Promise<StartedPayment> {
  const { amount, mobile } = await knex('top_ups').where({ id: topUpId }).first<TopUp>();
  const metadata = { topUp: topUpId };
  return atipay.start({ orderId: `top-up/${topUpId}`, amount, cellNumber: mobile, metadata });
}

/** Pays one instalment: contract and number together name it. */
export async function payInstalment(
  atipay: Atipay,
  knex: Knex,
  contract: string,
  number: number,
): Promise<StartedPayment> {
  const { amount, mobile } = await knex('instalments').where({ contract, number }).first<Instalment>();
  const orderId = `instalment/${contract}/${number}`;
  return atipay.start({ orderId, amount, cellNumber: mobile, metadata: { contract, number } });
}

/** The balance grows exactly once, however often the hook is called. Metadata, not the id, says what was paid. */
export function onSuccess(
  { orderId, amount, metadata }: PaidPayment,
  { transaction }: HookContext<Knex.Transaction>,
): Promise<boolean> {
  const { topUp, contract, number } = metadata as Partial<Paid>;
  return transaction(async (trx) => {
    if (contract !== undefined) {
      const changed = await trx('instalments').where({ contract, number, amount }).update({ paid: true });
      if (changed !== 1) throw new Error(`No ${orderId} of ${amount} Rials.`);
      return;
    }
    const found = await trx('top_ups').where({ id: topUp, amount }).first<TopUp | undefined>();
    if (!found) throw new Error(`No ${orderId} of ${amount} Rials.`);
    await trx('wallets').where({ owner: found.owner }).increment('balance', amount);
  });
}

/** As `topUp` and `payInstalment` wrote it. */
interface Paid {
  topUp: string;
  contract: string;
  number: number;
}

interface TopUp {
  owner: string;
  amount: number;
  mobile: string;
}
type Instalment = Omit<TopUp, 'owner'>;
