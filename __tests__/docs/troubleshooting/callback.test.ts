import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openShop } from '../../support/opened';
import { tableWith } from '../markdown';
import { literalsOf } from '../source';
import { PAGE, PRINTS, sections, symptom } from './symptoms';

const PERSIAN = 'docs/fa/troubleshooting.md';

test('every symptom of the page is reproduced in this folder', () => {
  const tests = readdirSync(__dirname).filter((file) => file.endsWith('.test.ts'));
  const sources = tests.map((file) => readFileSync(join(__dirname, file), 'utf8')).join('\n');
  const told = [...sections().keys()];
  expect(told.length).toBeGreaterThan(15);
  expect(told.filter((heading) => !sources.includes(`symptom('${heading}'`))).toEqual([]);
});

test.each([PAGE, PERSIAN])('%s explains every reason for which a callback is not believed', (page) => {
  const cells = tableWith(page, '`wrongKey`').map(([cell = '']) => cell);
  const told = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, reason = '']) => reason));
  const reasons = [
    ...literalsOf('events.ts', 'ForgedReason'),
    ...literalsOf('core/callback.ts', 'CallbackProblem'),
  ];
  expect(told.sort()).toEqual(reasons.sort());
});

symptom('The callback is 404, or says that the address is not valid', async (print) => {
  const shop = await openShop({ ...PRINTS, locale: 'fa', publicUrl: 'https://shop.example' }, (app, router) =>
    app.set('env', 'production').use('/payment', router),
  );
  const record = await shop.started();
  const path = `/callback/${record.invoiceNumber}/${record.returnKey}`;
  const form = new URLSearchParams({ state: 'OK', status: '2', reservationNumber: record.invoiceNumber });

  const missed = await shop.post(path, form);
  expect(missed.status).toBe(404);
  print(await missed.text());

  const disbelieved = await shop.post(`/payment${path}x`, form);
  expect(disbelieved.status).toBe(404);
  expect(await disbelieved.text()).toContain('این نشانی معتبر نیست');
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'pending' });
});
