import type { Knex } from 'knex';
import type { Atipay, HookContext, PaidPayment, StartedPayment } from 'express-atipay';

/** Tops up a wallet: each top-up is an order of its own, made by the form that asks for it. */
export async function topUp(atipay: Atipay, knex: Knex, topUpId: string): Promise<StartedPayment> {
  const { amount, mobile } = await knex('top_ups').where({ id: topUpId }).first<TopUp>();
  return atipay.start({ orderId: `top-up/${topUpId}`, amount, cellNumber: mobile });
}

/** Pays one instalment: contract and number together name it. */
export async function payInstalment(
  atipay: Atipay,
  knex: Knex,
  contract: string,
  number: number,
): Promise<StartedPayment> {
  const { amount, mobile } = await knex('instalments').where({ contract, number }).first<Instalment>();
  return atipay.start({ orderId: `instalment/${contract}/${number}`, amount, cellNumber: mobile });
}

/** The balance grows exactly once, however often the hook is called. */
export function onSuccess(
  { orderId, amount }: PaidPayment,
  { transaction }: HookContext<Knex.Transaction>,
): Promise<boolean> {
  const [kind, id = '', number = ''] = orderId.split('/');
  return transaction(async (trx) => {
    if (kind === 'instalment') {
      await trx('instalments')
        .where({ contract: id, number: Number(number) })
        .update({ paid: true });
      return;
    }
    const { owner } = await trx('top_ups').where({ id }).first<TopUp>();
    await trx('wallets').where({ owner }).increment('balance', amount);
  });
}

interface TopUp {
  owner: string;
  amount: number;
  mobile: string;
}
type Instalment = Omit<TopUp, 'owner'>;
