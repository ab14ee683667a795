import type { Order } from './e2e-orders';

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><main>${body}</main>`;

/** The shop's page of an order: who is looking, how the order stands, and the way to pay it. */
export function orderPage(order: Order | undefined, user = 'nobody'): string {
  const form =
    order?.paid === false
      ? `<form method="post" action="/payment/pay"><input type="hidden" name="orderId" value="${order.id}">` +
        '<button>Pay</button></form>'
      : '';
  const state = order ? `${order.paid ? 'paid' : 'open'}, served ${order.served}×` : 'no order';
  return page('The shop', `<h1>The shop</h1><p id="user">${user}</p><p id="state">${state}</p>${form}`);
}

/** A page that pays by script, as a shop with a JavaScript front end does. */
export const programPage = (orderId: string): string =>
  page(
    'The shop',
    `<button id="pay" data-order="${orderId}">Pay</button><script src="/program.js"></script>`,
  );

export const PROGRAM = `
document.getElementById('pay').addEventListener('click', async (event) => {
  const response = await fetch('/payment/pay', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ orderId: event.target.dataset.order }),
  });
  const answer = await response.json();
  if (response.ok) sessionStorage.setItem('payment', answer.invoiceNumber);
  location.assign(response.ok ? answer.url : answer.resultUrl);
});`;
