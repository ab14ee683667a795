/** `getOrder` as shops write it, with the request they know. Compiled, never run. */
import { atipayRouter, MemoryPaymentStore, type AtipayConfig, type OrderInput } from 'express-atipay';
import type { Request } from 'express';
import 'express-session';
import { is } from './same';

declare module 'express-session' {
  interface SessionData {
    visitorId: string;
  }
}

interface User {
  id: string;
  phone: string | null;
}

interface RequestWithUser extends Request {
  user: User;
}

interface PayBody {
  orderId: string;
  coupon?: string;
}

declare const orders: {
  payable(userId: string | undefined, orderId: string): Promise<OrderInput | null>;
};
declare const order: { id: string; total: number } | undefined;

const shop = (options: Pick<AtipayConfig, 'getOrder'>): unknown =>
  atipayRouter({
    apiKey: process.env['ATIPAY_API_KEY'],
    publicUrl: 'https://shop.example/payment',
    store: new MemoryPaymentStore(),
    onSuccess: () => undefined,
    ...options,
  });

shop({ getOrder: (req) => is<Request>()(req, true) as null });

shop({ getOrder: ({ session, body }) => orders.payable(session.visitorId, (body as PayBody).orderId) });

shop({
  getOrder: ({ user, body }: RequestWithUser) => orders.payable(user.id, (body as PayBody).orderId),
});

shop({
  getOrder: async (req: Request<Record<string, never>, unknown, PayBody>) => {
    const found = await orders.payable(req.session.visitorId, req.body.orderId);
    return found ?? undefined;
  },
});

shop({ getOrder: ({ body }: Request<object, object, PayBody>) => orders.payable('1', body.orderId) });

shop({
  getOrder: (req: Request<unknown, unknown, PayBody, { lang?: string }>) =>
    orders.payable(req.query.lang, req.body.orderId),
});

shop({
  getOrder: (req: Request & { user?: User }) => orders.payable(req.user?.id, (req.body as PayBody).orderId),
});

async function getOrder(req: RequestWithUser): Promise<OrderInput | undefined> {
  return (await orders.payable(req.user.id, (req.body as PayBody).orderId)) ?? undefined;
}
shop({ getOrder });

class Checkout {
  getOrder(req: RequestWithUser): OrderInput | null {
    return order ? { orderId: order.id, amount: order.total, cellNumber: req.user.phone } : null;
  }
}
const checkout = new Checkout();
shop({ getOrder: (req: RequestWithUser) => checkout.getOrder(req) });

shop({ getOrder: () => order && { orderId: order.id, amount: order.total } });
shop({ getOrder: () => ({ orderId: 7, amount: 250_000n, cellNumber: null, description: undefined }) });

// @ts-expect-error -- a request has no order
shop({ getOrder: ({ order: own }: { order: OrderInput }) => own });

// @ts-expect-error -- an amount that came as text is the shop's to read
shop({ getOrder: () => ({ orderId: '7', amount: '250000' }) });

// @ts-expect-error -- nothing says which order it is
shop({ getOrder: () => ({ amount: 250_000 }) });
