import { csrfSync } from 'csrf-sync';
import session from 'express-session';
import { openShop } from '../../support/opened';
import { anOrder, HOUR, MINUTE } from '../../support/shop';
import { notes, paid, PRINTS, symptom } from './symptoms';

const RECEIPT = { referenceNumber: 'Receipt/of/its/own' };

symptom('The money went, the order did not', async () => {
  const shop = await openShop({
    ...PRINTS,
    onReview: undefined as never,
    onSuccess: () => Promise.reject(new Error('the orders are locked')),
  });
  expect(await shop.record(await paid(shop))).toMatchObject({ status: 'paid', hookDeliveredAt: null });

  shop.gateway.replies['verify-payment'].push({ body: { amount: 24_000 } });
  expect(await shop.record(await paid(shop))).toMatchObject({ status: 'review' });

  const late = await shop.started();
  await shop.sweepAfter(2 * HOUR);
  await shop.comesBack(late, RECEIPT);
  expect(await shop.record(late.invoiceNumber)).toMatchObject({ failureReason: 'Abandoned' });
});

symptom('Amounts are ten times off', async (print) => {
  const rials = await openShop();
  const tomans = await openShop({ currency: 'IRT' });
  const order = anOrder({ orderId: '17', amount: 25_000 });
  const record = await rials.started(order);
  await tomans.started(order);
  const asked = [rials, tomans].map(({ gateway }) => gateway.asked('get-token')[0]?.body['amount']);
  expect(asked).toEqual([25_000, 250_000]);
  print((await notes(rials, record.invoiceNumber))[0]);
});

symptom('401 or 403 on the callback', async (print) => {
  const { csrfSynchronisedProtection } = csrfSync();
  const sessions = session({ secret: 'a secret', resave: false, saveUninitialized: true });
  const shop = await openShop({}, (app, router) =>
    app.use(sessions, csrfSynchronisedProtection).use('/payment', router),
  );
  const record = await shop.started();
  const answer = await shop.comesBack(record, RECEIPT);
  expect(answer.status).toBe(403);
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'pending' });
  expect(shop.told('forged')).toEqual([]);
  print(await answer.text());
});

symptom('A payment stays pending', async (print) => {
  const shop = await openShop();
  const { invoiceNumber } = await shop.started();
  print((await notes(shop, invoiceNumber)).at(-1));
  await shop.sweepAfter(HOUR - 1);
  expect(await shop.record(invoiceNumber)).toMatchObject({ status: 'pending' });
  await shop.sweepAfter(1);
  expect(await shop.record(invoiceNumber)).toMatchObject({ failureReason: 'Abandoned' });
  const story = await shop.atipay.history(invoiceNumber);
  print(story.find(({ status }) => status === 'failed')?.text);
});

symptom('A payment stays verifying', async (print) => {
  const shop = await openShop({ ...PRINTS, locale: 'fa' });
  const { record } = await shop.unanswered();
  print((await notes(shop, record.invoiceNumber)).at(-1));
  const page = await shop.get(`/payment/result/${record.invoiceNumber}/${record.returnKey}`);
  expect(await page.text()).toContain('پرداخت شما در حال تأیید است');
  await shop.sweepAfter(MINUTE);
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'paid' });
});

symptom('The result page reloads for ever', async () => {
  const shop = await openShop({ locale: 'fa' });
  const record = await shop.started();
  const page = async (): Promise<string> =>
    (await shop.get(`/payment/result/${record.invoiceNumber}/${record.returnKey}`)).text();
  const everySeconds = async (): Promise<string | undefined> =>
    /http-equiv="refresh" content="(\d+)/.exec(await page())?.[1];

  expect(await page()).toContain('هنوز پرداختی نرسیده است');
  expect(await everySeconds()).toBe('3');
  shop.now += MINUTE;
  expect(await everySeconds()).toBe('10');
  shop.now += 9 * MINUTE;
  expect(await everySeconds()).toBe('60');
  await shop.sweepAfter(HOUR);
  expect(await everySeconds()).toBeUndefined();
});
