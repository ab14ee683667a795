import type { OrderInput } from 'express-atipay';
import type { Knex } from 'knex';
import { totalOf, type CartLine } from './cart';

/** `failed`: not paid yet, and the last payment failed. `review`: money may be there; a person looks into it. */
export type OrderState = 'open' | 'failed' | 'paid' | 'review' | 'cancelled';

export interface OrderItem {
  name: string;
  quantity: number;
  /** Tomans. */
  total: number;
}

export interface Order {
  id: number;
  buyerId: string;
  mobile: string;
  items: OrderItem[];
  /** Tomans. */
  total: number;
  state: OrderState;
  createdAt: number;
}

type OrderRow = Omit<Order, 'items'> & { items: string };

const toOrder = (row: OrderRow): Order => ({ ...row, items: JSON.parse(row.items) as OrderItem[] });

const UNPAID: readonly OrderState[] = ['open', 'failed'];

/** The shop's orders. A buyer is a session: another buyer's order is not found. */
export class Orders {
  constructor(private readonly db: Knex) {}

  async create(buyerId: string, mobile: string, lines: readonly CartLine[]): Promise<Order> {
    const items = lines.map(({ product, quantity, total }) => ({ name: product.name, quantity, total }));
    const row = {
      buyerId,
      mobile,
      items: JSON.stringify(items),
      total: totalOf(lines),
      state: 'open' as const,
      createdAt: Date.now(),
    };
    const [id] = await this.db<OrderRow>('orders').insert(row);
    return toOrder({ ...row, id: Number(id) });
  }

  async find(buyerId: string | undefined, id: string): Promise<Order | undefined> {
    if (buyerId === undefined || !/^\d{1,12}$/.test(id)) return undefined;
    const row = await this.db<OrderRow>('orders')
      .where({ buyerId, id: Number(id) })
      .first();
    return row && toOrder(row);
  }

  async list(buyerId: string | undefined): Promise<Order[]> {
    if (buyerId === undefined) return [];
    const rows = await this.db<OrderRow>('orders').where({ buyerId }).orderBy('id', 'desc').limit(50);
    return rows.map(toOrder);
  }

  /** Whether an order may still be paid, and with this amount. */
  async isPayable(id: string, amount: number): Promise<boolean> {
    const row = await this.db<OrderRow>('orders')
      .where({ id: Number(id), total: amount })
      .whereIn('state', UNPAID)
      .first('id');
    return row !== undefined;
  }

  async cancel({ id, buyerId }: Order): Promise<void> {
    await this.db<OrderRow>('orders')
      .where({ id, buyerId })
      .whereIn('state', UNPAID)
      .update({ state: 'cancelled' });
  }
}

/** The amount to pay: from the shop's database, never from the browser. */
export const toPay = ({ id, total, mobile }: Order): OrderInput => ({
  orderId: id,
  amount: total,
  cellNumber: mobile,
  description: `سفارش ${id} از فروشگاه سوغات`,
});
