import { textbookRouter, type TextbookOrder } from '../textbook';
import { AMOUNT, API_KEY, form, okCallback, type BuyerRequest, type Route, type ShopPlan } from './plan';
import { newIds, type Side } from './side';

/** The textbook handler, with its orders in memory. */
export function textbookSide({ gatewayUrl }: ShopPlan): Side {
  const orders = new Map<string, TextbookOrder>();
  let served = 0;
  const handler = textbookRouter({
    apiKey: API_KEY,
    gatewayUrl,
    publicUrl: 'http://127.0.0.1:9/payment',
    timeout: 20_000,
    findOrder: (id) => Promise.resolve(orders.get(id)),
    markPaid: (order) => {
      order.paid = true;
      served += 1;
      return Promise.resolve();
    },
    markFailed: () => Promise.resolve(),
  });
  const request = (route: Route, id: string): BuyerRequest =>
    route === 'pay' ? form('/pay', { orderId: id }) : okCallback('/callback', `${id}.1`);
  return {
    handler,
    prepare: (route, count) =>
      Promise.resolve(
        newIds(count).map((id) => {
          orders.set(id, { id, amount: AMOUNT, paid: false });
          return request(route, id);
        }),
      ),
    served: () => served,
    end: () => Promise.resolve(),
  };
}
