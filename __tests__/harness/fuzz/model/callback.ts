import type { Sent } from '../exchange/exchange';
import type { Action, Says } from './actions';
import type { World } from './world';

type CallbackAction = Extract<Action, { do: 'callback' }>;

/** Where the world's payments are counted around. */
export const at = <T>(items: readonly T[], index: number): T | undefined => items[index % items.length];

/** The gateway's POST for a payment, as the buyer's browser or an attacker delivers it; undefined without payments. */
export async function callbackFor<Tx>(
  world: World<Tx>,
  { payment, says, other }: CallbackAction,
  openDoor: boolean,
): Promise<Sent | undefined> {
  const rows = await world.rows();
  const row = at(rows, payment);
  const another = at(rows, payment + 1 + other);
  if (!row || !another) return undefined;
  const wrong = !openDoor && (says === 'a wrong key' || says === 'its receipt with a wrong key');
  const key = wrong ? 'A'.repeat(row.returnKey.length) : row.returnKey;
  const invoice = says === 'another invoice' ? `${row.invoiceNumber.slice(0, -1)}x` : row.invoiceNumber;
  const fields = new URLSearchParams({
    ...(says !== 'Failed without an invoice' && { reservationNumber: invoice }),
    terminalId: '12345678',
    ...claimed(world, says, row.invoiceNumber, another.invoiceNumber),
  });
  return {
    method: 'POST',
    path: `/payment/callback/${row.invoiceNumber}/${key}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(fields.toString()),
  };
}

function claimed<Tx>(world: World<Tx>, says: Says, invoice: string, another: string): Record<string, string> {
  const ok = (referenceNumber: string): Record<string, string> => ({
    state: 'OK',
    status: '2',
    referenceNumber,
  });
  switch (says) {
    case 'CanceledByUser':
    case 'Failed':
      return { state: says, status: '3' };
    case 'Failed without an invoice':
      return { state: 'Failed', status: '3' };
    case 'a wrong key':
    case 'a state nobody knows':
      return { state: 'Confused', status: '99' };
    case 'the receipt of another payment':
      return ok(receiptOf(world, another));
    case 'an invented receipt':
      return ok(`invented/${invoice}`);
    case 'a second receipt':
      return ok(world.bank.pay(invoice, world.witness.priceOf(invoice)));
    case 'the receipt of too little':
      return ok(world.bank.pay(invoice, world.witness.priceOf(invoice) - 1_000));
    case 'an unusable receipt':
      return ok(receiptOf(world, invoice).replaceAll('/', '&#x2F;'));
    case 'OK without a receipt':
      return { state: 'OK', status: '2' };
    case 'OK with status 3':
      return { ...ok(receiptOf(world, invoice)), status: '3' };
    case 'another terminal':
      return { ...ok(receiptOf(world, invoice)), terminalId: '99999999' };
    case 'its receipt':
    case 'another invoice':
    case 'its receipt with a wrong key':
      return ok(receiptOf(world, invoice));
  }
}

/** The buyer's receipt for a payment; pays first when there is none. */
function receiptOf<Tx>({ bank, witness }: World<Tx>, invoice: string): string {
  const paid = [...bank.deposits].find(([, { invoiceNumber }]) => invoiceNumber === invoice);
  return paid?.[0] ?? bank.pay(invoice, witness.priceOf(invoice));
}
