import express from 'express';
import { atipayRouter, MemoryPaymentStore } from 'express-atipay';
import { model, Schema } from 'mongoose';

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
    store: new MemoryPaymentStore(),
    getOrder: async (req) => {
      const order = await Orders.findOne({ _id: req.body.orderId, paid: false });
      return order && { orderId: order.id, amount: order.total, cellNumber: order.phone };
    },
    stillPayable: async (payment) => (await Orders.exists({ _id: payment.orderId, paid: false })) !== null,
    onSuccess: (payment) => Orders.updateOne({ _id: payment.orderId, paid: false }, { paid: true }),
    onFailure: async (payment) => {
      await Orders.findByIdAndUpdate(payment.orderId, { paid: false });
    },
  }),
);
