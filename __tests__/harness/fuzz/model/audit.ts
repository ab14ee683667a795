import type { PaymentRecord } from 'express-atipay';
import { byHand } from './witness';
import type { World } from './world';

/** A day of hourly asks, and room. */
const SWEEPS = 120;

/** The storm is over: everybody does their duty, and time passes until nothing is owed. */
async function settle<Tx>(world: World<Tx>): Promise<void> {
  world.bank.faults['get-token'].length = 0;
  world.bank.faults['verify-payment'].length = 0;
  world.moods.length = 0;
  world.words.fill('yes');
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const due = (await world.rows()).flatMap(({ dueAt }) => dueAt ?? []);
    if (due.length === 0) return;
    world.now = Math.max(world.now, Math.min(...due) + 1);
    await world.act(0, { do: 'sweep' });
  }
}

/** Lets everything come to rest, then compares money, payments and orders. */
export async function audit<Tx>(world: World<Tx>): Promise<string[]> {
  await settle(world);
  const rows = await world.rows();
  const effects = await world.ground.effects();
  return [
    ...rows.filter(isUnfinished).map(({ status }) => `audit: a payment is left ${status}`),
    ...unaccounted(world, rows),
    ...rows
      .filter(({ status }) => status === 'paid')
      .filter(
        (row) => effects.filter(({ invoiceNumber }) => invoiceNumber === row.invoiceNumber).length !== 1,
      )
      .map(() => 'audit: rule 6: the effect of a paid payment is not there once'),
    ...effects
      .filter(({ orderId }, index) => effects.findIndex((other) => other.orderId === orderId) !== index)
      .map(({ orderId }) => `audit: rule 3: ${orderId} was served twice`),
    ...rows
      .filter(({ status }) => status === 'paid' || status === 'review')
      .filter(({ invoiceNumber, status }) => !world.witness.returned.has(`${invoiceNumber} ${status}`))
      .map(({ status }) => `audit: rule 6: no hook has returned for a payment that is ${status}`),
  ];
}

const isUnfinished = ({ status, hookDeliveredAt, dueAt }: PaymentRecord): boolean =>
  !['paid', 'failed', 'review'].includes(status) || hookDeliveredAt === null || dueAt !== null;

/** Money that the gateway keeps and that stands for nothing. */
function unaccounted<Tx>({ bank }: World<Tx>, rows: readonly PaymentRecord[]): string[] {
  return [...bank.deposits].flatMap(([receipt, { kept }]) => {
    const row = rows.find(({ referenceNumber }) => referenceNumber === receipt);
    if (!kept || row?.status === 'paid' || row?.status === 'review' || (row && byHand(row))) return [];
    return [`audit: money is kept for a payment that is ${row?.status ?? 'not there'}`];
  });
}
