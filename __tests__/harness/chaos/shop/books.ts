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

/** Runs a statement, alone or in a transaction of a hook's store. */
export type Run = (sql: string) => PromiseLike<unknown>;

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
  async markPaid(run: Run, orderId: string): Promise<void> {
    const { orders } = this.tables;
    await run(`update ${orders} set paid = paid + 1, paid_at = ${this.now()} where id = ${literal(orderId)}`);
  }

  async noteEffect(run: Run, { orderId, invoiceNumber, referenceNumber }: Receipt): Promise<void> {
    const values = [orderId, invoiceNumber, referenceNumber].map(literal).join(', ');
    await run(
      `insert into ${this.tables.effects} (order_id, invoice_number, reference_number) values (${values})`,
    );
  }

  /** @param at - the start of the hook call. */
  async noteFailure(
    run: Run,
    { orderId, invoiceNumber, reason, at }: Omit<Receipt, 'referenceNumber'> & { reason: string; at: number },
  ): Promise<void> {
    const values = [orderId, invoiceNumber, reason].map(literal).join(', ');
    await run(
      `insert into ${this.tables.told} (order_id, invoice_number, reason, at) values (${values}, ${at})`,
    );
  }

  /** Not awaited: it would wait for the connection of the transaction that it is found in. */
  noteStray(what: string, invoiceNumber: string): void {
    const noted = this.knex(this.tables.strays).insert({ invoice_number: invoiceNumber, what });
    noted.catch((error: unknown) => console.error(what, error));
  }
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
