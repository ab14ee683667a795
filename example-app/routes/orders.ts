import { randomUUID } from 'node:crypto';
import { AtipayError, type Atipay } from 'express-atipay';
import { Router, type Request, type Response } from 'express';
import { linesOf, totalOf } from '../cart';
import { field, readMobile } from '../forms';
import { statusOf } from '../order-status';
import { toPay, type Order, type Orders } from '../orders';

/** Checkout and the buyer's orders. Other sessions get a 404. */
export function orderRoutes(orders: Orders, atipay: Atipay): Router {
  const router = Router();

  router.get('/checkout', (req, res) => {
    showCheckout(req, res, req.session.mobile ?? '');
  });

  router.post('/checkout', async (req, res) => {
    const lines = linesOf(req.session.cart ?? {});
    const typed = field(req, 'mobile');
    const mobile = readMobile(typed);
    if (lines.length === 0 || mobile === undefined) {
      showCheckout(req, res, typed, 'شمارهٔ موبایل را مانند ۰۹۱۲۳۴۵۶۷۸۹ بنویسید.');
      return;
    }
    req.session.buyerId ??= randomUUID();
    req.session.mobile = mobile;
    delete req.session.cart;
    const order = await orders.create(req.session.buyerId, mobile, lines);
    res.redirect(303, await paymentUrl(atipay, order));
  });

  router.get('/orders', async (req, res) => {
    res.render('orders', { orders: await orders.list(req.session.buyerId) });
  });

  router.get('/orders/:id', async (req, res, next) => {
    const order = await orders.find(req.session.buyerId, req.params.id);
    if (!order) {
      next();
      return;
    }
    const payments = await atipay.findByOrder(order.id);
    res.render('order', { order, payments, status: statusOf(order, payments) });
  });

  router.post('/orders/:id/cancel', async (req, res, next) => {
    const order = await orders.find(req.session.buyerId, req.params.id);
    if (!order) {
      next();
      return;
    }
    const { pay } = statusOf(order, await atipay.findByOrder(order.id));
    if (pay !== undefined) await orders.cancel(order);
    res.redirect(303, `/orders/${order.id}`);
  });

  return router;
}

function showCheckout(req: Request, res: Response, mobile: string, problem?: string): void {
  const lines = linesOf(req.session.cart ?? {});
  if (lines.length === 0) {
    res.redirect(303, '/cart');
    return;
  }
  res.status(problem === undefined ? 200 : 422);
  res.render('checkout', { lines, total: totalOf(lines), mobile, problem });
}

/** The address to pay at; the order's page with the reason when the gateway gives no token. */
async function paymentUrl(atipay: Atipay, order: Order): Promise<string> {
  try {
    return (await atipay.start(toPay(order))).url;
  } catch (error) {
    if (error instanceof AtipayError && error.status >= 502) return `/orders/${order.id}`;
    throw error;
  }
}
