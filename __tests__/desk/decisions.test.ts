import os from 'node:os';
import { PassThrough } from 'node:stream';
import type { HistoryEntry, PaymentRecord } from 'express-atipay';
import { paymentsIn } from '../../lib/desk/payments';
import { resolvePayment } from '../../lib/desk/resolve';
import { Scene } from '../../lib/stores/contract/scene';
import { createPaymentsTable } from 'express-atipay/stores/knex';
import { openSqlite } from '../support/databases';

const NOW = Date.UTC(2026, 0, 1, 8);

const knex = openSqlite(':memory:');
const payments = paymentsIn(knex);
const { store } = payments;
const scene = new Scene(store);
beforeAll(() => createPaymentsTable(knex));
afterEach(() => knex('atipay_payments').delete());
afterAll(() => knex.destroy());

const inReview = (): Promise<PaymentRecord> =>
  scene.given({
    orderId: 'A\n1',
    status: 'review',
    failureReason: 'VerificationUnclear',
    referenceNumber: 'r',
  });

type Resolution = Parameters<typeof resolvePayment>[1];

const SARA = { name: 'resolve', place: {}, outcome: 'paid', note: 'seen\nthere', by: ' Sa\nra ' } as const;

/** What is answered, what was asked, and what is stored then. */
async function decide(
  record: PaymentRecord,
  patch: Partial<Resolution> = {},
  typed?: string,
): Promise<{ lines: string[]; asked: string; stored: PaymentRecord | undefined }> {
  const input = Object.assign(new PassThrough(), typed !== undefined && { isTTY: true });
  const output = new PassThrough();
  const { invoiceNumber } = record;
  const resolution = { ...SARA, json: false, yes: typed === undefined, invoiceNumber, ...patch };
  input.end(typed ?? '');
  const lines = await resolvePayment(payments, resolution, { input, output }, () => NOW);
  return { lines, asked: String(output.read() ?? ''), stored: await store.find(invoiceNumber) };
}

const BY_SWEEP =
  'is called by its next sweep, within half a minute if it runs. With nothing running, use atipay-payments sweep --config.';

test.each([
  ['paid', 'onSuccess'],
  ['failed', 'onFailure'],
] as const)('what is decided as %s is told, and that %s comes with the next sweep', async (outcome, hook) => {
  const record = await inReview();
  const { lines, asked, stored } = await decide(record, { outcome });
  expect(lines).toEqual([
    `Payment ${record.invoiceNumber} of order A 1 is ${outcome}, decided by Sa ra.`,
    `The shop does not know it yet: its ${hook} ${BY_SWEEP}`,
  ]);
  expect(asked).toBe('');
  expect(stored?.history).toEqual([
    { at: NOW, status: outcome, event: 'resolved', by: 'Sa ra', data: { text: 'seen there' } },
  ]);
});

test('a program is answered with the payment as it is stored', async () => {
  const record = await inReview();
  const { lines } = await decide(record, { json: true });
  expect(lines).toHaveLength(1);
  const answer = JSON.parse(lines.join()) as object;
  expect(answer).toMatchObject({
    invoiceNumber: record.invoiceNumber,
    status: 'paid',
    amountInRials: 10_000,
  });
  expect(lines).toEqual([JSON.stringify(answer, null, 2)]);
});

test.each([
  ['paid', 'The shop serves the order.'],
  ['failed', 'The shop is told that the payment failed.'],
] as const)('before %s is stored, what it means is asked about', async (outcome, consequence) => {
  const { asked, stored } = await decide(await inReview(), { outcome }, ' Yes \n');
  expect(asked).toBe(
    'Order A 1: Unknown: AtiPay refused receipt r after an earlier ask went unanswered that may have taken ' +
      '10,000 Rials (1,000 Tomans); the order is not served. A person must decide. It is not asked about any more.\n' +
      `Sa ra decides that 10,000 Rials (1,000 Tomans) are ${outcome}, because: seen there\n` +
      `${consequence} This cannot be undone. Go on? [y/N] `,
  );
  expect(stored?.status).toBe(outcome);
});

test.each(['', '\n', 'yess\n', 'oy\n', 'n\n'])('%j is no yes', async (typed) => {
  const record = await inReview();
  await expect(decide(record, {}, typed)).rejects.toMatchObject({
    message: 'Nothing was changed.',
    exitCode: 1,
  });
  await scene.holds(record);
});

test('with nobody to ask it must be said that no question is wanted', async () => {
  const record = await inReview();
  await expect(decide(record, { yes: false })).rejects.toMatchObject({
    message: 'Nobody is here to ask: give --yes to decide without a question.',
    exitCode: 2,
  });
  await scene.holds(record);
});

test('a payment that waits for nobody is left alone, and so is one of another account', async () => {
  const record = await scene.given({ status: 'pending' });
  await expect(decide(record)).rejects.toMatchObject({
    message: `Payment ${record.invoiceNumber} is pending, not in review: there is nothing to decide.`,
    exitCode: 1,
  });
  const unknown = 'There is no payment 1 2. resolve takes an invoice number: see show or list.';
  await expect(decide({ ...record, invoiceNumber: '1\n2' })).rejects.toMatchObject({
    message: unknown,
    exitCode: 1,
  });
  await expect(decide(record, { place: { account: 'another' } })).rejects.toThrow('There is no payment');
});

test('what is typed after the answer is not read', async () => {
  const { invoiceNumber } = await inReview();
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const resolution = { ...SARA, json: false, yes: false, invoiceNumber };
  input.write('y\n');
  await resolvePayment(payments, resolution, { input, output: new PassThrough() }, () => NOW);
  expect(input.isPaused()).toBe(true);
});

describe('who decides', () => {
  const outside = process.env['SUDO_USER'];
  beforeEach(() => delete process.env['SUDO_USER']);
  afterEach(() => {
    if (outside === undefined) delete process.env['SUDO_USER'];
    else process.env['SUDO_USER'] = outside;
    jest.restoreAllMocks();
  });
  const decided = async (): Promise<HistoryEntry | undefined> =>
    (await decide(await inReview(), { by: undefined })).stored?.history[0];

  test('is the user of the system, or who has become another there', async () => {
    jest.spyOn(os, 'userInfo').mockReturnValue({ ...os.userInfo(), username: 'shop' });
    expect(await decided()).toMatchObject({ event: 'resolved', by: 'shop' });
    await knex('atipay_payments').delete();
    process.env['SUDO_USER'] = 'sara';
    expect(await decided()).toMatchObject({ event: 'resolved', by: 'sara' });
  });

  test('must be said where the system knows no name', async () => {
    jest.spyOn(os, 'userInfo').mockImplementation(() => {
      throw new Error('no such user');
    });
    await expect(decided()).rejects.toMatchObject({
      message: 'Who decides? The system does not say: give --by <name>.',
      exitCode: 2,
    });
  });
});
