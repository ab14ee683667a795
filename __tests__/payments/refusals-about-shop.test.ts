import type { AtipayEvents } from 'express-atipay';
import type { VerifyAnswer } from '../../lib/gateway/client';
import { completePayment } from '../../lib/payments/callback';
import type { Context } from '../../lib/payments/context';
import { AtipayError } from '../../lib/errors';
import { Sweeper } from '../../lib/payments/sweeper';
import { aContext } from '../support/context';
import { aRecord, NOW } from '../support/record';

const ABOUT_SHOP: VerifyAnswer = { kind: 'refused', aboutShop: true, code: '-7', description: 'bad key' };
const REFUSED: VerifyAnswer = { kind: 'refused', aboutShop: false, code: '-2', description: undefined };
const SILENCE: VerifyAnswer = {
  kind: 'unanswered',
  error: new AtipayError('ERR_ATIPAY_GATEWAY_UNAVAILABLE', 'HTTP status 404'),
  reusedConnection: false,
};
const CONFIRMED: VerifyAnswer = { kind: 'amount', amount: 250_000 };

/** A shop whose gateway answers verify-payment so, one answer a call. */
async function scene(answers: VerifyAnswer[]) {
  const clock = { now: NOW };
  const logs: { level: string; message: string }[] = [];
  const timeouts: (number | undefined)[] = [];
  const to = (level: string) => (_fields: object, message: string) => void logs.push({ level, message });
  const made = aContext({ now: () => clock.now, logger: { warn: to('warn'), error: to('error') } });
  const verifyPayment = (_request: object, { timeout }: { timeout?: number } = {}): Promise<VerifyAnswer> => {
    timeouts.push(timeout);
    return Promise.resolve(answers.shift() ?? CONFIRMED);
  };
  const context: Context = { ...made, client: { verifyPayment } as never };
  const errors: AtipayEvents['gatewayError'][0][] = [];
  context.reporter.events.on('gatewayError', (event) => errors.push(event));
  const record = aRecord({ origin: context.settings.origin });
  await context.store.insert(record);
  const receipt = {
    referenceNumber: 'Receipt/1',
    traceNumber: null,
    terminalId: null,
    rrn: null,
    maskedPan: null,
    cardEnd: null,
  };
  const back = () =>
    completePayment(
      context,
      { ...record, address: undefined },
      { invoiceNumber: record.invoiceNumber, terminalId: undefined, claim: { kind: 'paid', receipt } },
    );
  const sweepAfter = (ms: number) => {
    clock.now += ms;
    return new Sweeper(context).recover();
  };
  const stored = () => context.store.find(record.invoiceNumber);
  return { back, sweepAfter, stored, logs, errors, timeouts };
}

test('a buyer who returns while the shop’s key is refused is asked about again, and paid once it is right', async () => {
  const { back, sweepAfter, stored } = await scene([ABOUT_SHOP, ABOUT_SHOP]);
  await back();
  expect(await stored()).toMatchObject({ status: 'verifying', shopRefusals: 1, verifyAttempts: 1 });
  await sweepAfter(30_000);
  expect(await stored()).toMatchObject({ status: 'verifying', shopRefusals: 2, verifyAttempts: 2 });
  await sweepAfter(30_000);
  expect(await stored()).toMatchObject({ status: 'paid' });
});

test('such a refusal is an error in the log and a gatewayError at once, and says what to check', async () => {
  const { back, logs, errors } = await scene([ABOUT_SHOP]);
  await back();
  expect(logs).toMatchObject([
    { level: 'error', message: expect.stringMatching(/refused.*-7: bad key.*API key/) as string },
  ]);
  expect(errors).toMatchObject([
    { operation: 'verify-payment', error: { code: 'ERR_ATIPAY_VERIFY_REFUSED' } },
  ]);
});

test('any other refusal of a verify is a warning and a gatewayError', async () => {
  const { back, logs, errors, stored } = await scene([REFUSED]);
  await back();
  expect(await stored()).toMatchObject({ status: 'failed', failureReason: 'VerificationRefused' });
  expect(logs).toMatchObject([
    { level: 'warn', message: expect.stringContaining('refused verify-payment') as string },
  ]);
  expect(errors).toHaveLength(1);
});

test('one unusable answer is asked again within the same callback', async () => {
  const { back, stored, logs } = await scene([SILENCE]);
  await back();
  expect(await stored()).toMatchObject({ status: 'paid', verifyAttempts: 2 });
  expect(logs).toMatchObject([{ level: 'warn' }]);
});

test('unusable answers to the end of the window are a review, never a failure', async () => {
  const { back, sweepAfter, stored } = await scene([SILENCE, SILENCE, SILENCE, SILENCE]);
  await back();
  await sweepAfter(30 * 60_000);
  expect(await stored()).toMatchObject({ status: 'review', failureReason: 'VerificationTimedOut' });
});

test('a sweep gives a call the whole http.timeout; a callback gives it the rest of 15 seconds', async () => {
  const { back, sweepAfter, timeouts } = await scene([SILENCE, SILENCE, SILENCE]);
  await back();
  await sweepAfter(30_000);
  expect(timeouts.slice(0, 3).every((ms) => ms !== undefined && ms <= 15_000)).toBe(true);
  expect(timeouts[3]).toBeUndefined();
});
