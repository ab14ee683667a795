/** A shop on Mongoose: its queries are thenable and no promises. Compiled, never run. */
import { atipayRouter, MemoryPaymentStore, type OrderInput } from 'express-atipay';

interface Query<T> {
  then: Promise<T>['then'];
  catch: Promise<T>['catch'];
  exec(): Promise<T>;
  lean(): Query<T>;
  transform<U>(change: (found: T) => U): Query<U>;
}

interface ObjectId {
  toHexString(): string;
}

interface OrderDocument {
  _id: ObjectId;
  /** Mongoose's: `_id` as text. */
  id: string;
  total: number;
  phone?: string | null;
}

declare const Order: {
  findOne(filter: object): Query<OrderDocument | null>;
  exists(filter: object): Query<{ _id: ObjectId } | null>;
  updateOne(filter: object, change: object): Query<{ modifiedCount: number }>;
};

const required = {
  apiKey: process.env['ATIPAY_API_KEY'],
  publicUrl: 'https://shop.example/payment',
  store: new MemoryPaymentStore(),
};

const toPay = (order: OrderDocument | null): OrderInput | null =>
  order && { orderId: order.id, amount: order.total, cellNumber: order.phone };

export const awaited = atipayRouter({
  ...required,
  getOrder: async ({ body }) => toPay(await Order.findOne({ _id: (body as { orderId: string }).orderId })),
  stillPayable: async ({ orderId }) => (await Order.exists({ _id: orderId, paid: false })) !== null,
  onSuccess: async ({ orderId }) => {
    await Order.updateOne({ _id: orderId }, { paid: true });
  },
});

export const queriesThemselves = atipayRouter({
  ...required,
  getOrder: ({ body }) => Order.findOne({ _id: (body as { orderId: string }).orderId }).transform(toPay),
  stillPayable: ({ orderId }) => Order.exists({ _id: orderId }).transform((found) => found !== null),
  onSuccess: ({ orderId }) => Order.updateOne({ _id: orderId }, { paid: true }),
  onFailure: ({ orderId }) => Order.updateOne({ _id: orderId }, { reserved: false }).exec(),
});

export const anObjectIdIsNoText = atipayRouter({
  ...required,
  // @ts-expect-error -- the order's id is `id`, or `_id.toHexString()`
  getOrder: async () => {
    const order = await Order.findOne({});
    return order && { orderId: order._id, amount: order.total };
  },
  onSuccess: () => undefined,
});
