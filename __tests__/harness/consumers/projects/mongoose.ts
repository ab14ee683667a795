import express from 'express';
import { atipayRouter } from 'express-atipay';
import { MongoPaymentStore } from 'express-atipay/stores/mongodb';
import { connection, model, Schema } from 'mongoose';

interface Order {
  userId: string;
  total: number;
  phone?: string;
  paid: boolean;
}

const Orders = model<Order>(
  'Order',
  new Schema<Order>({ userId: String, total: Number, phone: String, paid: Boolean }),
);

const app = express();

app.use(
  '/payment',
  atipayRouter({
    apiKey: process.env['ATIPAY_API_KEY'],
    publicUrl: 'https://shop.example/payment',
    store: new MongoPaymentStore(() => connection.db),
    getOrder: async (req) => {
      const order = await Orders.findOne({ _id: req.body.orderId, paid: false });
      return order && { orderId: order.id, amount: order.total, cellNumber: order.phone };
    },
    stillPayable: async (payment) => (await Orders.exists({ _id: payment.orderId, paid: false })) !== null,
    onSuccess: ({ orderId }, { transaction }) =>
      transaction((session) => Orders.updateOne({ _id: orderId, paid: false }, { paid: true }, { session })),
    onFailure: async (payment) => {
      await Orders.findByIdAndUpdate(payment.orderId, { paid: false });
    },
  }),
);
