/** An order of the shop, and the hook calls for its payments. */
export interface Order {
  id: string;
  /** Rials. */
  amount: number;
  paid: boolean;
  /** How often the goods were handed over: once, if all is well. */
  served: number;
  /** Why payments failed, one entry a call of `onFailure`. */
  failures: string[];
}

/** The shop's books. */
export class Orders {
  readonly #orders = new Map<string, Order>();

  /** A new, open order. */
  open(id: string, amount = 250_000): Order {
    const order: Order = { id, amount, paid: false, served: 0, failures: [] };
    this.#orders.set(id, order);
    return order;
  }

  find(id: string): Order | undefined {
    return this.#orders.get(id);
  }

  /** @throws for an order that does not exist: then the test is wrong, not the shop. */
  get(id: string): Order {
    const order = this.find(id);
    if (!order) throw new Error(`There is no order ${id}.`);
    return order;
  }

  serve(id: string): void {
    const order = this.get(id);
    order.paid = true;
    order.served += 1;
  }
}
