import type { Knex } from 'knex';
import type { Tables } from '../world/database';

/** An order as the shop has it. */
export interface Order {
  id: string;
  /** Rials. */
  amount: number;
  paid: boolean;
  /** Sold out: no longer payable. */
  closed: boolean;
}

/** A payment that has an effect on an order. */
export interface Receipt {
  orderId: string;
  invoiceNumber: string;
  referenceNumber: string;
}

/** The shop's tables: orders, the effects of payments, and reported failures. */
export class Books {
  constructor(
    private readonly knex: Knex,
    private readonly tables: Tables,
    private readonly now: () => number,
  ) {}

  async find(id: string): Promise<Order | undefined> {
    const row = await this.knex<{ id: string; amount: number | string; paid: number; closed: number }>(
      this.tables.orders,
    )
      .where({ id })
      .first('id', 'amount', 'paid', 'closed');
    return row && { id, amount: Number(row.amount), paid: row.paid > 0, closed: row.closed > 0 };
  }

  /** Counts, so that a second effect shows. */
  async markPaid(tx: Knex, { orderId, invoiceNumber, referenceNumber }: Receipt): Promise<void> {
    await tx(this.tables.orders)
      .where({ id: orderId })
      .update({ paid: tx.raw('paid + 1'), paid_at: this.now() });
    await tx(this.tables.effects).insert({
      order_id: orderId,
      invoice_number: invoiceNumber,
      reference_number: referenceNumber,
    });
  }

  /** @param at - the start of the hook call. */
  async noteFailure(
    tx: Knex,
    { orderId, invoiceNumber, reason, at }: Omit<Receipt, 'referenceNumber'> & { reason: string; at: number },
  ): Promise<void> {
    await tx(this.tables.told).insert({ order_id: orderId, invoice_number: invoiceNumber, reason, at });
  }

  /** Not awaited: it would wait for the connection of the transaction that it is found in. */
  noteStray(what: string, invoiceNumber: string): void {
    const noted = this.knex(this.tables.strays).insert({ invoice_number: invoiceNumber, what });
    noted.catch((error: unknown) => console.error(what, error));
  }
}
