import { sqliteFile } from '../support/databases';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { aMorning } from '../support/morning';
import { command } from '../support/desk';
const file = sqliteFile();
beforeAll(() => createPaymentsTable(file.knex));
afterAll(() => file.remove());
test('smoke', async () => {
  const m = await aMorning(new KnexPaymentStore(file.knex));
  for (const args of [
    ['attention'],
    ['list'],
    ['show', 'order-paid'],
    ['show', 'order-timed-out', '--locale', 'fa'],
    ['today', '--day', '2026-11-28'],
    ['find', '09121234567'],
    ['doctor'],
    ['lst'],
    ['show', m.payments.paid.rrn ?? ''],
    ['export', '--from', '1405-09-07', '--until', '1405-09-07', '--locale', 'fa'],
    ['note', m.payments.paid.invoiceNumber, 'hello', '--by', 'Sara'],
    [
      'give-back',
      m.payments.paid.invoiceNumber,
      '--tomans',
      '1000',
      '--reference',
      '88123',
      '--note',
      'damaged',
      '--yes',
      '--by',
      'Sara',
    ],
    ['resolve', m.payments.differs.invoiceNumber, 'paid', '--note', 'x', '--yes', '--by', 'Sara'],
    ['list', '--stats', 'paid'],
  ]) {
    const r = await command([...args, ...(args[0] === 'lst' ? [] : ['--database', file.filename])]);
    console.log(args.join(' ') + ' -> ' + r.code + '\n' + r.out + r.error);
  }
});
