import type { Page } from 'playwright-core';
import type { Simulator } from 'express-atipay/simulator';
import type { AtipayConfig, PaymentRecord, PaymentStatus } from 'express-atipay';
import { foldReceipt } from '../../lib/core/receipt';
import type { ErrorKind, Texts } from '../../lib/texts';
import type { Shop } from './e2e-shop';

/** A page of the router that a buyer can meet, and how to get there. */
export interface Exhibit {
  name: string;
  /** The heading by which it is recognised. */
  title: (texts: Texts) => string;
  url: string;
  /** The page answers a form with these fields. */
  form?: string;
  /** A script that runs before anybody looks. */
  then?: string;
}

const FORM = 'application/x-www-form-urlencoded';

const RECEIPT: Partial<PaymentRecord> = {
  traceNumber: '483920',
  rrn: '330291847263',
  maskedPan: '610433******1234',
  terminalId: '10000001',
  verifiedAt: Date.UTC(2026, 2, 20, 20, 30),
};

type Stand = Pick<Exhibit, 'name'> & {
  status: PaymentStatus;
  title?: Exhibit['title'];
  fields?: Partial<PaymentRecord>;
  query?: string;
};

const STANDS: Stand[] = [
  { name: 'created', status: 'created' },
  { name: 'pending', status: 'pending' },
  {
    name: 'pending, with an answer that led to nothing',
    status: 'pending',
    title: ({ unconfirmed }) => unconfirmed.title,
    query: '?unconfirmed',
  },
  { name: 'received', status: 'received', fields: RECEIPT },
  { name: 'verifying', status: 'verifying', fields: RECEIPT },
  { name: 'paid', status: 'paid', fields: RECEIPT },
  { name: 'cancelled', status: 'failed', fields: { failureReason: 'CanceledByUser' } },
  { name: 'paid twice', status: 'failed', fields: { ...RECEIPT, failureReason: 'OrderAlreadyPaid' } },
  { name: 'in review', status: 'review', fields: { ...RECEIPT, failureReason: 'VerificationUnclear' } },
];

const titleOf =
  (status: PaymentStatus): Exhibit['title'] =>
  ({ outcome }) =>
    outcome[status].title;

const errorTitle =
  (kind: ErrorKind): Exhibit['title'] =>
  ({ error }) =>
    error[kind].title;

/** The result page of a payment, however it stands, or where it stands in one of these ways. */
export const results = (shop: Shop, only?: string[]): Promise<Exhibit[]> =>
  Promise.all(
    STANDS.filter(({ name }) => only?.includes(name) ?? true).map(
      async ({ name, status, title = titleOf(status), fields, query = '' }, index) => {
        const record = await aPayment(shop);
        const receivedAt = fields?.rrn === undefined ? null : record.createdAt;
        const referenceNumber = receivedAt === null ? null : `${index}${'W'.repeat(24)}/${'W'.repeat(24)}`;
        const receiptKey = referenceNumber && foldReceipt(referenceNumber);
        const next = { ...record, ...fields, receivedAt, referenceNumber, receiptKey, status };
        await shop.store.update({ ...next, version: record.version + 1 }, record);
        return { name, title, url: address(shop, 'result', record) + query };
      },
    ),
  );

/** The page that takes the buyer to the gateway: on its way, and with its button awake, as it is without a script. */
export async function redirects(shop: Shop): Promise<Exhibit[]> {
  const url = address(shop, 'pay', await aPayment(shop));
  const title: Exhibit['title'] = ({ redirect }) => redirect.title;
  return [
    { name: 'on the way to the gateway', title, url },
    { name: 'waiting to be sent', title, url, then: "document.querySelector('button').disabled = false" },
  ];
}

/** Every page of a request that leads to no payment. */
export async function errors(shop: Shop, simulator: Simulator): Promise<Exhibit[]> {
  const pay = `${shop.origin}/payment/pay`;
  const record = await aPayment(shop);
  const orderId = 'to be refused';
  const refused = new URLSearchParams({ orderId, description: 'refused' }).toString();
  const unanswered = new URLSearchParams({ orderId, description: 'unanswered' }).toString();
  simulator.faults.add({ on: 'get-token', kind: 'refuse', match: { description: 'refused' } });
  simulator.faults.add({ on: 'get-token', kind: 'reset', match: { description: 'unanswered' } });
  return [
    {
      name: 'no such address',
      title: errorTitle('notFound'),
      url: address(shop, 'result', { ...record, returnKey: 'wrong' }),
    },
    { name: 'no such order', title: errorTitle('orderNotFound'), url: pay, form: 'orderId=nothing' },
    {
      name: 'a wrong mobile number',
      title: errorTitle('orderInvalid'),
      url: pay,
      form: `${refused}&cellNumber=0`,
    },
    { name: 'the gateway refuses', title: errorTitle('tokenRefused'), url: pay, form: refused },
    { name: 'the gateway is silent', title: errorTitle('gatewayUnavailable'), url: pay, form: unanswered },
    { name: 'the address of a form', title: errorTitle('methodNotAllowed'), url: pay },
    {
      name: 'an unreadable callback',
      title: errorTitle('unreadable'),
      url: address(shop, 'callback', { ...record, returnKey: 'wrong' }),
      // More than a callback may have.
      form: `state=${'x'.repeat(20_000)}`,
    },
  ];
}

/** Opens a page and keeps it from moving on. */
export async function open(page: Page, { url, form, then }: Exhibit): Promise<void> {
  let opened = false;
  await page.unrouteAll();
  await page.route('**/*', (route) => {
    if (opened) return route.fulfill({ status: 204 });
    opened = true;
    if (form === undefined) return route.continue();
    const headers = { ...route.request().headers(), 'content-type': FORM };
    return route.continue({ method: 'POST', headers, postData: form });
  });
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator('main').waitFor();
  if (then !== undefined) await page.evaluate(then);
}

const address = (shop: Shop, room: string, { invoiceNumber, returnKey }: PaymentRecord): string =>
  `${shop.origin}/payment/${room}/${invoiceNumber}/${returnKey}`;

let orders = 0;

async function aPayment(shop: Shop): Promise<PaymentRecord> {
  const { payment } = await shop.atipay.start({
    orderId: `exhibit ${(orders += 1)}`,
    amount: 9_876_543_210,
    cellNumber: '09121234567',
    description: 'Two tickets: Donaudampfschifffahrtsgesellschaft, دو بلیت',
  });
  const record = await shop.store.find(payment.invoiceNumber);
  if (!record) throw new Error(`There is no payment ${payment.invoiceNumber}.`);
  return record;
}

/** Accepts any form: for shops that show errors on purpose. */
export const getOrder: NonNullable<AtipayConfig['getOrder']> = ({ body }) => {
  const { orderId = '', ...rest } = body as Record<string, string>;
  return orderId === 'nothing' ? undefined : { orderId, amount: 250_000, cellNumber: '09121234567', ...rest };
};
