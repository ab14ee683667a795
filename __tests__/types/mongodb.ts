/** A shop on the MongoDB driver: its `Db` as the driver declares it. Compiled, never run. */
import { atipayRouter } from 'express-atipay';
import {
  createPaymentsCollection,
  dropPaymentsCollection,
  MongoPaymentStore,
} from 'express-atipay/stores/mongodb';
import type { ClientSession, Collection, Db, MongoClient } from 'mongodb';
import { is } from './same';

interface Order {
  _id: string;
  state: 'open' | 'paid';
}

declare const client: MongoClient;
declare const db: Db;
declare const orders: Collection<Order>;
/** As a Mongoose connection has it: undefined until it is open. */
declare const connection: { readonly db: Db | undefined };

const required = { apiKey: 'key', publicUrl: 'https://shop.example/payment' };

export const onTheDriver = atipayRouter({
  ...required,
  store: new MongoPaymentStore(db),
  onSuccess: ({ orderId }, { transaction }) =>
    transaction(async (session) => {
      is<ClientSession>()(session, true);
      await orders.updateOne({ _id: orderId, state: 'open' }, { $set: { state: 'paid' } }, { session });
    }),
});

export const onMongoose = atipayRouter({
  ...required,
  store: new MongoPaymentStore(() => connection.db, { collectionName: 'payments' }),
  onSuccess: (_payment, { transaction }) => transaction((session) => is<ClientSession>()(session, true)),
});

export const created = createPaymentsCollection(client.db('shop'));
export const dropped = dropPaymentsCollection(db, { collectionName: 'payments' });

// @ts-expect-error -- a client has many databases: client.db('shop')
export const notAClient = new MongoPaymentStore(client);
