import { openShop } from '../support/opened';
import { anOrder, API_KEY, HOUR, MINUTE, type Shop } from '../support/shop';

/** The log lines about changes of status. */
const transitions = (shop: Shop): Shop['logs'] => shop.logs.filter(({ fields }) => 'to' in fields);

const lineOf = (shop: Shop, to: string): Shop['logs'][number] | undefined =>
  transitions(shop).find(({ fields }) => fields['to'] === to);

test('each transition is one line that says which payment, from where to where, and after how long', async () => {
  const shop = await openShop();
  const { invoiceNumber, orderId, returnKey, token } = await shop.started();
  shop.now += 4_000;
  shop.gateway.replies['verify-payment'].push('reset', 'reset', 'reset');
  const receipt = shop.gateway.receipt(invoiceNumber);
  await shop.comesBack(await shop.record(invoiceNumber), { referenceNumber: receipt });
  await shop.sweepAfter(MINUTE);

  const same = { invoiceNumber, orderId, account: 'default', reason: null };
  expect(transitions(shop).map(({ level, fields }) => ({ level, ...fields }))).toEqual([
    { level: 'info', ...same, from: null, to: 'created', ms: 0 },
    { level: 'info', ...same, from: 'created', to: 'pending', ms: 0 },
    { level: 'info', ...same, from: 'pending', to: 'verifying', ms: 4_000 },
    { level: 'info', ...same, from: 'verifying', to: 'paid', ms: MINUTE },
  ]);
  expect(transitions(shop)).toHaveLength(shop.told('transition').length);
  const said = JSON.stringify(shop.logs);
  for (const secret of [API_KEY, returnKey, token, receipt]) expect(said).not.toContain(secret);
});

test('the line of a failure says why', async () => {
  const shop = await openShop();
  await shop.started();
  await shop.sweepAfter(HOUR);
  expect(lineOf(shop, 'failed')).toMatchObject({
    level: 'info',
    fields: { from: 'pending', reason: 'Abandoned', ms: HOUR },
  });
});

test('the line of a review has the receipt, which a person has to look up', async () => {
  const shop = await openShop();
  const record = await shop.started();
  const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
  shop.gateway.replies['verify-payment'].push({ body: { amount: 1 } });
  await shop.comesBack(record, { referenceNumber });
  expect(lineOf(shop, 'review')).toMatchObject({
    level: 'warn',
    fields: { reason: 'AmountMismatch', referenceNumber },
  });
});

test('nothing is on the console of a shop whose payments go well', async () => {
  const console = { log: jest.spyOn(global.console, 'log'), warn: jest.spyOn(global.console, 'warn') };
  const shop = await openShop({ logger: undefined });
  const record = await shop.started(anOrder());
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  expect(console.log).not.toHaveBeenCalled();
  expect(console.warn).not.toHaveBeenCalled();
});
